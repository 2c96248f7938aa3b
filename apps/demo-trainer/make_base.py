"""Makes base/char-lm-base.safetensors: pre-trains the whole model on base/generic.txt.

The result is shipped; run this only after changing the model or the text (some minutes).
The same interpreter gives the same bytes; other versions of Python add floats in another order.
"""

from __future__ import annotations

import argparse
import math
import random
from pathlib import Path
from typing import List, Sequence, Tuple

from lora_file import save_base
from lora_model import ALPHABET, CODES, CONTEXT, LAYERS, LEAK, BaseModel, encode, softmax_loss
from matrix import Matrix, dot_rows, transpose
from optimizers import Adam, learning_rate_at

HERE = Path(__file__).resolve().parent
WIDTH = 10  # numbers per character
HIDDEN = 40
SEED = 20
BATCH = 64
PEAK_RATE = 3e-3


def random_base(rng: random.Random) -> BaseModel:
    """An untrained model; weights uniform with the variance 2 / in (He et al. 2015) that suits rectified units."""
    sizes = {"hidden1": (HIDDEN, CONTEXT * WIDTH), "hidden2": (HIDDEN, HIDDEN), "output": (len(ALPHABET), HIDDEN)}

    def matrix(height: int, width: int, bound: float) -> Matrix:
        return [[rng.uniform(-bound, bound) for _ in range(width)] for _ in range(height)]

    return BaseModel(
        matrix(len(ALPHABET), WIDTH, 1.0),
        {name: matrix(height, width, math.sqrt(6.0 / width)) for name, (height, width) in sizes.items()},
        {name: [0.0] * height for name, (height, _) in sizes.items()},
    )


def loss_and_gradients(
    base: BaseModel, contexts: Sequence[Sequence[int]], targets: Sequence[int]
) -> Tuple[float, List[List[float]]]:
    """The mean loss (nats) and the gradients of all weights, in the order of `parameters`."""
    rows = base.embed(contexts)
    inputs: List[Matrix] = []
    for name in LAYERS:
        inputs.append(rows)
        rows = [[v + b for v, b in zip(row, base.biases[name])] for row in dot_rows(rows, base.weights[name])]
        if name != LAYERS[-1]:
            rows = [[v if v > 0 else LEAK * v for v in row] for row in rows]
    loss, upstream = softmax_loss(rows, targets)
    gradients: List[List[float]] = []
    for name, rows in zip(reversed(LAYERS), reversed(inputs)):
        columns = transpose(upstream)
        gradients = dot_rows(columns, transpose(rows)) + [[sum(column) for column in columns]] + gradients
        upstream = dot_rows(upstream, transpose(base.weights[name]))
        if name != LAYERS[0]:
            upstream = [[g if v > 0 else LEAK * g for g, v in zip(row, seen)] for row, seen in zip(upstream, rows)]
    embedding = [[0.0] * WIDTH for _ in base.embedding]
    for context, row in zip(contexts, upstream):
        for place, code in enumerate(context):
            part = row[place * WIDTH : (place + 1) * WIDTH]
            embedding[code] = [a + b for a, b in zip(embedding[code], part)]
    return loss, embedding + gradients


def parameters(base: BaseModel) -> List[List[float]]:
    """All rows of the model: the embedding, then per layer the weight and the bias."""
    rows = list(base.embedding)
    for name in LAYERS:
        rows += base.weights[name] + [base.biases[name]]
    return rows


def pretrain(text: str, epochs: int, seed: int = SEED, show: bool = False) -> BaseModel:
    """A model trained on every character of `text`, in random order, `epochs` times over."""
    rng = random.Random(seed)
    base, optimizer = random_base(rng), Adam()
    codes = [CODES["\n"]] * CONTEXT + encode(text)
    places = list(range(CONTEXT, len(codes)))
    total, step = epochs * math.ceil(len(places) / BATCH), 0
    for epoch in range(1, epochs + 1):
        rng.shuffle(places)
        losses = []
        for start in range(0, len(places), BATCH):
            batch = places[start : start + BATCH]
            step += 1
            loss, gradients = loss_and_gradients(
                base, [codes[p - CONTEXT : p] for p in batch], [codes[p] for p in batch]
            )
            optimizer.step(parameters(base), gradients, learning_rate_at(step, total, PEAK_RATE, "cosine", 0))
            losses.append(loss)
        if show:
            print(f"epoch {epoch}/{epochs} loss={sum(losses) / len(losses):.4f}", flush=True)
    return base


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--output", type=Path, default=HERE / "base" / "char-lm-base.safetensors")
    arguments = parser.parse_args()
    generic = (HERE / "base" / "generic.txt").read_text(encoding="utf-8")
    model = pretrain(generic, arguments.epochs, show=True)
    save_base(arguments.output, model, {"format": "char-lm", "context": str(CONTEXT), "alphabet": ALPHABET})
