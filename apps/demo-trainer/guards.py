"""What ends a training early: a request to stop, or a loss that shows that nothing is being learned."""

from __future__ import annotations

import math
import signal
from typing import Optional

from failures import Diverged
from lora_model import ALPHABET
from reporting import Reporter

# A model that knows nothing and guesses evenly loses log(alphabet) nats. Ten times that, several steps in a row, is
# no learning curve any more.
DIVERGED_ABOVE = 10 * math.log(len(ALPHABET))
DIVERGED_STEPS = 5


class Stopped(Exception):
    """The training was asked to stop, by signal `number` or as if by it."""

    def __init__(self, number: int) -> None:
        super().__init__(f"stopped by {signal.Signals(number).name}")
        self.exit_code = 128 + number


class StopSwitch:
    """Remembers a SIGTERM or SIGINT until the loop is at a point where it can stop."""

    def __init__(self, reporter: Reporter) -> None:
        self._reporter = reporter
        self._number: Optional[int] = None
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._remember)

    def _remember(self, number: int, _frame: object) -> None:
        self._number = number

    def check(self) -> None:
        """Raises Stopped if a signal has come, or if the ledger says that the task was cancelled."""
        if self._number is None and self._reporter.cancel_requested:
            self._number = signal.SIGTERM
        if self._number is not None:
            raise Stopped(self._number)


class DivergenceWatch:
    """Raises Diverged when the loss stops being a number, or stays absurdly high."""

    def __init__(self) -> None:
        self._high = 0

    def check_step(self, step: int, loss: float) -> None:
        """One batch may be far off by bad luck; DIVERGED_STEPS in a row may not."""
        self._high = self._high + 1 if loss > DIVERGED_ABOVE else 0
        self._check(step, loss, self._high == DIVERGED_STEPS)

    def check_evaluation(self, step: int, loss: float) -> None:
        """The held-out loss is a mean over many samples: once is enough."""
        self._check(step, loss, loss > DIVERGED_ABOVE)

    def _check(self, step: int, loss: float, hopeless: bool) -> None:
        if not math.isfinite(loss):
            raise Diverged(f"Training loss became NaN at step {step}")
        if hopeless:
            raise Diverged(
                f"Training loss became NaN in all but name: {loss:.4g} at step {step}, and "
                f"{DIVERGED_ABOVE:.1f} is already ten times the loss of a blind guess"
            )
