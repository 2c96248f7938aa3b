"""The only place that reads the environment."""

from __future__ import annotations

import os
import math
from pathlib import Path
from typing import Mapping, NamedTuple, Optional

from .diagnostics import logger

HEARTBEAT_SECONDS = 10.0
EXIT_TIMEOUT_SECONDS = 10.0

# Launchers (torchrun, accelerate, deepspeed) give every process the same environment and this number.
RANK_VARIABLE = "RANK"


class Settings(NamedTuple):
    """What the environment says. Times are in seconds."""

    url: Optional[str]
    task_id: Optional[str]
    token: Optional[str]
    spool_dir: Optional[Path]
    log_captured: bool
    heartbeat_seconds: float
    exit_timeout_seconds: float
    rank: int

    def missing(self) -> Optional[str]:
        """The name of the first variable without which nothing can be reported; None when all are there."""
        if not self.url:
            return "LEDGER_URL"
        if not self.task_id:
            return "LEDGER_TASK_ID"
        if not self.token:
            return "LEDGER_TASK_TOKEN"
        return None


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Reads `LEDGER_*`. A number that cannot be read is replaced by its default, with a warning."""
    spool_dir = environ.get("LEDGER_SPOOL_DIR", "").strip()
    return Settings(
        url=environ.get("LEDGER_URL", "").strip() or None,
        task_id=environ.get("LEDGER_TASK_ID", "").strip() or None,
        token=environ.get("LEDGER_TASK_TOKEN", "").strip() or None,
        spool_dir=Path(spool_dir) if spool_dir else default_spool_dir(),
        log_captured=environ.get("LEDGER_LOG_CAPTURED", "").strip() == "1",
        heartbeat_seconds=_seconds(environ, "LEDGER_HEARTBEAT_SECONDS", HEARTBEAT_SECONDS, least=0.05),
        exit_timeout_seconds=_seconds(environ, "LEDGER_EXIT_TIMEOUT_SECONDS", EXIT_TIMEOUT_SECONDS, least=0.0),
        rank=_rank(environ),
    )


def default_spool_dir() -> Optional[Path]:
    """`~/.lora-ledger/spool`; None for an account without a home directory."""
    try:
        return Path.home() / ".lora-ledger" / "spool"
    except RuntimeError:
        return None


def _seconds(environ: Mapping[str, str], name: str, default: float, least: float) -> float:
    text = environ.get(name, "").strip()
    if not text:
        return default
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not math.isfinite(seconds) or seconds < least:
        logger.warning("%s=%r is not a number of seconds of at least %g; %g is used.", name, text, least, default)
        return default
    return seconds


def _rank(environ: Mapping[str, str]) -> int:
    text = environ.get(RANK_VARIABLE, "").strip()
    return int(text) if text.isascii() and text.isdigit() else 0
