"""One delivery: from the head of a spool to the server, message by message, until something stands in the way."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Callable, Dict, Optional

from .diagnostics import WarnOnce
from .messages import FINAL_KINDS, LOG, Message
from .spool import Entry, Spool
from .transport import Reply, Transport, Unreachable, Verdict


class Outcome(Enum):
    """Why a delivery ended."""

    EMPTY = "everything is delivered"
    MOVED_ON = "the task takes no more messages"
    RETRY = "the server is away"
    BUSY = "another process is delivering"
    PAUSED = "the caller wanted to do something else first"


@dataclass
class Delivery:
    """What a delivery did. `retry_after` (seconds) is the server's wish, `problem` the last trouble in words."""

    outcome: Outcome = Outcome.EMPTY
    delivered: Dict[str, int] = field(default_factory=dict)
    refused: int = 0
    ended: bool = False
    retry_after: Optional[float] = None
    problem: str = ""


def deliver(
    spool: Spool, transport: Transport, warn: WarnOnce, keep_going: Callable[[], bool], turn_timeout: float = 0.0
) -> Delivery:
    """
    Delivers in order while `keep_going()`; a message leaves the spool only after the server accepted it or
    refused it for good. A message that was sent twice has no second effect, so a crash at any point is harmless.
    """
    result = Delivery()
    with spool.turn(turn_timeout) as held:
        if not held:
            result.outcome = Outcome.BUSY
            return result
        while True:
            if not keep_going():
                result.outcome = Outcome.PAUSED
                return result
            entry = spool.head()
            if entry is None:
                result.outcome = Outcome.EMPTY
                return result
            if not _deliver_one(spool, transport, warn, entry, result):
                return result


def _deliver_one(spool: Spool, transport: Transport, warn: WarnOnce, entry: Entry, result: Delivery) -> bool:
    message = entry.message
    try:
        reply = _post_log(spool, transport, message) if message.kind == LOG else transport.post(message.kind, message.body)
    except Unreachable as error:
        result.outcome, result.problem = Outcome.RETRY, str(error)
        return False
    verdict = reply.verdict()
    if verdict is Verdict.ACCEPTED:
        spool.done(entry)
        result.delivered[message.kind] = result.delivered.get(message.kind, 0) + 1
        result.ended = result.ended or message.kind in FINAL_KINDS
        return True
    if verdict is Verdict.RETRY or verdict is Verdict.GAP:
        result.outcome, result.problem, result.retry_after = Outcome.RETRY, reply.problem(), reply.retry_after
        return False
    result.problem = reply.problem()
    if verdict is Verdict.MOVED_ON:
        result.outcome = Outcome.MOVED_ON
        result.refused += spool.discard()
        warn("moved on", "Task %s takes no more reports: %s", spool.target.task_id, result.problem)
        return False
    spool.done(entry)
    result.refused += 1
    warn(f"refused {message.kind} {reply.status}", "A %s report was refused and dropped: %s", message.kind, result.problem)
    return True


def _post_log(spool: Spool, transport: Transport, message: Message) -> Reply:
    """
    The offset is settled and saved before the text is sent: repeated with the same offset after a crash, the
    server sees an overlap and stores nothing twice.
    """
    if spool.log_offset is None:
        # An empty chunk at the beginning changes nothing and is answered with the size.
        probe = transport.post(LOG, {"offset": 0, "text": ""})
        if probe.verdict() is Verdict.RETRY or probe.verdict() is Verdict.MOVED_ON:
            return probe
        spool.set_log_offset(probe.number("size") or 0, save=True)
    offset = spool.log_offset or 0
    text = str(message.body.get("text", ""))
    reply = transport.post(LOG, {"offset": offset, "text": text})
    expected = reply.number("size")
    if reply.verdict() is Verdict.GAP and expected is not None:
        # Text before this one was refused or lost with its server: what is left continues where the log ends.
        spool.set_log_offset(expected, save=True)
        offset = expected
        reply = transport.post(LOG, {"offset": offset, "text": text})
    if reply.verdict() is Verdict.ACCEPTED:
        size = reply.number("size")
        spool.set_log_offset(offset + len(text.encode("utf-8")) if size is None else size, save=False)
    return reply
