"""HTTP to the ledger over one kept-alive connection, and what its answers mean for a message."""

from __future__ import annotations

import email.utils
import http.client
import json
import ssl
import time
from enum import Enum
from typing import Any, Dict, Mapping, NamedTuple, Optional, Union
from urllib.parse import quote, urlsplit

from .version import __version__

REQUEST_TIMEOUT_SECONDS = 10.0
LONGEST_RETRY_AFTER_SECONDS = 600.0
_LARGEST_ANSWER_BYTES = 1 << 16

_Connection = Union[http.client.HTTPConnection, http.client.HTTPSConnection]


class Unreachable(Exception):
    """No answer: refused, timed out, broken off, or not HTTP. Whether the request took effect is unknown."""


class Verdict(Enum):
    """What becomes of a message after an answer."""

    ACCEPTED = "accepted"
    REFUSED = "refused"  # for good, but only this message
    MOVED_ON = "moved on"  # the task has reached a state in which it takes no more messages
    GAP = "gap"  # the server's log ends before the offset of this log message
    RETRY = "retry"


class Reply(NamedTuple):
    """`body` is the JSON object of the answer, empty when there was none; `retry_after` is in seconds."""

    status: int
    body: Dict[str, Any]
    retry_after: Optional[float]

    def verdict(self) -> Verdict:
        """The rules of the report routes; what is neither a success nor a clear refusal is tried again."""
        if 200 <= self.status < 300:
            return Verdict.ACCEPTED
        if self.status == 409 and self.number("size") is not None:
            return Verdict.GAP
        if self.status == 409 and self.body.get("code") == "STATE_CONFLICT":
            return Verdict.MOVED_ON
        if 400 <= self.status < 500 and self.status not in (408, 429):
            return Verdict.REFUSED
        return Verdict.RETRY

    def number(self, name: str) -> Optional[int]:
        """A whole number ≥ 0 in the body; None when it is absent or something else."""
        value = self.body.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None

    def problem(self) -> str:
        """The refusal in one line: status, code and what the server says about it."""
        words = [str(self.status)]
        for name in ("code", "title", "detail"):
            if isinstance(self.body.get(name), str):
                words.append(self.body[name])
        errors = self.body.get("errors")
        if isinstance(errors, list):
            words.extend(f"{e.get('path')}: {e.get('message')}" for e in errors[:3] if isinstance(e, dict))
        return " – ".join(words)


class Transport:
    """For one thread. `url` is the ledger's address, e.g. `http://127.0.0.1:3000`, or its API below `…/api`."""

    def __init__(self, url: str, task_id: str, token: str, timeout: float = REQUEST_TIMEOUT_SECONDS) -> None:
        """`timeout`, in seconds, is for each wait on the network. Raises ValueError for an address that is none."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{url!r} is not an address like http://127.0.0.1:3000")
        if not (token.isascii() and token.isprintable()):
            raise ValueError("the task token contains characters that no token has")
        self._secure = parts.scheme == "https"
        self._host, self._port = parts.hostname, parts.port
        prefix = parts.path.rstrip("/")
        if not prefix.endswith("/api"):
            prefix += "/api"
        self._path = f"{prefix}/train-tasks/{quote(task_id, safe='')}/"
        self._headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "Accept": "application/json",
            "User-Agent": f"lora-ledger-python/{__version__}",
        }
        self._timeout = timeout
        self._connection: Optional[_Connection] = None

    def post(self, action: str, body: Mapping[str, Any]) -> Reply:
        """Posts `body` to the task's report route `action`. Raises Unreachable."""
        data = json.dumps(body, separators=(",", ":"), allow_nan=False).encode("ascii")
        reused = self._connection is not None
        try:
            return self._exchange(action, data)
        except (ConnectionError, http.client.BadStatusLine):
            # A server closes idle connections; that shows only on the next use. Reports may be repeated.
            if not reused:
                raise Unreachable("the connection was refused or broken off") from None
        except (OSError, http.client.HTTPException) as error:
            raise Unreachable(str(error) or type(error).__name__) from error
        try:
            return self._exchange(action, data)
        except (OSError, http.client.HTTPException) as error:
            raise Unreachable(str(error) or type(error).__name__) from error

    def close(self) -> None:
        """Ends the connection; the next `post` opens another."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _exchange(self, action: str, data: bytes) -> Reply:
        if self._connection is None:
            self._connection = self._connect()
        try:
            self._connection.request("POST", self._path + action, data, self._headers)
            response = self._connection.getresponse()
            content = response.read(_LARGEST_ANSWER_BYTES)
            if not response.isclosed():
                self.close()
            return Reply(response.status, _json_object(content), _retry_after(response.getheader("Retry-After")))
        except BaseException:
            self.close()
            raise

    def _connect(self) -> _Connection:
        if self._secure:
            context = ssl.create_default_context()
            return http.client.HTTPSConnection(self._host, self._port, timeout=self._timeout, context=context)
        return http.client.HTTPConnection(self._host, self._port, timeout=self._timeout)


def _json_object(content: bytes) -> Dict[str, Any]:
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _retry_after(header: Optional[str]) -> Optional[float]:
    """Seconds from a `Retry-After` header (RFC 9110 §10.2.3: seconds or a date), at most ten minutes."""
    if header is None:
        return None
    text = header.strip()
    if text.isascii() and text.isdigit():
        return min(float(text), LONGEST_RETRY_AFTER_SECONDS)
    try:
        seconds = email.utils.parsedate_to_datetime(text).timestamp() - time.time()
    except (TypeError, ValueError, OverflowError):
        return None
    return min(max(seconds, 0.0), LONGEST_RETRY_AFTER_SECONDS)
