"""Reads the flat lora-scripts configuration file: YAML with one `key: value` per line, or JSON with the same keys."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Callable, Dict, List

from failures import ConfigError

KEY = re.compile(r"""^(?P<key>"[^"]*"|'[^']*'|[^\s:#"'\[\]{},&*!|>%@-][^:#]*?)\s*:(?:\s+(?P<rest>.*))?$""")
# The numbers of YAML 1.2's core schema, where `2e-4` is a number even without a dot.
INTEGER = re.compile(r"^[-+]?[0-9]+$")
REAL = re.compile(r"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")
WORDS: Dict[str, Any] = {"": None, "~": None, "null": None, "true": True, "false": False}
SPECIAL = {".nan": float("nan"), ".inf": float("inf"), "+.inf": float("inf"), "-.inf": float("-inf")}


def read_config(path: Path, note: Callable[[str], None]) -> Dict[str, Any]:
    """The keys and values of a `.json` file, or of any other file as flat YAML.

    `note` is told about parts that were skipped. Raises ConfigError if the file is missing or is no such file.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ConfigError(f"the config file {path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ConfigError(f"the config file {path} is not UTF-8 text") from error
    if path.suffix.lower() != ".json":
        return parse_flat_yaml(text, note)
    try:
        config = json.loads(text)
    except ValueError as error:
        raise ConfigError(f"the config file {path} is not valid JSON: {error}") from error
    if not isinstance(config, dict):
        raise ConfigError(f"the config file {path} must hold one JSON object")
    return config


def parse_flat_yaml(text: str, note: Callable[[str], None]) -> Dict[str, Any]:
    """The top-level scalars of a YAML text; nested blocks and lists are skipped, with a note each.

    Raises ConfigError with the line number for anything that is not `key: value`, and for a key given twice.
    """
    config: Dict[str, Any] = {}
    skipped: List[str] = []
    key = ""
    for number, line in enumerate(text.splitlines(), start=1):
        content = line.strip()
        if not content or content.startswith("#") or line.rstrip() in ("---", "..."):
            continue
        if line[0] in " \t" or (key and (content == "-" or content.startswith("- "))):
            # Whatever stands below a key belongs to it; the first such line decides, the rest follow.
            if not key:
                raise ConfigError(f"line {number}: indented, but below no key")
            config.pop(key, None)
            if key not in skipped:
                skipped.append(key)
            continue
        match = KEY.match(line.rstrip())
        if match is None:
            raise ConfigError(f"line {number}: expected `key: value`, found {content[:60]!r}")
        key = match["key"].strip("\"'")
        if key in config or key in skipped:
            raise ConfigError(f"line {number}: {key} is given twice")
        rest = (match["rest"] or "").strip()
        if rest[:1] in ("[", "{", "|", ">", "&", "*", "!"):
            skipped.append(key)
        else:
            config[key] = parse_scalar(rest, number)
    if skipped:
        note(f"skipped, because only `key: value` lines are read: {', '.join(skipped)}")
    return config


def parse_scalar(text: str, number: int) -> Any:
    """One YAML scalar, with an optional comment behind it: a string, number, boolean or None."""
    if text[:1] in ('"', "'"):
        return _quoted(text, number)
    text = re.split(r"(?:^|\s)#", text, maxsplit=1)[0].strip()
    lower = text.lower()
    if lower in WORDS:
        return WORDS[lower]
    if lower in SPECIAL:
        return SPECIAL[lower]
    if INTEGER.match(text) and len(text) < 400:
        return int(text)
    return float(text) if REAL.match(text) else text


def _quoted(text: str, number: int) -> str:
    """A string in double quotes (JSON escapes) or single quotes ('' is one quote)."""
    pattern = r'"(?:[^"\\]|\\.)*"' if text[0] == '"' else r"'(?:[^']|'')*'"
    match = re.match(rf"({pattern})\s*(?:$|#)", text)
    if match is None:
        raise ConfigError(f"line {number}: the quotes in {text[:60]!r} do not match")
    if text[0] == "'":
        return match[1][1:-1].replace("''", "'")
    try:
        return json.loads(match[1])
    except ValueError as error:
        raise ConfigError(f"line {number}: {text[:60]!r} has an escape this reader does not know") from error
