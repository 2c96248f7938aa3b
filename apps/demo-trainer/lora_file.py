"""Reading and writing safetensors files (F32 only) and the LoRA names inside them.

Container: 8 bytes little-endian header length N, N bytes of JSON padded with spaces, then the tensor bytes
(https://github.com/huggingface/safetensors, "Format").
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import struct
import sys
from array import array
from pathlib import Path
from typing import Dict, List, Sequence, Tuple

from failures import ConfigError
from lora_model import ALPHABET, CONTEXT, LAYERS, BaseModel, LoraModel
from matrix import Matrix

Tensor = Tuple[List[int], Sequence[float]]  # shape, values in row-major order
MAX_HEADER = 100_000_000  # the limit of the reference implementation
PREFIX = "lora_lm_"


def _as_bytes(values: Sequence[float]) -> bytes:
    numbers = array("f", values)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def write_safetensors(path: Path, tensors: Dict[str, Tensor], metadata: Dict[str, str]) -> None:
    """Writes a complete file or none: the bytes go to a temporary name in the same folder, which is then renamed.

    Adds `sshs_model_hash` (SHA-256 of everything after the header) and `sshs_legacy_hash` (first 8 hex digits of
    the SHA-256 of 0x10000 bytes at offset 0x100000 of the file), as sd-scripts does.
    """
    entries: Dict[str, object] = {}
    body = b""
    for name, (shape, values) in tensors.items():
        data = _as_bytes(values)
        entries[name] = {"dtype": "F32", "shape": shape, "data_offsets": [len(body), len(body) + len(data)]}
        body += data

    def header(legacy_hash: str) -> bytes:
        hashes = {"sshs_model_hash": hashlib.sha256(body).hexdigest(), "sshs_legacy_hash": legacy_hash}
        text = json.dumps({"__metadata__": {**metadata, **hashes}, **entries}).encode("utf-8")
        text += b" " * (-len(text) % 8)
        return struct.pack("<Q", len(text)) + text

    # The legacy hash depends on where the body begins, so it is taken with a stand-in of the same length.
    window = (header("0" * 8) + body)[0x100000:0x110000]
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with open(temporary, "wb") as file:
            file.write(header(hashlib.sha256(window).hexdigest()[:8]) + body)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    finally:
        if temporary.exists():
            temporary.unlink()


def read_safetensors(path: Path) -> Tuple[Dict[str, Tensor], Dict[str, str]]:
    """The tensors and the metadata of a file. Raises ConfigError if it is missing, damaged or not all F32."""
    try:
        with open(path, "rb") as file:
            size = os.fstat(file.fileno()).st_size
            (length,) = struct.unpack("<Q", file.read(8))
            if length > min(MAX_HEADER, size - 8):
                raise ValueError("its header is longer than the file")
            header = json.loads(file.read(length).decode("utf-8"))
            body = file.read()
        metadata = header.pop("__metadata__", {})
        return {name: _read_tensor(name, entry, body) for name, entry in header.items()}, metadata
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError, struct.error) as error:
        raise ConfigError(f"{path} is no safetensors file this trainer can read: {error}") from error


def _read_tensor(name: str, entry: dict, body: bytes) -> Tensor:
    begin, end = entry["data_offsets"]
    count = math.prod(entry["shape"])
    if entry["dtype"] != "F32":
        raise ValueError(f"{name} is {entry['dtype']}, not F32")
    if not 0 <= begin <= end <= len(body) or end - begin != 4 * count:
        raise ValueError(f"the place of {name} does not fit its shape")
    values = array("f", body[begin:end])
    if sys.byteorder == "big":
        values.byteswap()
    return list(entry["shape"]), values


def as_rows(tensor: Tensor) -> Matrix:
    """A two-dimensional tensor as a list of rows."""
    (height, width), values = tensor
    return [list(values[row * width : (row + 1) * width]) for row in range(height)]


def as_tensor(matrix: Matrix) -> Tensor:
    """A list of rows as a tensor."""
    return [len(matrix), len(matrix[0])], [value for row in matrix for value in row]


def save_lora(path: Path, model: LoraModel, metadata: Dict[str, str]) -> None:
    """Writes the LoRA matrices under the names sd-scripts uses: `<layer>.lora_down.weight`, `.lora_up.weight`, `.alpha`."""
    tensors: Dict[str, Tensor] = {}
    for name, layer in model.layers.items():
        tensors[f"{PREFIX}{name}.alpha"] = ([], [model.alpha])
        tensors[f"{PREFIX}{name}.lora_down.weight"] = as_tensor(layer.down)
        tensors[f"{PREFIX}{name}.lora_up.weight"] = as_tensor(layer.up)
    write_safetensors(path, tensors, metadata)


def load_lora(path: Path, base: BaseModel, rank: int, alpha: float) -> Dict[str, Tuple[Matrix, Matrix]]:
    """The (down, up) matrices per layer of a LoRA file, to train on from there.

    If the file was trained with another alpha, `up` is rescaled, so that training starts from the same function.
    Raises ConfigError if the file has another rank or belongs to another model.
    """
    tensors, _ = read_safetensors(path)
    matrices: Dict[str, Tuple[Matrix, Matrix]] = {}
    for name in LAYERS:
        try:
            down, up, stored = (
                tensors[f"{PREFIX}{name}.{part}"] for part in ("lora_down.weight", "lora_up.weight", "alpha")
            )
        except KeyError as error:
            raise ConfigError(f"{path} is no LoRA for this model: it has no {error}") from error
        if down[0][:1] != [rank]:
            raise ConfigError(f"{path} has rank {down[0][0] if down[0] else 'none'}, but the config says lora_rank {rank}")
        weight = base.weights[name]
        if down[0] != [rank, len(weight[0])] or up[0] != [len(weight), rank] or stored[0] != []:
            raise ConfigError(f"{path} does not fit this model at {name}: {down[0]} and {up[0]}")
        factor = stored[1][0] / alpha
        matrices[name] = as_rows(down), [[value * factor for value in row] for row in as_rows(up)]
    return matrices


def save_base(path: Path, base: BaseModel, metadata: Dict[str, str]) -> None:
    """Writes a base model."""
    tensors = {"embedding": as_tensor(base.embedding)}
    for name in LAYERS:
        tensors[f"{name}.weight"] = as_tensor(base.weights[name])
        tensors[f"{name}.bias"] = ([len(base.biases[name])], base.biases[name])
    write_safetensors(path, tensors, metadata)


def load_base(path: Path) -> BaseModel:
    """Reads a base model. Raises ConfigError if the file holds something else."""
    tensors, _ = read_safetensors(path)
    try:
        base = BaseModel(
            as_rows(tensors["embedding"]),
            {name: as_rows(tensors[f"{name}.weight"]) for name in LAYERS},
            {name: list(tensors[f"{name}.bias"][1]) for name in LAYERS},
        )
    except (KeyError, ValueError) as error:
        raise ConfigError(f"{path} is not a base model of this trainer: {error}") from error
    # Each layer must take what the one below gives; rows of unequal length would be cut off without a word.
    given = [CONTEXT * tensors["embedding"][0][1]] + [len(base.weights[name]) for name in LAYERS]
    taken = [tensors[f"{name}.weight"][0][1] for name in LAYERS] + [len(ALPHABET)]
    biases = [len(base.biases[name]) for name in LAYERS]
    if given != taken or biases != given[1:] or len(base.embedding) != len(ALPHABET):
        raise ConfigError(f"{path} is not a base model of this trainer: its layers do not fit together")
    return base
