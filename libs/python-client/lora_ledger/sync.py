"""Delivers what trainings have left behind in a spool folder."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Callable, Dict, Iterator, Mapping, Optional
from urllib.parse import unquote

from .backoff import backoff
from .bookmark import read_json
from .delivery import Delivery, Outcome, deliver
from .diagnostics import WarnOnce
from .settings import read_settings
from .segments import SUFFIX
from .spool import TARGET, Spool, Target
from .transport import Transport

ATTEMPTS = 4
# A running trainer holds the spool only while it delivers itself.
_TURN_SECONDS = 5.0
_LONGEST_WAIT_SECONDS = 30.0


def sync(root: Path, say: Callable[[str], None], environ: Mapping[str, str] = os.environ) -> bool:
    """Delivers every task below `root`, one line each through `say`; whether nothing remains."""
    complete = True
    found = False
    for directory in _task_folders(root):
        found = True
        target = _target(directory, environ)
        if target is None and not _has_messages(directory):
            continue  # another process has just delivered everything and is removing the folder
        if target is None:
            say(f"task {unquote(directory.name)}: nobody knows where to deliver; set LEDGER_URL, LEDGER_TASK_ID and LEDGER_TASK_TOKEN")
            complete = False
        else:
            complete = _sync_task(Spool(root, target), say) and complete
    if not found:
        say(f"nothing to deliver in {root}")
    return complete


def _sync_task(spool: Spool, say: Callable[[str], None]) -> bool:
    target = spool.target
    try:
        transport = Transport(target.url, target.task_id, target.token)
    except ValueError as error:
        say(f"task {target.task_id}: {error}")
        return False
    try:
        result = _deliver_patiently(spool, transport)
    finally:
        transport.close()
    left = spool.count()
    if left == 0:
        spool.remove_if_empty()
    say(_sentence(target.task_id, result, left))
    return left == 0


def _deliver_patiently(spool: Spool, transport: Transport) -> Delivery:
    delivered: Dict[str, int] = {}
    refused = failures = 0
    warn = WarnOnce()
    while True:
        result = deliver(spool, transport, warn, lambda: True, _TURN_SECONDS)
        for kind, count in result.delivered.items():
            delivered[kind] = delivered.get(kind, 0) + count
        refused += result.refused
        failures = 1 if result.delivered else failures + 1
        result.delivered, result.refused = delivered, refused
        if result.outcome is not Outcome.RETRY or failures >= ATTEMPTS:
            return result
        time.sleep(min(_LONGEST_WAIT_SECONDS, backoff(failures, result.retry_after)))


def _task_folders(root: Path) -> Iterator[Path]:
    if root.is_dir():
        for directory in sorted(root.iterdir()):
            if _has_messages(directory) or (directory / TARGET).exists():
                yield directory


def _has_messages(directory: Path) -> bool:
    return any(directory.glob(f"*{SUFFIX}"))


def _target(directory: Path, environ: Mapping[str, str]) -> Optional[Target]:
    """The saved address and token; the environment's when it is about this task and nothing usable was saved."""
    saved = read_json(directory / TARGET)
    url, token = saved.get("url"), saved.get("token")
    task_id = unquote(directory.name)
    if isinstance(url, str) and isinstance(token, str):
        return Target(url, task_id, token)
    settings = read_settings(environ)
    if settings.url and settings.token and settings.task_id == task_id:
        return Target(settings.url, task_id, settings.token)
    return None


def _sentence(task_id: str, result: Delivery, left: int) -> str:
    parts = [f"{count} {kind}" for kind, count in sorted(result.delivered.items())]
    text = f"task {task_id}: delivered {', '.join(parts) or 'nothing'}"
    if result.refused:
        text += f"; {result.refused} refused ({result.problem})"
    if left:
        text += f"; {left} remain: {result.problem or result.outcome.value}"
    return text
