"""A report as it waits in the spool: one line of JSON."""

from __future__ import annotations

import json
from typing import Any, Dict, NamedTuple

START = "start"
PROGRESS = "progress"
LOG = "log"
FINISH = "finish"
FAIL = "fail"

# These move the task; when room gets short, points and log lines are given up first.
STATE_KINDS = frozenset({START, FINISH, FAIL})
FINAL_KINDS = frozenset({FINISH, FAIL})


class Message(NamedTuple):
    """`kind` is the last part of the route it goes to; `body` is what is posted (for `log`, the offset is added then)."""

    kind: str
    body: Dict[str, Any]

    def encode(self) -> bytes:
        """One line of UTF-8 with its newline. Raises ValueError for a body with NaN or infinities in it."""
        text = json.dumps([self.kind, self.body], ensure_ascii=True, allow_nan=False, separators=(",", ":"))
        return text.encode("ascii") + b"\n"


def decode(line: bytes) -> Message:
    """The inverse of `encode`. Raises ValueError for a line that is no message (torn by a crash, or foreign)."""
    content = json.loads(line)
    if not (isinstance(content, list) and len(content) == 2):
        raise ValueError("not a message")
    kind, body = content
    if kind not in (START, PROGRESS, LOG, FINISH, FAIL) or not isinstance(body, dict):
        raise ValueError("not a message")
    return Message(kind, body)
