"""Tells LoRA Ledger how the training is doing, if LEDGER_URL is set; otherwise every call does nothing."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, Callable, Dict, Optional

CLIENT_FOLDER = (Path(__file__).resolve().parent / "../../libs/python-client").resolve()


class SilentLedger:
    """Stands in for the client when nobody listens."""

    cancel_requested = False

    def __enter__(self) -> "SilentLedger":
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def start(self, **_: Any) -> None:
        return None

    def progress(self, **_: Any) -> None:
        return None

    def finish(self, **_: Any) -> None:
        return None

    def fail(self, error: str, reason: Optional[str] = None) -> None:
        return None


def open_ledger(note: Callable[[str], None]) -> Any:
    """The `lora_ledger` client, installed or from this repository; a silent stand-in without LEDGER_URL or client."""
    if not os.environ.get("LEDGER_URL"):
        return SilentLedger()
    sys.path.append(str(CLIENT_FOLDER))
    try:
        from lora_ledger import Ledger
    except ImportError as error:
        note(f"the training is not reported: {error}")
        return SilentLedger()
    return Ledger.from_env()


class Reporter:
    """The reports of one training, in the order the ledger wants them: nothing can end that has not started."""

    def __init__(self, ledger: Any) -> None:
        self._ledger = ledger
        self._started = False

    @property
    def cancel_requested(self) -> bool:
        return bool(self._ledger.cancel_requested)

    def start(self, total_steps: Optional[int] = None) -> None:
        self._ledger.start(total_steps=total_steps)
        self._started = True

    def progress(self, step: int, epoch: float, **metrics: float) -> None:
        self._ledger.progress(step=step, epoch=epoch, **metrics)

    def finish(self, output: Path, metrics: Dict[str, float]) -> None:
        self._ledger.finish(output=str(output.resolve()), metrics=metrics)

    def fail(self, error: str, reason: Optional[str] = None) -> None:
        if not self._started:
            self.start()
        self._ledger.fail(error, reason=reason)
