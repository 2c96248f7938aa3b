"""Lines that found no room on disk. Bounded, so that a full disk never becomes a full memory."""

from __future__ import annotations

from collections import deque
from typing import Deque, List, Optional, Sequence

from .messages import STATE_KINDS, Message

LIMIT_BYTES = 8 << 20


class Overflow:
    """First in, first out."""

    def __init__(self, limit_bytes: int = LIMIT_BYTES) -> None:
        self._limit_bytes = limit_bytes
        self._lines: Deque[bytes] = deque()
        self._bytes = 0

    def add(self, messages: Sequence[Message]) -> bool:
        """Keeps `messages`; beyond the limit only those that move the task. False when something was lost."""
        lost = False
        for message in messages:
            line = message.encode()
            if message.kind in STATE_KINDS or self._bytes + len(line) <= self._limit_bytes:
                self._lines.append(line)
                self._bytes += len(line)
            else:
                lost = True
        return not lost

    def lines(self) -> List[bytes]:
        """All lines, first one first."""
        return list(self._lines)

    def first(self) -> Optional[bytes]:
        """The line that has waited longest; None when there is none."""
        return self._lines[0] if self._lines else None

    def remove_first(self) -> None:
        """Removes the line that has waited longest."""
        self._bytes -= len(self._lines.popleft())

    def clear(self) -> None:
        """Forgets everything, because it is on disk now."""
        self._lines.clear()
        self._bytes = 0
