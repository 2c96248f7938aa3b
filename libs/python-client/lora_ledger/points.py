"""From what a training script has in its hands (floats, NumPy scalars, tensors) to what JSON can carry."""

from __future__ import annotations

import math
import numbers
import operator
import os
from datetime import datetime, timezone
from typing import Any, Dict, List, Mapping, NamedTuple, Optional, Sequence, Set, Tuple, Union

Number = Union[int, float]
Wire = Union[int, float, str]

LARGEST_STEP = 2**53 - 1
LONGEST_KEY = 200


class Sample(NamedTuple):
    """The metrics of one step. `at` is Unix time in seconds, `epoch` may be fractional."""

    step: int
    epoch: Optional[Number]
    at: float
    values: Dict[str, Number]


def as_number(value: object) -> Number:
    """
    A plain number from an int, bool, float, NumPy scalar, one-element tensor or array, Fraction or Decimal.

    Raises TypeError or ValueError for anything else. Reads the value now: a tensor kept for later would
    keep its autograd graph in GPU memory, and may have been changed in place by then.
    """
    kind = type(value)
    if kind is float or kind is int:
        return value  # type: ignore[return-value]
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value)
    item = getattr(value, "item", None)
    if callable(item):
        return _plain(item())
    return _plain(value)


def as_step(value: object) -> int:
    """A step number, 0 … 2⁵³−1, from anything that is an integer. Raises TypeError or ValueError."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    step = operator.index(value)  # type: ignore[arg-type]
    if not 0 <= step <= LARGEST_STEP:
        raise ValueError(f"step {step} is not between 0 and {LARGEST_STEP}")
    return step


def as_amount(value: object) -> Number:
    """A finite number ≥ 0, possibly fractional: an epoch, seconds. Raises TypeError or ValueError."""
    amount = as_number(value)
    if not math.isfinite(amount) or amount < 0:
        raise ValueError(f"{amount} is not a finite number of at least 0")
    return amount


def to_wire(value: Number) -> Wire:
    """JSON has no NaN and no infinities: they travel as "NaN", "Infinity", "-Infinity"."""
    if isinstance(value, int) and abs(value) > LARGEST_STEP:
        try:
            value = float(value)
        except OverflowError:
            return "Infinity" if value > 0 else "-Infinity"
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
    return value


def to_json(value: object) -> Any:
    """Any value as JSON data, at any depth; what JSON does not know becomes its text."""
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [to_json(item) for item in value]
    if isinstance(value, os.PathLike):
        return os.fsdecode(value)
    try:
        return to_wire(as_number(value))
    except Exception:
        return str(value)


def progress_bodies(samples: Sequence[Sample], total_steps: Optional[int], most: int) -> List[Dict[str, Any]]:
    """
    The bodies of the progress reports that carry `samples`, each with at most `most` points.

    Of several values for the same key and step the first is kept, as the server does with repeated points.
    """
    points: List[Tuple[Sample, str]] = []
    seen: Set[Tuple[str, int]] = set()
    for sample in samples:
        for key in sample.values:
            if (key, sample.step) not in seen:
                seen.add((key, sample.step))
                points.append((sample, key))
    return [_body(points[start : start + most], total_steps) for start in range(0, len(points), most)]


def _body(points: Sequence[Tuple[Sample, str]], total_steps: Optional[int]) -> Dict[str, Any]:
    last = points[-1][0]
    body: Dict[str, Any] = {"points": [_point(sample, key) for sample, key in points], "currentStep": last.step}
    if last.epoch is not None:
        body["currentEpoch"] = last.epoch
    if total_steps is not None:
        body["totalSteps"] = total_steps
    return body


def _point(sample: Sample, key: str) -> Dict[str, Any]:
    point: Dict[str, Any] = {"key": key, "step": sample.step, "value": to_wire(sample.values[key])}
    if sample.epoch is not None:
        point["epoch"] = sample.epoch
    point["at"] = _iso(sample.at)
    return point


def _iso(at: float) -> str:
    moment = datetime.fromtimestamp(at, timezone.utc)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _plain(value: object) -> Number:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, numbers.Real) or (isinstance(value, numbers.Number) and not isinstance(value, complex)):
        return float(value)  # type: ignore[arg-type]
    raise TypeError(f"{type(value).__name__} is not a number")
