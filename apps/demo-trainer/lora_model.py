"""A small character-level language model with frozen weights, and LoRA matrices that learn on top of it.

The model sees the last CONTEXT characters and predicts the next one:
embedding (looked up, concatenated) → hidden1 → hidden2 → output → softmax.
Each linear layer computes  y = W·x + b + (alpha / rank) · up · dropout(down · x)
where only down (rank × in) and up (out × rank) are trained (Hu et al. 2021, arXiv:2106.09685, section 4.1;
dropout on the low-rank activations as in sd-scripts' networks/lora.py).
"""

from __future__ import annotations

import math
import random
from typing import Dict, Iterable, List, Optional, Sequence, Tuple

from matrix import Matrix, add_scaled, dot_rows, transpose

# "_", code 0, stands for every character that is not in the alphabet; capitals are read as small letters.
ALPHABET = "_\n abcdefghijklmnopqrstuvwxyz0123456789.,:;'\"!?-()/"
CODES: Dict[str, int] = {character: code for code, character in enumerate(ALPHABET)}
CONTEXT = 8
LAYERS = ("hidden1", "hidden2", "output")
# Leaky, because a far too large step would otherwise switch every unit off for good: the loss would stand
# still at a harmless value instead of showing what the learning rate did.
LEAK = 0.1


def encode(text: str) -> List[int]:
    """Characters to codes 0..len(ALPHABET)-1."""
    return [CODES.get(character, 0) for character in text.lower()]


class BaseModel:
    """The frozen weights: `embedding` (characters × width) and per layer `weights` (out × in) and `biases` (out)."""

    def __init__(self, embedding: Matrix, weights: Dict[str, Matrix], biases: Dict[str, List[float]]) -> None:
        self.embedding = embedding
        self.weights = weights
        self.biases = biases

    def embed(self, contexts: Iterable[Sequence[int]]) -> Matrix:
        """Each context (CONTEXT codes) → one row of CONTEXT × width numbers."""
        table = self.embedding
        return [[value for code in context for value in table[code]] for context in contexts]


class LoraLayer:
    """One linear layer of the base model with its LoRA matrices and the gradients of the last backward pass."""

    def __init__(self, weight: Matrix, bias: List[float], down: Matrix, up: Matrix, scale: float) -> None:
        self.weight, self.bias = weight, bias
        self.weight_columns = transpose(weight)
        self.down, self.up, self.scale = down, up, scale
        self.down_gradient: Matrix = []
        self.up_gradient: Matrix = []
        self._input: Matrix = []
        self._low: Matrix = []
        self._mask: Optional[Matrix] = None

    def forward(self, rows: Matrix, dropout: float = 0.0, rng: Optional[random.Random] = None) -> Matrix:
        """rows (n × in) → (n × out). With `rng`, low-rank activations are dropped with probability `dropout`."""
        low = dot_rows(rows, self.down)
        self._mask = None
        if dropout > 0 and rng is not None:
            keep, draw = 1.0 / (1.0 - dropout), rng.random
            self._mask = [[keep if draw() >= dropout else 0.0 for _ in row] for row in low]
            low = [[value * m for value, m in zip(row, mask)] for row, mask in zip(low, self._mask)]
        self._input, self._low = rows, low
        bias = self.bias
        base = [[value + b for value, b in zip(row, bias)] for row in dot_rows(rows, self.weight)]
        return add_scaled(base, dot_rows(low, self.up), self.scale)

    def backward(self, upstream: Matrix, need_input: bool = True) -> Matrix:
        """∂loss/∂output (n × out) → ∂loss/∂input (n × in, empty if not needed); leaves both LoRA gradients."""
        scaled = [[value * self.scale for value in row] for row in upstream]
        low = dot_rows(scaled, transpose(self.up))
        if self._mask is not None:
            low = [[value * m for value, m in zip(row, mask)] for row, mask in zip(low, self._mask)]
        self.up_gradient = dot_rows(transpose(scaled), transpose(self._low))
        self.down_gradient = dot_rows(transpose(low), transpose(self._input))
        if not need_input:
            return []
        return add_scaled(dot_rows(upstream, self.weight_columns), dot_rows(low, transpose(self.down)), 1.0)


