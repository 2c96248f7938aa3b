"""The `steps:` bar of sd-scripts, as tqdm draws it, for whoever reads the trainer's stderr."""

from __future__ import annotations

import time
from typing import Callable, Optional, TextIO

CELLS = 10
PARTS = " ▏▎▍▌▋▊▉"
MIN_INTERVAL = 0.1  # seconds between two drawings


def clock(seconds: float) -> str:
    """Seconds as mm:ss, or h:mm:ss from an hour on."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02d}:{second:02d}" if hours else f"{minute:02d}:{second:02d}"


def bar_line(step: int, total: int, elapsed: float, postfix: str = "") -> str:
    """One drawing of the bar after `step` of `total` steps and `elapsed` seconds."""
    eighths = CELLS * 8 * step // total
    full, part = divmod(eighths, 8)
    cells = ("█" * full + (PARTS[part] if full < CELLS else "")).ljust(CELLS)
    speed, remaining = "?it/s", "?"
    if step > 0 and elapsed > 0:
        rate = step / elapsed
        speed = f"{rate:5.2f}it/s" if rate >= 1 else f"{1 / rate:5.2f}s/it"
        remaining = clock((total - step) / rate)
    return f"steps: {step * 100 // total:3d}%|{cells}| {step}/{total} [{clock(elapsed)}<{remaining}, {speed}{postfix}]"


class ProgressBar:
    """Draws the bar over itself with a carriage return, as terminals and log readers expect it."""

    def __init__(self, total: int, stream: TextIO, now: Callable[[], float] = time.monotonic) -> None:
        self._total, self._stream, self._now = total, stream, now
        self._begin = now()
        self._pending = ""
        self._draw_after = self._begin
        self.update(0)

    def update(self, step: int, average_loss: Optional[float] = None) -> None:
        """Shows `step`; a drawing too soon after another one is kept back until the next one or the end."""
        now = self._now()
        postfix = "" if average_loss is None else f", avr_loss={average_loss:.3g}"
        self._pending = "\r" + bar_line(step, self._total, now - self._begin, postfix)
        if now >= self._draw_after:
            self._draw_after = now + MIN_INTERVAL
            self._draw()

    def end(self) -> None:
        """Draws what was kept back and leaves it standing on a line of its own."""
        self._pending += "\n"
        self._draw()

    def _draw(self) -> None:
        self._stream.write(self._pending)
        self._stream.flush()
        self._pending = ""
