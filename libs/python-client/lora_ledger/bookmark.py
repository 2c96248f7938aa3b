"""How far a spool is delivered, and how long the task's log is on the server: what must survive a crash between two messages."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Dict, Optional

from .segments import BEGINNING, Position

POSITION = "position.json"


class Bookmark:
    """
    `position`: everything before it has left the spool. `log_offset`: the byte of the task's log at which the next log
    message begins; None before the server was asked. `saved`: whether the disk knows both.
    """

    def __init__(self, directory: Optional[Path]) -> None:
        """`directory` None: nothing is kept on disk."""
        self.position = BEGINNING
        self.log_offset: Optional[int] = None
        self.saved = True
        self._path = None if directory is None else directory / POSITION
        self.load()

    def load(self) -> None:
        """Takes over what another process may have saved; not while this one knows better than the disk."""
        if self._path is None or not self.saved:
            return
        content = read_json(self._path)
        segment, offset, log_offset = content.get("segment"), content.get("offset"), content.get("logOffset")
        # Unknown when another process delivered everything and removed the folder: the server is asked again.
        self.log_offset = log_offset if isinstance(log_offset, int) else None
        if isinstance(segment, int) and isinstance(offset, int):
            self.position = max(self.position, Position(segment, offset))

    def save(self) -> None:
        """Never raises: what is known in memory only means that a crash repeats messages, which is without effect."""
        if self._path is None:
            return
        try:
            write_json(self._path, {**self.position._asdict(), "logOffset": self.log_offset})
            self.saved = True
        except OSError:
            self.saved = False

    def forget(self) -> None:
        """The folder is gone. The position stays: numbers of files never come back, so it is behind every new one."""
        self.log_offset, self.saved = None, True


def read_json(path: Path) -> Dict[str, object]:
    """The object in a file; empty when the file is absent or damaged."""
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def write_json(path: Path, content: object) -> None:
    """Replaces a file, readable by its owner alone, so that a reader sees the old or the new content. Raises OSError."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    fd = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(fd, "w", encoding="utf-8") as file:
        json.dump(content, file)
    os.replace(draft, path)