class LoraModel:
    """The base model with a LoRA of one rank on each of its linear layers.

    `down` starts uniform in ±1/√in and `up` at zero, so an untrained LoRA changes nothing.
    `initial` gives (down, up) per layer instead, e.g. from a file.
    """

    def __init__(
        self,
        base: BaseModel,
        rank: int,
        alpha: float,
        rng: random.Random,
        initial: Optional[Dict[str, Tuple[Matrix, Matrix]]] = None,
    ) -> None:
        self.base, self.rank, self.alpha = base, rank, alpha
        self.layers: Dict[str, LoraLayer] = {}
        self._signs: List[Matrix] = []
        for name in LAYERS:
            weight = base.weights[name]
            if initial is not None:
                down, up = initial[name]
            else:
                bound = 1.0 / math.sqrt(len(weight[0]))
                down = [[rng.uniform(-bound, bound) for _ in weight[0]] for _ in range(rank)]
                up = [[0.0] * rank for _ in weight]
            self.layers[name] = LoraLayer(weight, base.biases[name], down, up, alpha / rank)

    def parameters(self) -> List[List[float]]:
        """The rows of all trained matrices; an optimizer changes them in place."""
        return [row for layer in self.layers.values() for row in layer.down + layer.up]

    def gradients(self) -> List[List[float]]:
        """The gradients of the last `loss_and_backward`, in the order of `parameters`."""
        return [row for layer in self.layers.values() for row in layer.down_gradient + layer.up_gradient]

    def logits(
        self, contexts: Sequence[Sequence[int]], dropout: float = 0.0, rng: Optional[random.Random] = None
    ) -> Matrix:
        """Contexts (n × CONTEXT codes) → unnormalised log-probabilities (n × characters)."""
        rows = self.base.embed(contexts)
        self._signs = []
        for name in LAYERS[:-1]:
            rows = self.layers[name].forward(rows, dropout, rng)
            self._signs.append([[1.0 if value > 0 else LEAK for value in row] for row in rows])
            rows = [[value if value > 0 else LEAK * value for value in row] for row in rows]
        return self.layers[LAYERS[-1]].forward(rows, dropout, rng)

    def loss(self, contexts: Sequence[Sequence[int]], targets: Sequence[int]) -> float:
        """Mean cross-entropy in nats per character, without gradients."""
        return softmax_loss(self.logits(contexts), targets)[0]

    def loss_and_backward(
        self, contexts: Sequence[Sequence[int]], targets: Sequence[int], dropout: float, rng: random.Random
    ) -> float:
        """The mean loss of a batch; the gradients of every LoRA matrix are left in `gradients()`."""
        loss, upstream = softmax_loss(self.logits(contexts, dropout, rng), targets)
        for name, signs in zip(reversed(LAYERS), self._signs[::-1] + [None]):
            upstream = self.layers[name].backward(upstream, need_input=signs is not None)
            if signs is not None:
                upstream = [[g * s for g, s in zip(row, sign)] for row, sign in zip(upstream, signs)]
        return loss


def softmax_loss(logits: Matrix, targets: Sequence[int]) -> Tuple[float, Matrix]:
    """Mean cross-entropy (nats) and its gradient (n × characters): (softmax - one-hot) / n.

    Numbers that have overflowed give nan, never an exception.
    """
    exp, log = math.exp, math.log
    total, share = 0.0, 1.0 / len(targets)
    gradient: Matrix = []
    for row, target in zip(logits, targets):
        top = max(row)
        weights = [exp(value - top) for value in row]
        norm = sum(weights)
        total += log(norm) + top - row[target]
        factor = share / norm
        slopes = [weight * factor for weight in weights]
        slopes[target] -= share
        gradient.append(slopes)
    return total * share, gradient


def sample_text(model: LoraModel, prompt: str, length: int, rng: random.Random, temperature: float = 0.6) -> str:
    """Writes `length` characters after `prompt`, one at a time; `temperature` > 0, lower is more careful."""
    codes = [CODES["\n"]] * CONTEXT + encode(prompt)
    for _ in range(length):
        row = model.logits([codes[-CONTEXT:]])[0]
        top = max(row)
        weights = [math.exp((value - top) / temperature) for value in row]
        codes += rng.choices(range(len(ALPHABET)), weights)
    return "".join(ALPHABET[code] for code in codes[CONTEXT:])
