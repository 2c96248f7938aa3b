"""The one logger of this package. Nothing here may ever raise into a training."""

from __future__ import annotations

import logging
from typing import Set

logger = logging.getLogger("lora_ledger")


class WarnOnce:
    """Says each kind of trouble once: a fault that repeats every step must not fill the training's log."""

    def __init__(self) -> None:
        self._said: Set[str] = set()

    def __call__(self, kind: str, message: str, *args: object) -> None:
        """Logs `message % args` as a warning unless something of the same `kind` was said before."""
        if kind not in self._said:
            self._said.add(kind)
            logger.warning(message, *args)
