"""`python -m lora_ledger sync`: the command for reports that could not be delivered during a training."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Optional, Sequence

from .settings import read_settings
from .sync import sync
from .version import __version__


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """Returns the exit code: 0 when nothing remains, 1 when something does, 2 for a wrong call."""
    parser = argparse.ArgumentParser(prog="python -m lora_ledger", description="Reports trainings to LoRA Ledger.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(dest="command", required=True)
    command = commands.add_parser("sync", help="deliver the reports that wait on this disk")
    command.add_argument("--spool-dir", type=Path, help="default: LEDGER_SPOOL_DIR or ~/.lora-ledger/spool")
    chosen = parser.parse_args(arguments)
    root = chosen.spool_dir or read_settings().spool_dir
    if root is None:
        parser.error("there is no home directory; name the folder with --spool-dir")
    try:
        return 0 if sync(root, print) else 1
    except OSError as error:
        print(f"lora-ledger: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
