"""Trains a LoRA on a small language model: read config → data → model → loop → save.

    python3 apps/demo-trainer/train.py --config apps/demo-trainer/example.yaml

Ends with 0 when the LoRA file is written, 2 when the config or the data cannot be used, 1 when the training failed,
128 + n when it was stopped by signal n; a cancelled task counts as stopped by SIGTERM.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import sys
import traceback
from collections import deque
from pathlib import Path
from typing import Deque, Iterator, List, Optional, Tuple

from config_file import read_config
from dataset import Sample, read_documents, split_samples
from failures import ConfigError, TrainingFailure
from guards import DivergenceWatch, Stopped, StopSwitch
from lora_file import load_base, load_lora, save_lora
from lora_model import LoraModel, sample_text
from metadata import TrainingRecord
from optimizers import OPTIMIZERS, clip_gradients, learning_rate_at
from progress_bar import ProgressBar
from reporting import Reporter, open_ledger
from settings import Plan, Settings, settings_from

SHIPPED_BASE = Path(__file__).resolve().parent / "base" / "char-lm-base.safetensors"
EVAL_SAMPLES = 64  # enough for two steady digits; all held-out samples would take longer than the training


def note(text: str) -> None:
    """Says something worth knowing that is no error."""
    print(f"note: {text}", file=sys.stderr, flush=True)


def say(text: str) -> None:
    print(text, flush=True)


def base_path_of(settings: Settings) -> Path:
    """The base model's file: the one the config names if there is such a file, else the shipped one."""
    if settings.base_model and Path(settings.base_model).is_file():
        return Path(settings.base_model)
    if settings.base_model and Path(settings.base_model).stem != SHIPPED_BASE.stem:
        note(f"base_model {settings.base_model} is no file here; {SHIPPED_BASE.name} is used")
    return SHIPPED_BASE


def build_model(settings: Settings, base_path: Path, rng: random.Random) -> LoraModel:
    """The base model with a new LoRA, or with the one to go on from."""
    base = load_base(base_path)
    initial = None
    if settings.resume_from is not None:
        initial = load_lora(settings.resume_from, base, settings.lora_rank, settings.lora_alpha)
    return LoraModel(base, settings.lora_rank, settings.lora_alpha, rng, initial)


def join(samples: List[Sample]) -> Tuple[List[List[int]], List[int]]:
    """Samples → all their contexts, all their targets."""
    return [c for contexts, _ in samples for c in contexts], [t for _, targets in samples for t in targets]


def batches(samples: List[Sample], size: int, rng: random.Random) -> Iterator[List[Sample]]:
    """Batches without end: every epoch all samples in a new random order; its last batch may be smaller."""
    while True:
        order = rng.sample(samples, len(samples))
        yield from (order[start : start + size] for start in range(0, len(order), size))


def write_sample(model: LoraModel) -> str:
    """What the model writes when asked for one more entry, indented; the same dice for every model."""
    return "  " + sample_text(model, "day ", 120, random.Random(0)).replace("\n", "\n  ")


