"""
The thread between the training and the disk: takes what the training reported and writes it to the spool.

It is not the thread that talks to the server: a server that hangs must not make memory grow.
"""

from __future__ import annotations

import threading
from collections import deque
from typing import Callable, Deque, Iterable, List, Optional, Union

from .diagnostics import WarnOnce, logger
from .messages import LOG, PROGRESS, STATE_KINDS, Message
from .points import Sample, progress_bodies

BATCH_POINTS = 1000
BATCH_SECONDS = 1.0

# Room for a second or two of the fastest loop imaginable; more only gathers when the disk hangs.
QUEUE_ITEMS = 100_000
QUEUE_LOG_CHARACTERS = 16 << 20

# At most 64 KiB of UTF-8 in one log message.
LOG_MESSAGE_CHARACTERS = 1 << 14

_Item = Union[Sample, Message, str, threading.Event]


class Recorder:
    """
    `sample`, `log` and `message` return at once and never raise, from any thread. They hand over to `write`
    (in the recorder's thread) in the order of the calls; `write(messages, durable)` must not raise.
    """

    def __init__(self, write: Callable[[List[Message], bool], None], mask: Callable[[str], str]) -> None:
        self.total_steps: Optional[int] = None
        self.muted = False
        self._write = write
        self._mask = mask
        self._warn = WarnOnce()
        self._queue: Deque[_Item] = deque()
        self._log_guard = threading.Lock()
        self._log_characters = 0
        self._wake = threading.Event()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="lora-ledger-recorder", daemon=True)

    def start(self) -> None:
        """Begins writing. Raises RuntimeError when the system gives no thread."""
        self._thread.start()

    def sample(self, sample: Sample) -> None:
        """Queues the metrics of one step. This is the call that happens at every step: keep it short."""
        queue = self._queue
        waiting = len(queue)
        if waiting >= QUEUE_ITEMS:
            self._warn("queue", "The disk does not keep up: metrics are lost.")
            return
        queue.append(sample)
        if waiting >= BATCH_POINTS and not self._wake.is_set():
            self._wake.set()

    def log(self, text: str) -> None:
        """Queues text for the task's log."""
        with self._log_guard:
            if self._log_characters + len(text) > QUEUE_LOG_CHARACTERS or len(self._queue) >= QUEUE_ITEMS:
                self._warn("log queue", "The disk does not keep up: log lines are lost.")
                return
            self._log_characters += len(text)
        self._queue.append(text)

    def message(self, message: Message) -> None:
        """Queues a message that moves the task and has it written without delay."""
        self._queue.append(message)
        self._wake.set()

    def flush(self, timeout: float) -> bool:
        """Waits at most `timeout` seconds until everything queued before is written; whether it is."""
        if not self._thread.is_alive():
            return not self._queue
        written = threading.Event()
        self._queue.append(written)
        self._wake.set()
        return written.wait(timeout)

    def close(self, timeout: float) -> None:
        """Writes what is queued and stops the thread, waiting at most `timeout` seconds."""
        self._closing = True
        self._wake.set()
        self._thread.join(timeout)

    def _run(self) -> None:
        while True:
            self._wake.wait(BATCH_SECONDS)
            self._wake.clear()
            # Read before draining: what was queued before `close` is written.
            closing = self._closing
            try:
                self._drain()
            except Exception:
                logger.debug("Recording failed.", exc_info=True)
            if closing:
                return

    def _drain(self) -> None:
        items = [self._queue.popleft() for _ in range(len(self._queue))]
        try:
            messages = self._messages(items)
            if messages and not self.muted:
                self._write(messages, any(message.kind in STATE_KINDS for message in messages))
        finally:
            for item in items:
                if isinstance(item, threading.Event):
                    item.set()

    def _messages(self, items: Iterable[_Item]) -> List[Message]:
        messages: List[Message] = []
        samples: List[Sample] = []
        text: List[str] = []
        for item in items:
            if isinstance(item, Sample):
                samples.append(item)
            elif isinstance(item, str):
                text.append(item)
            elif isinstance(item, Message):
                # Points and log lines are separate streams, only their order to the task's moves matters.
                messages += self._gathered(samples, text)
                samples, text = [], []
                messages.append(item)
        return messages + self._gathered(samples, text)

    def _gathered(self, samples: List[Sample], text: List[str]) -> List[Message]:
        bodies = progress_bodies(samples, self.total_steps, BATCH_POINTS)
        messages = [Message(PROGRESS, body) for body in bodies]
        if text:
            with self._log_guard:
                self._log_characters -= sum(map(len, text))
            whole = "".join(map(self._mask, text))
            starts = range(0, len(whole), LOG_MESSAGE_CHARACTERS)
            messages += [Message(LOG, {"text": whole[at : at + LOG_MESSAGE_CHARACTERS]}) for at in starts]
        return messages
