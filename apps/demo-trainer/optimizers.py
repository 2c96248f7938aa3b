"""Update rules. Each changes rows of parameters in place, given rows of gradients of the same shape."""

from __future__ import annotations

import math
from typing import Dict, List, Type

Rows = List[List[float]]


class Sgd:
    """p ← p - lr · g."""

    label = "optimizers.Sgd()"

    def step(self, parameters: Rows, gradients: Rows, lr: float) -> None:
        for row, slopes in zip(parameters, gradients):
            row[:] = [p - lr * g for p, g in zip(row, slopes)]


class Adam:
    """Kingma & Ba 2015 (arXiv:1412.6980), algorithm 1; with `decay` it is AdamW (arXiv:1711.05101)."""

    label = "optimizers.Adam(betas=(0.9, 0.999))"
    decay = 0.0

    def __init__(self) -> None:
        self._first: Rows = []
        self._second: Rows = []
        self._steps = 0

    def step(self, parameters: Rows, gradients: Rows, lr: float) -> None:
        if not self._first:
            self._first = [[0.0] * len(row) for row in parameters]
            self._second = [[0.0] * len(row) for row in parameters]
        self._steps += 1
        # Both corrections of algorithm 1 are folded into the step size and epsilon (its section 2, last lines).
        unbias = math.sqrt(1.0 - 0.999**self._steps)
        size, epsilon = lr * unbias / (1.0 - 0.9**self._steps), 1e-8 * unbias
        keep, sqrt = 1.0 - lr * self.decay, math.sqrt
        for index, (row, slopes) in enumerate(zip(parameters, gradients)):
            first = [0.9 * m + 0.1 * g for m, g in zip(self._first[index], slopes)]
            second = [0.999 * v + 0.001 * (g * g) for v, g in zip(self._second[index], slopes)]
            self._first[index], self._second[index] = first, second
            row[:] = [p * keep - size * m / (sqrt(v) + epsilon) for p, m, v in zip(row, first, second)]


class AdamW(Adam):
    """Adam with decoupled weight decay of 0.01."""

    label = "optimizers.AdamW(betas=(0.9, 0.999), weight_decay=0.01)"
    decay = 0.01


OPTIMIZERS: Dict[str, Type] = {"sgd": Sgd, "adam": Adam, "adamw": AdamW}
SCHEDULERS = ("constant", "cosine", "linear")


def learning_rate_at(step: int, total: int, peak: float, scheduler: str, warmup: int) -> float:
    """The rate of 1-based `step` of `total`: up in a line over `warmup` steps, then constant, cosine or line to 0."""
    if step <= warmup:
        return peak * step / warmup
    done = (step - 1 - warmup) / max(1, total - warmup)
    if scheduler == "cosine":
        return peak * 0.5 * (1.0 + math.cos(math.pi * done))
    if scheduler == "linear":
        return peak * (1.0 - done)
    return peak


def clip_gradients(gradients: Rows, limit: float) -> None:
    """Scales all gradients in place so that their common Euclidean norm is at most `limit` (> 0)."""
    norm = math.sqrt(sum(g * g for row in gradients for g in row))
    if norm > limit:
        factor = limit / norm
        for row in gradients:
            row[:] = [g * factor for g in row]
