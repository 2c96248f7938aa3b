"""
Reports a `transformers.Trainer` (and what builds on it: TRL, LLaMA-Factory, axolotl):
`Trainer(..., callbacks=[LedgerCallback()])`. The only module that imports transformers.
"""

from __future__ import annotations

from typing import Any, Dict, Mapping, Optional

from transformers import TrainerCallback

from .ledger import Ledger

# What the trainer's log carries besides metrics: the position, which travels on its own.
_POSITION_KEYS = frozenset({"step", "epoch"})


class LedgerCallback(TrainerCallback):  # type: ignore[misc]
    """
    Reports start, every logged metric and the end; stops the training when the task was cancelled. For a
    training that dies of an exception put `with ledger:` around `trainer.train()`: callbacks do not see it.
    """

    def __init__(self, ledger: Optional[Ledger] = None, finish_on_train_end: bool = True) -> None:
        """`ledger`: default `Ledger.from_env()`. `finish_on_train_end`: False when the script calls `finish` itself."""
        self._ledger = Ledger.from_env() if ledger is None else ledger
        self._finish = finish_on_train_end
        self._last: Dict[str, object] = {}

    def on_train_begin(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """The number of optimizer steps is known now."""
        if state.is_world_process_zero:
            self._ledger.start(total_steps=state.max_steps if state.max_steps > 0 else None)

    def on_log(self, args: Any, state: Any, control: Any, logs: Optional[Mapping[str, object]] = None, **_: Any) -> None:
        """Loss, learning rate, gradient norm, evaluation: whatever is a number."""
        if state.is_world_process_zero and logs:
            metrics = {key: value for key, value in logs.items() if key not in _POSITION_KEYS and _is_numeric(value)}
            self._last.update(metrics)
            self._ledger.progress(state.global_step, state.epoch, **metrics)

    def on_step_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """
        Only in a training of one process: with more, stopping one while the others go on would hang them all in the next
        exchange of gradients; there the worker stops the whole process group.
        """
        if args.world_size <= 1 and self._ledger.cancel_requested:
            control.should_training_stop = True

    def on_train_end(self, args: Any, state: Any, control: Any, **_: Any) -> None:
        """A cancelled training has not succeeded: its end is not reported as one."""
        if state.is_world_process_zero and self._finish and not self._ledger.cancel_requested:
            self._ledger.finish(output=args.output_dir, metrics=self._last)


def _is_numeric(value: object) -> bool:
    return not isinstance(value, str) and (hasattr(value, "__float__") or hasattr(value, "item"))
