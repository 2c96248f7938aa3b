"""What the tests share. Importing it makes the trainer's own modules importable."""

import sys
import tempfile
import unittest
from pathlib import Path

TRAINER = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(TRAINER))

TEXT = "\n\n".join(f"day {n}. wind {n % 9}.\nthe gull is on the wall." for n in range(9))


class FolderTest(unittest.TestCase):
    """A test with an empty folder of its own, and a tiny data set in it."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.data = self.folder / "data"
        self.data.mkdir()
        (self.data / "log.txt").write_text(TEXT, encoding="utf-8")

    def config(self, **changes):
        """Writes a config for a training of a second or less; a change to None takes a key out. Returns its path."""
        values = {
            "base_model": "char-lm-base",
            "train_data_dir": str(self.data),
            "lora_rank": 2,
            "lora_alpha": 4,
            "batch_size": 8,
            "epochs": 2,
            "learning_rate": 1e-2,
            "optimizer": "adam",
            "seed": 7,
            "output_dir": str(self.folder / "out"),
            **changes,
        }
        path = self.folder / "config.yaml"
        lines = [
            f'{key}: "{value}"' if isinstance(value, str) else f"{key}: {value}"
            for key, value in values.items()
            if value is not None
        ]
        path.write_text("\n".join(lines), encoding="utf-8")
        return path
