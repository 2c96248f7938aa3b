"""The thread that talks to the server: delivers what is in the spool, and keeps the heart beating."""

from __future__ import annotations

import math
import threading
import time

from .backoff import backoff
from .delivery import Delivery, Outcome, deliver
from .diagnostics import WarnOnce, logger
from .spool import Spool
from .transport import Transport, Unreachable, Verdict

_BUSY_SECONDS = 1.0
# A restart of the server or a lost packet is not worth a line in the training's log.
_FAILURES_TO_MENTION = 3
# Somebody waits in `flush`: not the time for long pauses, unless the server asked for one.
_LONGEST_HURRIED_WAIT_SECONDS = 1.0


class Sender:
    """`notify` after every append to the spool; `flush` and `close` from any thread."""

    def __init__(self, spool: Spool, transport: Transport, heartbeat_seconds: float) -> None:
        self.cancel_requested = False
        self.moved_on = False
        self.server_away = False
        self._spool = spool
        self._transport = transport
        self._heartbeat_seconds = heartbeat_seconds
        self._warn = WarnOnce()
        self._changed = threading.Condition()
        self._closing = False
        self._waiting = 0
        # A delivery that began after request n and found the spool empty has fulfilled n. One request from the
        # beginning: a predecessor may have left messages behind.
        self._requested = 1
        self._fulfilled = 0
        self._failures = 0
        self._deliver_at = 0.0
        self._asked_to_wait_until = 0.0
        self._beat_at = math.inf
        self._thread = threading.Thread(target=self._run, name="lora-ledger-sender", daemon=True)

    def start(self) -> None:
        """Begins delivering. Raises RuntimeError when the system gives no thread."""
        self._thread.start()

    def notify(self) -> None:
        """There is something new in the spool."""
        with self._changed:
            self._requested += 1
            self._changed.notify_all()

    def flush(self, timeout: float) -> bool:
        """Waits at most `timeout` seconds until the spool has been delivered; whether it has."""
        with self._changed:
            self._requested += 1
            mine = self._requested
            self._waiting += 1
            self._deliver_at = self._asked_to_wait_until
            self._changed.notify_all()
            try:
                self._changed.wait_for(lambda: self._fulfilled >= mine or self._closing, timeout)
            finally:
                self._waiting -= 1
            return self._fulfilled >= mine

    def close(self, timeout: float) -> None:
        """Stops the thread, waiting at most `timeout` seconds for a request under way."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
        self._thread.join(timeout)

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._closing and self._due_in() > 0:
                    wait = self._due_in()
                    self._changed.wait(None if wait == math.inf else wait)
                if self._closing:
                    break
            try:
                self._work()
            except Exception:
                # A fault in here must neither end the reports nor show in the training.
                logger.debug("Reporting failed.", exc_info=True)
                self._settle(Delivery(Outcome.RETRY, problem="an internal fault"), self._requested)
        self._transport.close()

    def _due_in(self) -> float:
        deliver_at = self._deliver_at if self._fulfilled < self._requested else math.inf
        return min(deliver_at, self._beat_at) - time.monotonic()

    def _work(self) -> None:
        if time.monotonic() >= self._beat_at:
            self._beat()
        with self._changed:
            requested = self._requested
            if self._fulfilled >= requested or time.monotonic() < self._deliver_at:
                return
        # A long backlog is delivered in rounds no longer than a heartbeat, also when none has been due so far.
        pause_at = min(self._beat_at, time.monotonic() + self._heartbeat_seconds)
        delivery = deliver(
            self._spool, self._transport, self._warn, lambda: not self._closing and time.monotonic() < pause_at
        )
        self._settle(delivery, requested)

    def _settle(self, delivery: Delivery, requested: int) -> None:
        now = time.monotonic()
        if delivery.ended or delivery.outcome is Outcome.MOVED_ON:
            self._beat_at = math.inf
        elif delivery.delivered and self._beat_at == math.inf:
            self._beat_at = now + self._heartbeat_seconds
        with self._changed:
            if delivery.outcome is Outcome.RETRY:
                self._fail(delivery, now)
            elif delivery.outcome is Outcome.BUSY:
                self._deliver_at = now + _BUSY_SECONDS
            elif delivery.outcome is not Outcome.PAUSED or delivery.delivered:
                if self._failures >= _FAILURES_TO_MENTION:
                    logger.warning("The ledger takes reports again.")
                self.server_away, self._failures = False, 0
                self._deliver_at = self._asked_to_wait_until = 0.0
            if delivery.outcome is Outcome.MOVED_ON:
                self.moved_on = True
            if delivery.outcome in (Outcome.EMPTY, Outcome.MOVED_ON):
                self._fulfilled = requested
            self._changed.notify_all()

    def _fail(self, delivery: Delivery, now: float) -> None:
        self._failures = 1 if delivery.delivered else self._failures + 1
        if self._failures == _FAILURES_TO_MENTION:
            logger.warning("The ledger does not take reports (%s); they are kept and delivered later.", delivery.problem)
        self.server_away = True
        wait = backoff(self._failures, delivery.retry_after)
        if self._waiting and delivery.retry_after is None:
            wait = min(wait, _LONGEST_HURRIED_WAIT_SECONDS)
        self._asked_to_wait_until = now + (delivery.retry_after or 0.0)
        self._deliver_at = now + wait

    def _beat(self) -> None:
        self._beat_at = time.monotonic() + self._heartbeat_seconds
        try:
            reply = self._transport.post("heartbeat", {})
        except Unreachable:
            return
        if reply.verdict() is Verdict.ACCEPTED:
            self.cancel_requested = reply.body.get("cancelRequested") is True
        elif reply.verdict() is Verdict.MOVED_ON:
            # The next report will hear it too and act on it; until then there is nothing to keep alive.
            self._beat_at = math.inf
