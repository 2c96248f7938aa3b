"""The settings of one training: which keys there are, their bounds and defaults, and what does not fit together."""

from __future__ import annotations

import math
import random
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional

from failures import ConfigError
from optimizers import OPTIMIZERS, SCHEDULERS

# Other names that trainers and people use for the same thing.
ALIASES = {
    "network_weights": "resume_from",
    "network_dropout": "dropout",
    "lora_dropout": "dropout",
    "max_grad_norm": "gradient_clip",
    "max_train_steps": "max_steps",
    "lr_warmup_steps": "warmup",
    "warmup_steps": "warmup",
}
# Known, but without an effect here.
SILENT = {"task_type", "incremental"}
MAX_NAME = 60  # characters of an output name: with step and ending it stays a legal file name in any script


@dataclass(frozen=True)
class Settings:
    """One checked training; the bounds stand in `settings_from`."""

    base_model: Optional[str]
    train_data_dir: Path
    metadata_path: Optional[Path]
    lora_rank: int
    lora_alpha: float
    batch_size: int
    epochs: Optional[float]
    max_steps: Optional[int]
    learning_rate: float
    seed: int
    optimizer: str
    lr_scheduler: str
    warmup: float  # steps, or below 1 a fraction of all steps
    dropout: float
    gradient_clip: Optional[float]
    resume_from: Optional[Path]
    output_dir: Path
    output_name: str
    save_steps: Optional[int]
    save_every_n_epochs: Optional[int]


@dataclass(frozen=True)
class Plan:
    """How a training is divided. All counts are optimizer steps, except `epochs` (begun ones)."""

    per_epoch: int
    steps: int
    epochs: int
    warmup: int
    save_steps: Optional[int]
    save_every_n_epochs: Optional[int]

    @classmethod
    def of(cls, settings: Settings, samples: int) -> Plan:
        """`epochs` (which may be a fraction) of so many samples, cut off at `max_steps`."""
        per_epoch = math.ceil(samples / settings.batch_size)
        limits = [] if settings.max_steps is None else [settings.max_steps]
        if settings.epochs is not None:
            limits.append(math.ceil(settings.epochs * per_epoch))
        steps = min(limits)
        warmup = settings.warmup if settings.warmup >= 1 else settings.warmup * steps
        return cls(
            per_epoch=per_epoch,
            steps=steps,
            epochs=math.ceil(steps / per_epoch),
            warmup=int(warmup),
            save_steps=settings.save_steps,
            save_every_n_epochs=settings.save_every_n_epochs,
        )

    def epoch_of(self, step: int) -> int:
        """The 1-based epoch that 1-based `step` belongs to."""
        return math.ceil(step / self.per_epoch)

    def first_step(self, epoch: int) -> int:
        return (epoch - 1) * self.per_epoch + 1

    def last_step(self, epoch: int) -> int:
        return min(epoch * self.per_epoch, self.steps)

    def checkpoints(self, step: int) -> List[str]:
        """The suffixes of the files to write after `step`, as sd-scripts names them; the last step has its own file."""
        suffixes: List[str] = []
        if step == self.steps:
            return suffixes
        if self.save_steps and step % self.save_steps == 0:
            suffixes.append(f"-step{step:08d}")
        if self.save_every_n_epochs and step % (self.save_every_n_epochs * self.per_epoch) == 0:
            suffixes.append(f"-{step // self.per_epoch:06d}")
        return suffixes


