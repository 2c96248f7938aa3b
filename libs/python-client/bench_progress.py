"""
What one `progress` call costs a training: `python bench_progress.py [calls]`.

Three trainings: with a server that answers at once, one that never answers, and none at all. The figures are
microseconds per call with four metrics; the median is to stay below 20.
"""

from __future__ import annotations

import contextlib
import io
import logging
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import List

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent / "tests")]

from fake_ledger import FakeLedger  # noqa: E402
from lora_ledger import Ledger  # noqa: E402

# A loop that does a thousand steps per second is faster than any training.
STEP_SECONDS = 0.001


def measure(url: str, calls: int) -> List[float]:
    """Microseconds of each of `calls` calls, made at the pace of a fast training."""
    costs = []
    with tempfile.TemporaryDirectory() as spool:
        ledger = Ledger(url, "bench", "token", spool, exit_timeout=0.0)
        ledger.start(total_steps=calls)
        for step in range(calls):
            before = time.perf_counter()
            ledger.progress(step, epoch=step / 100, loss=1 / (step + 1), lr=1e-4, grad_norm=0.5, speed=3.25)
            costs.append((time.perf_counter() - before) * 1e6)
            time.sleep(STEP_SECONDS)
        with contextlib.redirect_stderr(io.StringIO()):
            ledger.close()
    return costs


def main() -> None:
    """Prints one line per kind of server."""
    logging.getLogger("lora_ledger").setLevel(logging.ERROR)
    calls = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    with FakeLedger() as server:
        report("server answers", measure(server.url, calls))
        server.hang()
        report("server hangs", measure(server.url, calls))
    report("no server", measure("http://127.0.0.1:9", calls))


def report(name: str, costs: List[float]) -> None:
    """Prints median, 99th percentile and worst call."""
    ninety_nine = statistics.quantiles(costs, n=100)[98]
    print(f"{name:15} median {statistics.median(costs):6.1f} µs   99 % {ninety_nine:7.1f} µs   worst {max(costs):8.1f} µs")


if __name__ == "__main__":
    main()
