"""Turns a folder of text into training samples, with every eighth document held out for evaluation."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Callable, List, Optional, Tuple

from failures import DataError
from lora_model import CODES, CONTEXT, encode

WINDOW = 8  # characters predicted per sample
HELD_OUT_EVERY = 8
MAX_BYTES = 8 * 1024 * 1024  # of text; more would take a plain Python trainer days

# One sample: the contexts of WINDOW places that follow each other (CONTEXT codes each), and the codes to predict.
Sample = Tuple[List[List[int]], List[int]]


def read_documents(folder: Path, metadata_path: Optional[Path], note: Callable[[str], None]) -> List[str]:
    """The paragraphs of all `*.txt` files in `folder`, plus the "text" of each line of a `.jsonl` metadata file.

    Files are taken in the order of their names. Raises DataError if there is no text at all, too much, or if a
    file cannot be read.
    """
    if not folder.is_dir():
        raise DataError(f"train_data_dir {folder} does not exist or is not a folder")
    files = sorted(folder.glob("*.txt"))
    try:
        if sum(file.stat().st_size for file in files) > MAX_BYTES:
            raise DataError(f"{folder} holds more than {MAX_BYTES // 2**20} MiB of text, too much for this trainer")
        texts = [file.read_text(encoding="utf-8-sig") for file in files]
    except OSError as error:
        raise DataError(f"{folder} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DataError(f"a file in {folder} is not UTF-8 text: {error.reason}") from error
    documents = [part.strip() for text in texts for part in re.split(r"\n\s*\n", text) if part.strip()]
    if metadata_path is not None:
        if metadata_path.suffix.lower() == ".jsonl":
            documents += _read_jsonl(metadata_path)
        else:
            note(f'metadata_path {metadata_path} is ignored: only .jsonl files with a "text" per line are read')
    if not documents:
        raise DataError(f"no training data: there is no text in {folder} (*.txt files are read)")
    return documents


def _read_jsonl(path: Path) -> List[str]:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise DataError(f"{path} is larger than {MAX_BYTES // 2**20} MiB, too much for this trainer")
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"metadata_path {path} cannot be read: {error}") from error
    texts = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            text = json.loads(line)["text"]
        except (ValueError, KeyError, TypeError) as error:
            raise DataError(f'{path}, line {number}: expected a JSON object with a "text"') from error
        if not isinstance(text, str):
            raise DataError(f'{path}, line {number}: "text" must be a string')
        texts.append(text.strip())
    return [text for text in texts if text]


def make_samples(document: str) -> List[Sample]:
    """Cuts a document and the blank line that ends it into windows that do not overlap; the last may be shorter."""
    codes = [CODES["\n"]] * CONTEXT + encode(document + "\n\n")
    samples = []
    for start in range(CONTEXT, len(codes), WINDOW):
        places = range(start, min(start + WINDOW, len(codes)))
        samples.append(([codes[place - CONTEXT : place] for place in places], [codes[place] for place in places]))
    return samples


def split_samples(documents: List[str]) -> Tuple[List[Sample], List[Sample]]:
    """(training samples, held-out samples). The split does not depend on the seed, so that runs can be compared.

    Whole documents are held out; when there are too few of them, the last samples are. Raises DataError if not
    even two samples can be made.
    """
    groups = [make_samples(document) for document in documents]
    if len(groups) >= HELD_OUT_EVERY:
        held_out = [s for index, group in enumerate(groups, start=1) if index % HELD_OUT_EVERY == 0 for s in group]
        return [s for index, group in enumerate(groups, start=1) if index % HELD_OUT_EVERY for s in group], held_out
    samples = [sample for group in groups for sample in group]
    if len(samples) < 2:
        raise DataError(f"no training data to speak of: at least {WINDOW + 1} characters are needed")
    cut = len(samples) - max(1, len(samples) // HELD_OUT_EVERY)
    return samples[:cut], samples[cut:]