class _Reader:
    """Takes values out of a config and collects every complaint, so that one run tells all of them."""

    def __init__(self, config: Dict[str, Any]) -> None:
        self.left = dict(config)
        self.problems: List[str] = []

    def _take(self, key: str) -> Any:
        value = self.left.pop(key, None)
        return None if value == "" else value

    def text(self, key: str) -> Optional[str]:
        value = self._take(key)
        if value is None or (isinstance(value, str) and "\0" not in value):
            return value
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return str(value)  # `output_name: 12` is a name all the same
        self.problems.append(f"{key} must be text")
        return None

    def path(self, key: str) -> Optional[Path]:
        value = self.text(key)
        return None if value is None else Path(value)

    def number(
        self, key: str, low: float, high: float, above: bool = False, below: bool = False, whole: bool = False
    ) -> Any:
        """A number in low..high (`above`, `below`: without that bound itself); digits in quotes count as a number."""
        value = self._take(key)
        if value is None:
            return None
        kind = "a whole number" if whole else "a number"
        limits = f"{'above' if above else 'from'} {low:g} {'to below' if below else 'to'} {high:g}"
        try:
            parsed = math.nan if isinstance(value, bool) else float(value)
        except (TypeError, ValueError, OverflowError):
            parsed = math.nan
        fits = low <= parsed <= high and not (above and parsed == low) and not (below and parsed == high)
        if not fits or (whole and parsed != int(parsed)):
            self.problems.append(f"{key} must be {kind} {limits}, not {str(value)[:40]!r}")
            return None
        return int(parsed) if whole else parsed

    def choice(self, key: str, allowed: List[str], default: str) -> str:
        value = (self.text(key) or default).lower()
        if value not in allowed:
            self.problems.append(f"{key} must be one of {', '.join(allowed)}, not {value[:40]!r}")
        return value


def settings_from(config: Dict[str, Any], note: Callable[[str], None]) -> Settings:
    """Checks a config and fills in defaults; unknown keys are named in one note and ignored.

    Paths are relative to the current directory. Raises ConfigError, whose message lists all problems.
    """
    named: Dict[str, Any] = {}
    for key, value in config.items():
        # A key's own name wins over its aliases.
        if key not in ALIASES or config.get(ALIASES[key]) in (None, ""):
            named[ALIASES.get(key, key)] = value
    read = _Reader(named)
    rank = read.number("lora_rank", 1, 1024, whole=True) or 8
    max_steps = read.number("max_steps", 1, 1e9, whole=True)
    data_dir = read.path("train_data_dir")
    if data_dir is None:
        read.problems.append("train_data_dir is needed")
    seed = read.number("seed", 0, 2**53, whole=True)
    task_name = read.text("name") or read.text("task_name") or ""
    settings = Settings(
        base_model=read.text("base_model"),
        train_data_dir=data_dir or Path(),
        metadata_path=read.path("metadata_path"),
        lora_rank=rank,
        lora_alpha=read.number("lora_alpha", 0, 1e6, above=True) or float(rank),
        batch_size=read.number("batch_size", 1, 65536, whole=True) or 16,
        epochs=read.number("epochs", 0, 1e6, above=True) or (None if max_steps else 3),
        max_steps=max_steps,
        learning_rate=read.number("learning_rate", 0, 1e6, above=True) or 1e-3,
        seed=random.SystemRandom().randrange(2**32) if seed is None else seed,
        optimizer=read.choice("optimizer", list(OPTIMIZERS), "adamw"),
        lr_scheduler=read.choice("lr_scheduler", list(SCHEDULERS), "constant"),
        warmup=read.number("warmup", 0, 1e9) or 0.0,
        dropout=read.number("dropout", 0, 1, below=True) or 0.0,
        gradient_clip=read.number("gradient_clip", 0, 1e6) or None,
        resume_from=read.path("resume_from"),
        output_dir=read.path("output_dir") or Path("output"),
        output_name=read.text("output_name") or re.sub(r"[^\w.-]+", "-", task_name).strip("-.")[:MAX_NAME] or "lora",
        save_steps=read.number("save_steps", 0, 1e9, whole=True) or None,
        save_every_n_epochs=read.number("save_every_n_epochs", 0, 1e9, whole=True) or None,
    )
    name = settings.output_name
    if len(name) > MAX_NAME or not name.isprintable() or name[0] == "." or any(sign in name for sign in "/\\"):
        read.problems.append(f"output_name must be a plain file name of at most {MAX_NAME} characters, not a path")
    if read.problems:
        raise ConfigError("; ".join(read.problems))
    unknown = [key for key in read.left if key not in SILENT]
    if unknown:
        note(f"not known to this trainer and ignored: {', '.join(unknown)}")
    return settings
