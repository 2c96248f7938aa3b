"""
The messages of one task that the server has not yet acknowledged, in order, on disk.

Folder `<spool>/<taskId>/`: the lines (`*.jsonl`, see segments.py), how far they are delivered
(`position.json`), and where to (`target.json`, with the token, readable by the owner alone).
Every message goes through it, with the server up or down: one way means one order.
"""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Iterator, List, NamedTuple, Optional, Sequence, Tuple
from urllib.parse import quote

from .bookmark import POSITION, Bookmark, write_json
from .diagnostics import WarnOnce
from .filelock import FileLock
from .messages import STATE_KINDS, Message, decode
from .overflow import Overflow
from .segments import APPEND_LOCK, Position, Segments

TARGET = "target.json"
TURN_LOCK = "deliver.lock"


class Target(NamedTuple):
    """Where the messages of a task go, and with which right."""

    url: str
    task_id: str
    token: str


class Entry(NamedTuple):
    """A message about to be delivered. `after` is the position behind it; None when it waits in memory."""

    message: Message
    line: bytes
    after: Optional[Position]


class Spool:
    """
    `append` may be called from one thread while another delivers; deliveries happen inside `turn`.

    Never raises for a disk that is full, read-only or gone: what finds no room there waits in memory
    (bounded), behind everything on disk.
    """

    def __init__(
        self, root: Optional[Path], target: Target, *, segment_bytes: int = 1 << 20, limit_bytes: int = 1 << 30
    ) -> None:
        self.target = target
        self.directory = None if root is None else root / folder_name(target.task_id)
        self._limit_bytes = limit_bytes
        self._warn = WarnOnce()
        self._guard = RLock()
        self._overflow = Overflow()
        self._bookmark = Bookmark(self.directory)
        self._lent = False
        self._target_written = False
        self._segments: Optional[Segments] = None
        self._turn_lock: Optional[FileLock] = None
        if self.directory is not None:
            self._segments = Segments(self.directory, segment_bytes)
            self._turn_lock = FileLock(self.directory / TURN_LOCK)

    def append(self, messages: Sequence[Message], durable: bool = False) -> None:
        """Adds `messages` at the end, in order. `durable` asks for an fsync."""
        if not messages:
            return
        with self._guard:
            waiting = self._overflow.lines()
            lines = [message.encode() for message in self._within_limit(messages)]
            # A message that is being delivered from memory must not appear on disk as one still to come.
            if not self._lent and self._write(waiting + lines, durable):
                self._overflow.clear()
            elif not self._overflow.add(messages):
                self._warn("overflow", "The spool cannot be written and memory is full: points and log lines are lost.")

    @contextmanager
    def turn(self, timeout: float = 0.0) -> Iterator[bool]:
        """Makes this the only process that delivers; yields False when another one is at it."""
        held = self._take_turn(timeout)
        try:
            if held:
                self._bookmark.load()
            yield held
        finally:
            if held:
                self._lent = False
                if self._turn_lock is not None:
                    self._turn_lock.release()

    def head(self) -> Optional[Entry]:
        """The first message not yet delivered; None when there is none. Lines that are no message are skipped."""
        with self._guard:
            while True:
                following = self._next_on_disk()
                if following is None:
                    line = self._overflow.first()
                    self._lent = line is not None
                    return None if line is None else Entry(decode(line), line, None)
                line, after = following
                try:
                    return Entry(decode(line), line, after)
                except ValueError:
                    self._warn("torn", "A damaged line in %s was skipped.", self.directory)
                    self._move_to(after)

    def done(self, entry: Entry) -> None:
        """`entry`, from `head`, has been acknowledged or refused for good: it leaves the spool."""
        with self._guard:
            if entry.after is None:
                self._overflow.remove_first()
                self._lent = False
                self._bookmark.save()
            else:
                self._move_to(entry.after)

    @property
    def log_offset(self) -> Optional[int]:
        """The byte of the task's log at which the next log message begins; None before the server was asked."""
        return self._bookmark.log_offset

    def set_log_offset(self, offset: int, save: bool) -> None:
        """`save`: at once, because something is about to be sent with it; otherwise the next `done` saves it."""
        self._bookmark.log_offset = offset
        if save:
            self._bookmark.save()

    def discard(self) -> int:
        """Drops everything, for a task that takes no more messages. Returns the number of messages."""
        dropped = 0
        entry = self.head()
        while entry is not None:
            self.done(entry)
            dropped += 1
            entry = self.head()
        return dropped

    def count(self) -> int:
        """The number of messages that wait, damaged ones included."""
        with self._guard:
            on_disk = 0
            if self._segments is not None:
                self._bookmark.load()
                try:
                    on_disk = self._segments.count(self._bookmark.position)
                except OSError as error:
                    self._warn("read", "The spool %s cannot be read: %s", self.directory, error)
            return on_disk + len(self._overflow.lines())

    def kept_on_disk(self) -> bool:
        """Whether what waits survives the end of this process."""
        return self.directory is not None and not self._overflow.lines()

    def remove_if_empty(self) -> None:
        """Deletes the folder when nothing waits and nobody else is using it."""
        if self.directory is None or self._segments is None:
            return
        try:
            with self._guard, self.turn() as held:
                if not held or not self._segments.exclusively(timeout=0.0):
                    return
                try:
                    if self.head() is None:
                        self._remove_files(self.directory, self._segments)
                finally:
                    self._segments.release()
            self.directory.rmdir()
        except OSError:
            # Another process has just written to it, or the system does not remove open files: it stays.
            return

    def _within_limit(self, messages: Sequence[Message]) -> List[Message]:
        if self._segments is None:
            return list(messages)
        try:
            full = self._segments.size() > self._limit_bytes
        except OSError:
            full = False
        if not full:
            return list(messages)
        self._warn("limit", "The spool %s has reached its limit: points and log lines are lost.", self.directory)
        return [message for message in messages if message.kind in STATE_KINDS]

    def _write(self, lines: List[bytes], durable: bool) -> bool:
        if self._segments is None:
            return False
        if not lines:
            return True
        try:
            self._prepare()
            self._segments.append(lines, self._bookmark.position.segment, durable)
            return True
        except OSError as error:
            self._warn("write", "The spool %s cannot be written (%s): messages wait in memory.", self.directory, error)
            return False

    def _prepare(self) -> None:
        if self.directory is None or (self._target_written and self.directory.is_dir()):
            return
        self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_json(self.directory / TARGET, self.target._asdict())
        self._target_written = True

    def _take_turn(self, timeout: float) -> bool:
        if self._turn_lock is None or self.directory is None or not self.directory.is_dir():
            return True
        try:
            return self._turn_lock.acquire(timeout)
        except OSError as error:
            self._warn("lock", "The spool %s cannot be locked: %s", self.directory, error)
            return True

    def _next_on_disk(self) -> Optional[Tuple[bytes, Position]]:
        if self._segments is None:
            return None
        try:
            return self._segments.next_line(self._bookmark.position)
        except OSError as error:
            self._warn("read", "The spool %s cannot be read: %s", self.directory, error)
            return None

    def _move_to(self, position: Position) -> None:
        finished_file = position.segment > self._bookmark.position.segment
        self._bookmark.position = position
        self._bookmark.save()
        if finished_file and self._segments is not None and self._bookmark.saved:
            try:
                self._segments.forget_before(position.segment)
            except OSError:
                return  # the next finished file takes it along

    def _remove_files(self, directory: Path, segments: Segments) -> None:
        segments.forget_before(max([0, *segments.numbers()]) + 1)
        self._target_written = False
        self._bookmark.forget()
        # The locks last: until then nobody else gets in.
        for name in (POSITION, TARGET, APPEND_LOCK, TURN_LOCK):
            (directory / name).unlink()


def folder_name(task_id: str) -> str:
    """A file name for any task id; a UUID stays itself, `..` and `/` cannot lead anywhere."""
    return quote(task_id, safe="").replace(".", "%2E")
