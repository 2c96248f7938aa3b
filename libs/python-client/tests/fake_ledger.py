"""A stand-in for the ledger's report routes, over real HTTP: it keeps what it accepts and can be made to misbehave."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Dict, List, Optional, Tuple

Answer = Tuple[int, Dict[str, Any], Dict[str, str]]

CONFLICT = {"title": "The state has moved on", "status": 409, "code": "STATE_CONFLICT"}


class FakeLedger:
    """
    `requests`: every (action, body) that arrived, in order, answered well or not. `points`, `log`, `state`: what
    has taken effect, by the rules of the contract.
    """

    def __init__(self, port: int = 0) -> None:
        self.requests: List[Tuple[str, Dict[str, Any]]] = []
        self.tokens: List[str] = []
        self.connections = 0
        self.points: Dict[Tuple[str, int], Any] = {}
        self.accepted: List[Tuple[str, Dict[str, Any]]] = []
        self.log = b""
        self.state = "PENDING"
        self.cancel_requested = False
        self.changed = threading.Condition()
        self._script: List[Answer] = []
        self._always: Optional[Answer] = None
        self._forget_answers = 0
        self._released = threading.Event()
        self._released.set()
        self._port = port
        self._server: Optional[ThreadingHTTPServer] = None

    def __enter__(self) -> "FakeLedger":
        self.up()
        return self

    def __exit__(self, *_: object) -> None:
        self.release()
        self.down()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def up(self) -> None:
        """Begins to listen, after `down` on the same port as before."""
        ledger = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def setup(self) -> None:
                super().setup()
                ledger.connections += 1

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                ledger.tokens.append(self.headers.get("Authorization", ""))
                answer = ledger.receive(self.path, body)
                ledger._released.wait()
                if answer is None or ledger._server is None:
                    self.close_connection = True
                    return
                status, content, headers = answer
                data = json.dumps(content).encode()
                self.send_response(status)
                for name, value in {**headers, "Content-Type": "application/json", "Content-Length": str(len(data))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)
                if ledger._server is None:
                    self.close_connection = True

            def log_message(self, *_: object) -> None:
                return None

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            block_on_close = False

            def handle_error(self, *_: object) -> None:
                # Clients that gave up waiting have closed their end: part of the game.
                return None

        self._server = Server(("127.0.0.1", self._port), Handler)
        self._port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def down(self) -> None:
        """Stops listening; connections that are open answer no further request."""
        server, self._server = self._server, None
        if server is not None:
            server.shutdown()
            server.server_close()

    def hang(self) -> None:
        """From now on takes requests and never answers, until `release`."""
        self._released.clear()

    def release(self) -> None:
        self._released.set()

    def answer_next(self, status: int, body: Optional[Dict[str, Any]] = None, headers: Optional[Dict[str, str]] = None, times: int = 1) -> None:
        """The next `times` reports are answered like this, without effect."""
        self._script += [(status, body or {}, headers or {})] * times

    def answer_always(self, status: Optional[int], body: Optional[Dict[str, Any]] = None) -> None:
        """All reports are answered like this, without effect; None ends it."""
        self._always = None if status is None else (status, body or {}, {})

    def lose_next_answers(self, count: int) -> None:
        """The next `count` reports take effect, but their senders never learn it."""
        self._forget_answers = count

    def wait_for(self, condition: Any, timeout: float = 10.0) -> None:
        """Waits until `condition()`; an AssertionError when that does not happen."""
        with self.changed:
            if not self.changed.wait_for(condition, timeout):
                raise AssertionError(f"it did not happen; the server saw {self.actions()[-20:]}, state {self.state}")

    def actions(self) -> List[str]:
        """The reports that arrived, heartbeats left out."""
        return [action for action, _ in self.requests if action != "heartbeat"]

    def bodies(self, action: str) -> List[Dict[str, Any]]:
        return [body for kind, body in self.accepted if kind == action]

    def steps(self, key: str = "loss") -> List[int]:
        """The steps that have a value for `key`, in the order in which they took effect."""
        return [step for name, step in self.points if name == key]

    def receive(self, path: str, body: Dict[str, Any]) -> Optional[Answer]:
        with self.changed:
            action = path.rsplit("/", 1)[1]
            self.requests.append((action, body))
            try:
                if self._server is None:
                    return None
                if self._always is not None:
                    return self._always
                if self._script and action != "heartbeat":
                    return self._script.pop(0)
                answer = self._take_effect(action, body)
                if self._forget_answers > 0 and action != "heartbeat":
                    self._forget_answers -= 1
                    return None
                return answer
            finally:
                self.changed.notify_all()

    def _take_effect(self, action: str, body: Dict[str, Any]) -> Answer:
        answer: Dict[str, Any] = {}
        if action == "heartbeat":
            return 200, {"cancelRequested": self.cancel_requested}, {}
        if action == "log":
            text = body["text"].encode()
            if body["offset"] > len(self.log):
                return 409, {**CONFLICT, "size": len(self.log)}, {}
            self.log += text[len(self.log) - body["offset"] :] if len(self.log) <= body["offset"] + len(text) else b""
            answer = {"size": len(self.log)}
            if not text:
                return 200, answer, {}
        elif action == "progress":
            if self.state != "RUNNING":
                return 409, CONFLICT, {}
            for point in body["points"]:
                self.points.setdefault((point["key"], point["step"]), point["value"])
        else:
            target = {"start": "RUNNING", "finish": "SUCCESS", "fail": "FAILED"}[action]
            if self.state not in ("PENDING" if action == "start" else "RUNNING", target):
                return 409, CONFLICT, {}
            self.state = target
        self.accepted.append((action, body))
        return 200, answer, {}
