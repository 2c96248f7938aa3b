"""The ways a training can end badly. `reason` is the ledger's word for it, `exit_code` the shell's."""

from __future__ import annotations


class TrainingFailure(Exception):
    """A failure a person can act on: its message is shown as it is, without a traceback."""

    reason = ""
    exit_code = 1


class ConfigError(TrainingFailure):
    """The configuration asks for something that cannot be done."""

    reason = "CONFIG"
    exit_code = 2


class DataError(TrainingFailure):
    """The training data is missing, empty or unreadable."""

    reason = "DATA"
    exit_code = 2


class Diverged(TrainingFailure):
    """The loss is not a number any more, or far above what knowing nothing would cost."""

    reason = "NAN_LOSS"
    exit_code = 1
