"""
The bodies of the reports that move a task. What the server would refuse is left out here, with a warning:
a bad detail must not cost the report that says how a training ended.
"""

from __future__ import annotations

import re
import traceback
from typing import Any, Callable, Dict, Mapping, Optional, TypeVar, Union

from . import machine
from .diagnostics import WarnOnce
from .points import as_amount, as_step, to_json
from .secrets import mask_mapping

LONGEST_NAME = 255
LONGEST_OUTPUT = 1000
MOST_STEPS = 1_000_000_000
# The end of a long traceback is the part that explains.
LONGEST_ERROR = 30_000

REASONS = frozenset({"OOM", "NAN_LOSS", "CONFIG", "DATA", "TRAINER_EXIT", "LAUNCH", "LOST", "UNKNOWN"})

_CONTROL = re.compile("[\u0000-\u001f\u007f\u0085\u2028\u2029]+")

_T = TypeVar("_T")


def start_body(
    pid: int, total_steps: object, host: object, gpu: object, env: object, warn: WarnOnce
) -> Dict[str, Any]:
    """The body of `start`. Absent host, gpu and env are found out; credentials in `env` are masked."""
    body = {
        "host": _kept(warn, "host", host or machine.host_name(), _name),
        "gpu": _kept(warn, "gpu", gpu or machine.gpu_name(), _name),
        "pid": pid,
        "totalSteps": _kept(warn, "total_steps", total_steps, as_total_steps),
        "env": _kept(warn, "env", machine.versions() if env is None else env, _masked_object),
    }
    return {key: value for key, value in body.items() if value is not None}


def finish_body(output: object, metrics: object, gpu_seconds: object, warn: WarnOnce) -> Dict[str, Any]:
    """The body of `finish`; `output` is always there, null when there is none."""
    optional = {
        "metrics": _kept(warn, "metrics", metrics, _object),
        "gpuSeconds": _kept(warn, "gpu_seconds", gpu_seconds, as_amount),
    }
    present = {key: value for key, value in optional.items() if value is not None}
    return {"output": _kept(warn, "output", output, _output), **present}


def fail_body(
    error: Union[str, BaseException], reason: Optional[str], mask: Callable[[str], str], warn: WarnOnce
) -> Dict[str, Any]:
    """The body of `fail`: the text or traceback, masked, without NUL, at most its last 30 000 characters."""
    # Masked before it is cut, so that no credential loses the part that gives it away.
    text = mask(_error_text(error)).replace("\x00", "").strip()[-LONGEST_ERROR:].strip()
    body = {"error": text or "no error text"}
    known = _kept(warn, "reason", reason, _reason)
    return body if known is None else {**body, "reason": known}


def as_total_steps(value: object) -> int:
    """The number of steps a training will make. Raises TypeError or ValueError."""
    steps = as_step(value)
    if steps > MOST_STEPS:
        raise ValueError(f"{steps} steps are more than {MOST_STEPS}")
    return steps


def _kept(warn: WarnOnce, name: str, value: object, convert: Callable[[object], _T]) -> Optional[_T]:
    if value is None:
        return None
    try:
        return convert(value)
    except Exception as error:
        warn(name, "%s is left out of the report: %s", name, error)
        return None


def _name(value: object) -> str:
    return _CONTROL.sub(" ", str(value))[:LONGEST_NAME]


def _output(value: object) -> str:
    text = to_json(value)
    if not isinstance(text, str) or len(text) > LONGEST_OUTPUT or _CONTROL.search(text):
        raise ValueError(f"not a path of at most {LONGEST_OUTPUT} characters on one line")
    return text


def _reason(value: object) -> str:
    reason = str(value).upper()
    if reason not in REASONS:
        raise ValueError(f"{value!r} is none of {', '.join(sorted(REASONS))}")
    return reason


def _object(value: object) -> Dict[str, Any]:
    if not isinstance(value, Mapping):
        raise TypeError(f"{type(value).__name__} is not a mapping")
    return {str(key): to_json(item) for key, item in value.items()}


def _masked_object(value: object) -> Dict[str, object]:
    return mask_mapping(_object(value))


def _error_text(error: object) -> str:
    if isinstance(error, BaseException):
        return "".join(traceback.format_exception(type(error), error, error.__traceback__))
    return str(error)
