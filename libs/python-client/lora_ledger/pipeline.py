"""Training → queue → recorder → spool → sender → server: the parts of one task, put together and taken apart."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import List, Optional

from .messages import Message
from .recorder import Recorder
from .secrets import known_secrets, mask_text
from .sender import Sender
from .spool import Spool, Target
from .transport import Transport

# For the recorder to write what is queued: a moment, unless the disk is very slow.
_WRITE_SECONDS = 5.0
# For the sender to finish the request it is in.
_REQUEST_SECONDS = 0.5


class Pipeline:
    """Starts two daemon threads. Raises ValueError for a bad address or token, RuntimeError when there are no threads."""

    def __init__(self, target: Target, root: Optional[Path], heartbeat_seconds: float, request_timeout: float) -> None:
        transport = Transport(target.url, target.task_id, target.token, request_timeout)
        self._root = root
        self._secrets = sorted({target.token, *known_secrets()} - {""}, key=len, reverse=True)
        self.spool = Spool(root, target)
        self.sender = Sender(self.spool, transport, heartbeat_seconds)
        self.recorder = Recorder(self._write, self.mask)
        self.recorder.start()
        self.sender.start()

    def mask(self, text: str) -> str:
        """`text` without this task's token, without this process's credentials, and fit for UTF-8."""
        return mask_text(text, self._secrets).encode("utf-8", "replace").decode("utf-8")

    def flush(self, timeout: float) -> bool:
        """Waits at most `timeout` seconds until everything reported before is delivered; whether it is."""
        deadline = time.monotonic() + timeout
        written = self.recorder.flush(timeout)
        return written and self.sender.flush(max(0.0, deadline - time.monotonic()))

    def close(self, timeout: float) -> None:
        """Delivers for at most `timeout` seconds, stops the threads, and says what is left, if anything."""
        self.flush(timeout)
        self.recorder.close(_WRITE_SECONDS)
        self.sender.close(_REQUEST_SECONDS)
        left = self.spool.count()
        if left == 0:
            self.spool.remove_if_empty()
        else:
            print(self._farewell(left), file=sys.stderr, flush=True)

    def _write(self, messages: List[Message], durable: bool) -> None:
        if self.sender.moved_on:
            self.recorder.muted = True
            return
        # With the server away the disk is all there is, so it has to survive the host going down too.
        self.spool.append(messages, durable or self.sender.server_away)
        self.sender.notify()

    def _farewell(self, left: int) -> str:
        what = f"lora-ledger: {left} report{'' if left == 1 else 's'} of task {self.spool.target.task_id}"
        if not self.spool.kept_on_disk():
            return f"{what} could be neither delivered nor saved and are lost."
        return f"{what} could not be delivered yet. Later: {sys.executable} -m lora_ledger sync --spool-dir '{self._root}'"
