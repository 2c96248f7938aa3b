"""Records trainings as a table that `npm run bench:recommend` replays: every point of a grid is trained once by the demo trainer.

    python3 apps/bench/record_table.py rank-rate-optimizer    # from the root of the repository; minutes to an hour of one core
"""

from __future__ import annotations

import csv
import itertools
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Columns bear the names of the ledger's parameters; the trainer's keys stand beside them.
KEYS = {
    "loraRank": "lora_rank",
    "loraAlpha": "lora_alpha",
    "learningRate": "learning_rate",
    "batchSize": "batch_size",
    "optimizer": "optimizer",
    "scheduler": "lr_scheduler",
}
GRIDS = {
    "rank-rate-optimizer": {
        "loraRank": [2, 4, 8, 16],
        "learningRate": [1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1, 1, 3],
        "batchSize": [4, 16],
        "optimizer": ["sgd", "adamw"],
    },
    "alpha-rate-scheduler": {
        "loraAlpha": [2, 4, 8, 16, 32, 64],
        "learningRate": [1e-3, 3e-3, 1e-2, 3e-2, 1e-1, 3e-1],
        "scheduler": ["constant", "linear", "cosine"],
    },
}
STEPS = 60


def train(values: dict[str, object], folder: Path) -> str:
    """The held-out loss after the last step; empty when the training failed."""
    config = {KEYS[name]: value for name, value in values.items()}
    config |= {"max_steps": STEPS, "seed": 42, "train_data_dir": "apps/demo-trainer/data/harbour-log", "output_dir": str(folder)}
    (folder / "config.json").write_text(json.dumps(config))
    command = [sys.executable, "apps/demo-trainer/train.py", "--config", str(folder / "config.json")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    losses = re.findall(r"eval_loss=(\d+\.\d+)", done.stdout)
    return losses[-1] if done.returncode == 0 and losses else ""


def main() -> None:
    name = sys.argv[1]
    grid = GRIDS[name]
    target = ROOT / "apps/bench/tables" / f"{name}.csv"
    target.parent.mkdir(exist_ok=True)
    with target.open("w", newline="") as file, tempfile.TemporaryDirectory() as folder:
        table = csv.writer(file, lineterminator="\n")
        table.writerow([*grid, "loss"])
        for values in itertools.product(*grid.values()):
            table.writerow([*values, train(dict(zip(grid, values)), Path(folder))])
            file.flush()


if __name__ == "__main__":
    main()