class Training:
    """One training: everything it is made of, and its way from the first evaluation to the written file."""

    def __init__(self, settings: Settings, reporter: Reporter, stop: StopSwitch, task_id: Optional[str]) -> None:
        """Reads the data and builds the model. Raises TrainingFailure if either is not possible."""
        self.settings, self.reporter, self.stop = settings, reporter, stop
        self.samples, self.held_out = split_samples(
            read_documents(settings.train_data_dir, settings.metadata_path, note)
        )
        self.rng = random.Random(settings.seed)
        base_path = base_path_of(settings)
        self.model = build_model(settings, base_path, self.rng)
        self.plan = Plan.of(settings, len(self.samples))
        self.record = TrainingRecord(settings, self.plan, base_path, len(self.samples), len(self.held_out), task_id)
        try:
            settings.output_dir.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigError(f"output_dir {settings.output_dir} cannot be made: {error.strerror}") from error

    def run(self) -> None:
        """Trains, saves and reports. Raises TrainingFailure or Stopped."""
        settings, plan = self.settings, self.plan
        self.reporter.start(plan.steps)
        say("running training")
        say(f"  num train samples: {len(self.samples)}, held out: {len(self.held_out)}")
        say(f"  num epochs: {plan.epochs}, batches per epoch: {plan.per_epoch}, batch size: {settings.batch_size}")
        say(f"  total optimization steps: {plan.steps}")
        say(f"  rank {settings.lora_rank}, alpha {settings.lora_alpha:g}, {settings.optimizer}, seed {settings.seed}")
        first_loss = self.evaluate(step=0)
        say(f"before training: eval_loss={first_loss:.4f}, the model writes\n{write_sample(self.model)}")
        train_loss, eval_loss = self.optimize()
        say(f"after training: eval_loss={eval_loss:.4f}, the model writes\n{write_sample(self.model)}")
        output = self.save("", plan.steps)
        self.reporter.finish(output, {"loss": train_loss, "eval_loss": eval_loss, "first_eval_loss": first_loss})
        say("model saved.")

    def optimize(self) -> Tuple[float, float]:
        """Makes all optimizer steps; returns the mean loss of the last epoch's worth of steps and the held-out loss."""
        settings, plan, model = self.settings, self.plan, self.model
        optimizer, watch = OPTIMIZERS[settings.optimizer](), DivergenceWatch()
        recent: Deque[float] = deque(maxlen=plan.per_epoch)
        eval_loss = math.nan
        bar = ProgressBar(plan.steps, sys.stderr)
        try:
            for step, batch in zip(range(1, plan.steps + 1), batches(self.samples, settings.batch_size, self.rng)):
                self.stop.check()
                epoch = plan.epoch_of(step)
                if step == plan.first_step(epoch):
                    say(f"\nepoch {epoch}/{plan.epochs}")
                lr = learning_rate_at(step, plan.steps, settings.learning_rate, settings.lr_scheduler, plan.warmup)
                loss = model.loss_and_backward(*join(batch), settings.dropout, self.rng)
                recent.append(loss)
                average = sum(recent) / len(recent)
                self.reporter.progress(step, step / plan.per_epoch, loss=loss, lr=lr)
                bar.update(step, average)
                watch.check_step(step, loss)
                gradients = model.gradients()
                if settings.gradient_clip is not None:
                    clip_gradients(gradients, settings.gradient_clip)
                optimizer.step(model.parameters(), gradients, lr)
                if step == plan.last_step(epoch):
                    eval_loss = self.evaluate(step)
                    say(f"\nepoch {epoch} done: avr_loss={average:.4f}, eval_loss={eval_loss:.4f}")
                    watch.check_evaluation(step, eval_loss)
                for suffix in plan.checkpoints(step):
                    self.save(suffix, step)
        finally:
            bar.end()
        return average, eval_loss

    def evaluate(self, step: int) -> float:
        """The mean loss on evenly spaced held-out samples, always the same ones; reports it."""
        loss = self.model.loss(*join(self.held_out[:: math.ceil(len(self.held_out) / EVAL_SAMPLES)]))
        self.reporter.progress(step, step / self.plan.per_epoch, eval_loss=loss)
        return loss

    def save(self, suffix: str, step: int) -> Path:
        """Writes the LoRA as it is after `step` and returns the file's path."""
        path = self.settings.output_dir / f"{self.settings.output_name}{suffix}.safetensors"
        say(f"saving checkpoint: {path}")
        save_lora(path, self.model, self.record.metadata(step, self.plan.epoch_of(step)))
        return path


def run(config: Path, task_id: Optional[str], reporter: Reporter) -> int:
    """Trains and returns the exit code; every way to fail is printed and reported, being stopped is not a failure."""
    try:
        stop = StopSwitch(reporter)
        Training(settings_from(read_config(config, note), note), reporter, stop, task_id).run()
        return 0
    except Stopped as stopped:
        print(stopped, file=sys.stderr, flush=True)
        return stopped.exit_code
    except TrainingFailure as failure:
        print(failure, file=sys.stderr, flush=True)
        reporter.fail(str(failure), failure.reason)
        return failure.exit_code
    except Exception:
        error = traceback.format_exc()
        print(error, file=sys.stderr, flush=True)
        reporter.fail(error)
        return 1


def main(arguments: Optional[List[str]] = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--config", type=Path, required=True, help="a flat lora-scripts file, .yaml or .json")
    parser.add_argument("--task_id", help="the ledger's id of this task, noted in the LoRA file")
    parsed = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    if parsed.task_id:
        os.environ.setdefault("LEDGER_TASK_ID", parsed.task_id)
    with open_ledger(note) as ledger:
        return run(parsed.config, parsed.task_id, Reporter(ledger))


if __name__ == "__main__":
    sys.exit(main())
