"""What all tests share. Import it before `lora_ledger`: it puts the package on the path."""

from __future__ import annotations

import contextlib
import io
import logging
import os
import subprocess
import sys
import tempfile
import threading
import time
import unittest
from pathlib import Path
from typing import Any, Callable, Dict, Iterator, List

PACKAGE_FOLDER = str(Path(__file__).resolve().parent.parent)
if PACKAGE_FOLDER not in sys.path:
    sys.path.insert(0, PACKAGE_FOLDER)

from fake_ledger import FakeLedger  # noqa: E402
from lora_ledger import Ledger  # noqa: E402

logging.getLogger("lora_ledger").addHandler(logging.NullHandler())
logging.getLogger("lora_ledger").propagate = False

TASK = "7a0e8f62-1f0b-4a7c-9d53-0c1f2b9e6a11"
TOKEN = "task-token-of-this-test"


class LedgerTest(unittest.TestCase):
    """A fake server that is up, an empty spool folder, and a maker of ledgers that are closed at the end."""

    def setUp(self) -> None:
        self.server = self.enterContext_(FakeLedger())
        self.spool_dir = Path(self.enterContext_(tempfile.TemporaryDirectory()))
        self.stderr = io.StringIO()
        self.enterContext_(contextlib.redirect_stderr(self.stderr))

    def enterContext_(self, context: Any) -> Any:
        # unittest has this since Python 3.11 only.
        value = context.__enter__()
        self.addCleanup(context.__exit__, None, None, None)
        return value

    def ledger(self, **options: Any) -> Ledger:
        defaults: Dict[str, Any] = {"exit_timeout": 5.0, "request_timeout": 5.0}
        ledger = Ledger(self.server.url, TASK, TOKEN, self.spool_dir, **{**defaults, **options})
        self.addCleanup(ledger.close)
        return ledger

    def training(self, **options: Any) -> Ledger:
        """A ledger whose start has been delivered."""
        ledger = self.ledger(**options)
        ledger.start(total_steps=100)
        self.assertTrue(ledger.flush(5.0))
        return ledger

    def cut_off(self, **options: Any) -> Ledger:
        """A ledger that has started and whose server has gone away since."""
        ledger = self.training(exit_timeout=0.0, **options)
        self.server.down()
        return ledger


@contextlib.contextmanager
def environment(**values: str) -> Iterator[None]:
    """The process environment with all `LEDGER_*` and `RANK` removed and `values` added."""
    before = dict(os.environ)
    for name in list(os.environ):
        if name.startswith("LEDGER_") or name == "RANK":
            del os.environ[name]
    os.environ.update(values)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def script_environment(**values: str) -> Dict[str, str]:
    """An environment for a script in another process that finds the package."""
    with environment(**values):
        return {**os.environ, "PYTHONPATH": PACKAGE_FOLDER, "PYTHONUNBUFFERED": "1"}


def run_sync(spool_dir: Path, **values: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "lora_ledger", "sync", "--spool-dir", str(spool_dir)]
    return subprocess.run(command, env=script_environment(**values), capture_output=True, text=True, timeout=60)


def wait_until(condition: Callable[[], bool], timeout: float = 10.0) -> None:
    """For conditions that nobody announces: looked at every few milliseconds."""
    deadline = time.monotonic() + timeout
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError("it did not happen in time")
        threading.Event().wait(0.005)


@contextlib.contextmanager
def warnings_of_ledger() -> Iterator[List[str]]:
    """Collects what the package's logger says."""
    said: List[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(f"{record.levelname} {record.getMessage()}")

    log, handler = logging.getLogger("lora_ledger"), Collector()
    level = log.level
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    try:
        yield said
    finally:
        log.removeHandler(handler)
        log.setLevel(level)
