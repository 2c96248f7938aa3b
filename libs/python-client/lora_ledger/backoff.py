"""How long to wait before the next attempt."""

from __future__ import annotations

import random
from typing import Callable, Optional

FIRST_SECONDS = 0.5
LONGEST_SECONDS = 30.0


def backoff(failures: int, retry_after: Optional[float] = None, pick: Callable[[], float] = random.random) -> float:
    """
    Seconds to wait after `failures` (≥ 1) failed attempts in a row: doubling, with jitter of half the wait, so
    that hundreds of trainers do not come back to a restarted server in step. The server's `retry_after` is a minimum.
    """
    ceiling = min(LONGEST_SECONDS, FIRST_SECONDS * 2.0 ** min(failures - 1, 16))
    return max(ceiling * (0.5 + 0.5 * pick()), retry_after or 0.0)
