"""An exclusive lock between processes. The operating system frees it when its holder dies, however it dies."""

from __future__ import annotations

import errno
import os
import sys
import time
import weakref
from pathlib import Path
from typing import Optional

_BUSY = {errno.EAGAIN, errno.EACCES, errno.EDEADLK, errno.EWOULDBLOCK}
_RETRY_SECONDS = 0.01

if sys.platform == "win32":
    import msvcrt

    def _lock(fd: int) -> None:
        msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)


class FileLock:
    """Not re-entrant. Two objects on one path exclude each other, in one process too."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._fd: Optional[int] = None
        _all.add(self)

    def acquire(self, timeout: float) -> bool:
        """Tries for `timeout` seconds (0: once). Raises OSError when the file cannot be opened."""
        deadline = time.monotonic() + timeout
        while not self._try():
            if time.monotonic() >= deadline:
                return False
            time.sleep(_RETRY_SECONDS)
        return True

    def release(self) -> None:
        """Frees the lock; without effect when it is not held. Closing the file is what frees it, on every system."""
        fd, self._fd = self._fd, None
        if fd is not None:
            os.close(fd)

    def _try(self) -> bool:
        fd = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(fd)
        except OSError as error:
            if error.errno in _BUSY:
                os.close(fd)
                return False
            # A file system that knows no locks (some network mounts): better unguarded than unreported.
        if not self._is_current(fd):
            os.close(fd)
            return False
        self._fd = fd
        return True

    def _is_current(self, fd: int) -> bool:
        # Whoever empties a spool removes its lock files: a lock on a removed file guards nothing.
        try:
            return os.path.samestat(os.fstat(fd), os.stat(self._path))
        except FileNotFoundError:
            return False


_all: "weakref.WeakSet[FileLock]" = weakref.WeakSet()


def _release_in_child() -> None:
    # A forked data loader shares the open file: it would keep the lock after the trainer has been killed.
    # Closing the child's copy does not free the parent's lock.
    for lock in list(_all):
        try:
            lock.release()
        except OSError:
            pass


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_release_in_child)
