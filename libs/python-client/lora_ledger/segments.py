"""
A queue of lines in a folder: append-only files `<number>.jsonl`, read in the order of their numbers.

Only the last file grows; a file that has been read to its end is deleted as a whole, so that nothing is
ever rewritten and a crash can at most tear the last line. A number is the time of creation (Unix time in
milliseconds), so that it never comes back, not even after the whole folder was removed by another process.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import List, NamedTuple, Optional, Sequence, Tuple

from .filelock import FileLock

SUFFIX = ".jsonl"
APPEND_LOCK = "append.lock"

# The lock is held for one write. Whoever holds it longer has been stopped; the lines wait in memory then.
_LOCK_TIMEOUT_SECONDS = 2.0
_CHUNK_BYTES = 1 << 16
_BINARY = getattr(os, "O_BINARY", 0)


class Position(NamedTuple):
    """Everything before `offset` bytes in file number `segment`, and all files before it, have been read."""

    segment: int
    offset: int


BEGINNING = Position(0, 0)


class Segments:
    """Several processes may append at the same time; one at a time may read and forget (see `Spool.turn`)."""

    def __init__(self, directory: Path, segment_bytes: int) -> None:
        self._directory = directory
        self._segment_bytes = segment_bytes
        self._append_lock = FileLock(directory / APPEND_LOCK)

    def append(self, lines: Sequence[bytes], earliest: int, durable: bool) -> None:
        """
        Adds `lines`, each ending in a newline, all or none, to a file whose number is at least `earliest`.

        `durable`: they are on the disk when this returns (fsync), not only with the operating system.
        Raises OSError.
        """
        if not self._append_lock.acquire(_LOCK_TIMEOUT_SECONDS):
            raise TimeoutError(f"{self._directory} is locked by a process that does not let go")
        try:
            self._append(lines, earliest, durable)
        finally:
            self._append_lock.release()

    def next_line(self, position: Position) -> Optional[Tuple[bytes, Position]]:
        """The complete line at `position` and the position behind it; None at the end. Raises OSError."""
        while True:
            # Looked up before reading: a file that already has a successor no longer grows.
            successor = next((number for number in self.numbers() if number > position.segment), None)
            line = self._read_line(position)
            if line.endswith(b"\n"):
                return line, Position(position.segment, position.offset + len(line))
            if successor is None:
                return None
            position = Position(successor, 0)

    def count(self, position: Position) -> int:
        """How many complete lines follow `position`. Raises OSError."""
        lines = 0
        for number in self.numbers():
            if number >= position.segment:
                with open(self._path(number), "rb") as file:
                    file.seek(position.offset if number == position.segment else 0)
                    lines += sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(_CHUNK_BYTES), b""))
        return lines

    def forget_before(self, segment: int) -> None:
        """Deletes the files with a number below `segment`. Raises OSError."""
        for number in self.numbers():
            if number < segment:
                self._path(number).unlink()

    def numbers(self) -> List[int]:
        """The numbers of the files that exist, ascending. Raises OSError unless the folder is merely absent."""
        try:
            names = os.listdir(self._directory)
        except (FileNotFoundError, NotADirectoryError):
            return []
        stems = (name[: -len(SUFFIX)] for name in names if name.endswith(SUFFIX))
        return sorted(int(stem) for stem in stems if stem.isdigit())

    def size(self) -> int:
        """An upper estimate of the bytes on disk that costs no look at every file."""
        return len(self.numbers()) * self._segment_bytes

    def exclusively(self, timeout: float) -> bool:
        """Keeps all processes from appending until `release`; False when that took longer than `timeout` seconds."""
        return self._append_lock.acquire(timeout)

    def release(self) -> None:
        """Ends what `exclusively` began."""
        self._append_lock.release()

    def _append(self, lines: Sequence[bytes], earliest: int, durable: bool) -> None:
        path = self._path(self._number_to_append_to(earliest))
        fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | _BINARY, 0o600)
        try:
            size = os.lseek(fd, 0, os.SEEK_END)
            try:
                _write_all(fd, (b"" if _ends_complete(fd, size) else b"\n") + b"".join(lines))
                if durable:
                    os.fsync(fd)
            except OSError:
                os.ftruncate(fd, size)
                raise
        finally:
            os.close(fd)

    def _number_to_append_to(self, earliest: int) -> int:
        last = max(self.numbers(), default=0)
        if last >= earliest and last > 0 and self._path(last).stat().st_size < self._segment_bytes:
            return last
        return max(earliest + 1, last + 1, int(time.time() * 1000))

    def _read_line(self, position: Position) -> bytes:
        try:
            with open(self._path(position.segment), "rb") as file:
                file.seek(position.offset)
                return file.readline()
        except (FileNotFoundError, NotADirectoryError):
            return b""

    def _path(self, number: int) -> Path:
        return self._directory / f"{number:013d}{SUFFIX}"


def _ends_complete(fd: int, size: int) -> bool:
    """False after a crash in the middle of a write: the torn line must not swallow the next one."""
    if size == 0:
        return True
    os.lseek(fd, size - 1, os.SEEK_SET)
    return os.read(fd, 1) == b"\n"


def _write_all(fd: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]
