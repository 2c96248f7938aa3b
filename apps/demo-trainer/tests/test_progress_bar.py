import io
import re
import unittest

import support  # noqa: F401

from progress_bar import ProgressBar, bar_line

# What readers of sd-scripts output look for (tqdm's line).
TQDM = re.compile(
    r"^steps: +(\d+)%\|.{10}\| (\d+)/(\d+) \[(\d+:)?\d\d:\d\d<((\d+:)?\d\d:\d\d|\?), +(\?|[\d.]+)(it/s|s/it)(, avr_loss=(\S+))?\]$"
)


class BarLines(unittest.TestCase):
    def test_looks_as_tqdm_draws_it(self):
        self.assertEqual(bar_line(0, 1600, 0.0), "steps:   0%|          | 0/1600 [00:00<?, ?it/s]")
        self.assertEqual(
            bar_line(192, 1600, 134.3, ", avr_loss=0.123"),
            "steps:  12%|█▏        | 192/1600 [02:14<16:24,  1.43it/s, avr_loss=0.123]",
        )
        self.assertEqual(bar_line(3, 3, 6000.0), "steps: 100%|██████████| 3/3 [1:40:00<00:00, 2000.00s/it]")

    def test_every_line_can_be_read_back(self):
        for step in range(0, 101):
            self.assertEqual(TQDM.match(bar_line(step, 100, step * 0.7, ", avr_loss=nan")).group(2), str(step))


class DrawnOverItself(unittest.TestCase):
    def draw(self, times):
        stream, clock = io.StringIO(), iter([0.0, 0.0, *times])
        bar = ProgressBar(len(times), stream, lambda: next(clock))
        for step, _ in enumerate(times, start=1):
            bar.update(step, 2.0 / step)
        bar.end()
        return stream.getvalue()

    def test_lines_are_separated_by_carriage_returns_and_the_last_one_ends(self):
        text = self.draw([1.0, 2.0])
        self.assertEqual(text[0], "\r")
        self.assertEqual([TQDM.match(line).group(2) for line in text.strip().split("\r")], ["0", "1", "2"])
        self.assertTrue(text.endswith("\n"))

    def test_drawings_in_quick_succession_are_left_out_but_never_the_last(self):
        lines = self.draw([0.2, 0.21, 0.22, 0.23]).strip().split("\r")
        self.assertEqual([TQDM.match(line).group(2) for line in lines], ["0", "1", "4"])


if __name__ == "__main__":
    unittest.main()
