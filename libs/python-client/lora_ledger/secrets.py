"""Credentials must not leave the training host in an error text, a log line or a list of variables."""

from __future__ import annotations

import os
import re
from typing import Dict, Iterable, List, Mapping

MASK = "***"

# Shorter values ("1", "none", "main") occur in ordinary text, masking them would garble it.
SHORTEST_SECRET = 8

_SECRET_WORDS = (
    "token|password|passwd|passphrase|secret|credentials?|bearer|api[_-]?key|access[_-]?key(?:[_-]?id)?|private[_-]?key"
)

# A word of the name, or its end written without a separator: HF_TOKEN, GITHUB_TOKEN_2, PGPASSWORD, hfToken.
# TOKENIZERS_PARALLELISM and MAX_NEW_TOKENS are no secrets.
_SECRET_NAME = re.compile(rf"(?:{_SECRET_WORDS})(?:$|[^a-zA-Z])", re.IGNORECASE)

# In running text only a name that ends so: `max_token_length=225` is a setting.
_SECRET_END = re.compile(rf"(?:{_SECRET_WORDS})$", re.IGNORECASE)

# Vocabulary entries and limits of language models, found in every second traceback of a trainer.
_VOCABULARY = re.compile(
    r"(?:^|[_.-])(?:pad|eos|bos|unk|mask|sep|cls|image|img|video|audio|class|instance|concept|trigger|placeholder"
    r"|init|initializer|special|added|stop|vision|start|end|prompt|text|keep|max|min|num|per|fallback|bad|new|next|fim)"
    r"[_-]?(?:start[_-]?|end[_-]?)?token$",
    re.IGNORECASE,
)
_NAMED_VALUE = re.compile(
    r"""(?P<before>(?<![\w.-])["']?(?P<name>[A-Za-z][\w.-]{1,60})["']?[ \t]{0,3}[=:][ \t]{0,3})
        (?:(?P<quote>["'])(?P<quoted>[^"'\n]+)(?P=quote) | (?P<bare>[^\s"',;)\]}&]+))""",
    re.VERBOSE,
)
_HARMLESS = re.compile(r"true|false|null|none|\d{1,6}|\*+", re.IGNORECASE)

_SHAPES = [
    # Authorization headers; the scheme stays readable.
    (re.compile(r"\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}", re.IGNORECASE), rf"\1 {MASK}"),
    # scheme://user:password@host
    (re.compile(r"(\b[a-z][a-z0-9+.-]{1,20}://)[^\s/@:]*:[^\s/@]+@", re.IGNORECASE), rf"\1{MASK}@"),
    (re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)", re.DOTALL), MASK),
    # Known by their prefix: Hugging Face, OpenAI, GitHub, GitLab, Slack, AWS, this ledger; and signed JWTs.
    (
        re.compile(
            r"\b(?:hf_[A-Za-z0-9]{16,}|sk-[A-Za-z0-9_-]{16,}|gh[pousr]_[A-Za-z0-9]{16,}|github_pat_\w{16,}"
            r"|glpat-[\w-]{16,}|xox[abprs]-[\w-]{10,}|AKIA[0-9A-Z]{16}|ll[apt]_[\w-]{20,}"
            r"|eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]+)"
        ),
        MASK,
    ),
]


def is_secret_name(name: str) -> bool:
    """Whether a variable or key of this name holds a credential (`WANDB_API_KEY`, `hf_token`, `PGPASSWORD`)."""
    return _SECRET_NAME.search(name) is not None


def mask_mapping(values: Mapping[str, object]) -> Dict[str, object]:
    """A copy in which the values of credentials are `***`, at any depth, and text is masked like `mask_text`."""
    return {str(name): MASK if is_secret_name(str(name)) else _mask_value(value) for name, value in values.items()}


def known_secrets(environ: Mapping[str, str] = os.environ) -> List[str]:
    """The credentials this process was given, longest first so that one inside another leaves no rest behind."""
    found = {value for name, value in environ.items() if is_secret_name(name) and len(value) >= SHORTEST_SECRET}
    return sorted(found, key=len, reverse=True)


def mask_text(text: str, known: Iterable[str] = ()) -> str:
    """`text` with `***` in place of the `known` values and of everything that looks like a credential."""
    for secret in known:
        text = text.replace(secret, MASK)
    for shape, replacement in _SHAPES:
        text = shape.sub(replacement, text)
    return _NAMED_VALUE.sub(_hide, text)


def _hide(found: "re.Match[str]") -> str:
    name, quote = found["name"], found["quote"] or ""
    value = found["quoted"] or found["bare"]
    if not _SECRET_END.search(name) or _VOCABULARY.search(name) or _HARMLESS.fullmatch(value):
        return found[0]
    return f"{found['before']}{quote}{MASK}{quote}"


def _mask_value(value: object) -> object:
    if isinstance(value, str):
        return mask_text(value)
    if isinstance(value, Mapping):
        return mask_mapping(value)
    if isinstance(value, (list, tuple)):
        return [_mask_value(item) for item in value]
    return value
