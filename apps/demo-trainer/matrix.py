"""The two matrix operations everything else is made of, on lists of rows of floats.

A product is always written as "rows times rows": `sum(map(mul, …))` over two long rows runs in C
from end to end, which is the fastest a plain Python interpreter can multiply.
"""

from __future__ import annotations

from operator import mul
from typing import List, Sequence

Matrix = List[List[float]]


def dot_rows(a: Sequence[Sequence[float]], b: Sequence[Sequence[float]]) -> Matrix:
    """a (p × k) and b (q × k) → a · bᵀ (p × q)."""
    return [[sum(map(mul, row, other)) for other in b] for row in a]


def transpose(matrix: Sequence[Sequence[float]]) -> List[Sequence[float]]:
    """(p × q) → (q × p)."""
    return list(zip(*matrix))


def add_scaled(a: Matrix, b: Matrix, scale: float) -> Matrix:
    """a + scale · b, element by element; both (p × q)."""
    return [[x + scale * y for x, y in zip(row, other)] for row, other in zip(a, b)]
