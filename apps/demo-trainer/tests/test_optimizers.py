import math
import unittest

import support  # noqa: F401

from optimizers import Adam, AdamW, Sgd, clip_gradients, learning_rate_at


class Optimizers(unittest.TestCase):
    def test_each_finds_the_bottom_of_a_bowl(self):
        for optimizer, lr in ((Sgd(), 0.1), (Adam(), 0.05), (AdamW(), 0.05)):
            rows = [[3.0, -2.0], [1.0]]
            for _ in range(400):
                optimizer.step(rows, [[2 * value for value in row] for row in rows], lr)
            with self.subTest(optimizer=type(optimizer).__name__):
                self.assertLess(max(abs(value) for row in rows for value in row), 0.02)

    def test_the_first_step_of_adam_is_as_long_as_the_learning_rate_whatever_the_gradient(self):
        for gradient in (1e-3, 5.0, -700.0):
            rows = [[1.0]]
            Adam().step(rows, [[gradient]], 0.01)
            self.assertAlmostEqual(rows[0][0], 1.0 - math.copysign(0.01, gradient), places=6)

    def test_adamw_shrinks_weights_that_have_no_gradient_and_adam_does_not(self):
        rows, decayed = [[1.0]], [[1.0]]
        Adam().step(rows, [[0.0]], 0.1)
        AdamW().step(decayed, [[0.0]], 0.1)
        self.assertEqual((rows[0][0], decayed[0][0]), (1.0, 1.0 - 0.1 * 0.01))

    def test_clipping_keeps_the_direction_and_leaves_small_gradients_alone(self):
        rows = [[3.0], [4.0]]
        clip_gradients(rows, 1.0)
        self.assertAlmostEqual(rows[0][0], 0.6)
        self.assertAlmostEqual(rows[1][0], 0.8)
        clip_gradients(rows, 2.0)
        self.assertAlmostEqual(rows[0][0], 0.6)


class Schedules(unittest.TestCase):
    def rates(self, scheduler, warmup=0, total=10):
        return [learning_rate_at(step, total, 1.0, scheduler, warmup) for step in range(1, total + 1)]

    def test_constant_stays(self):
        self.assertEqual(self.rates("constant"), [1.0] * 10)

    def test_linear_and_cosine_fall_from_the_peak_towards_zero(self):
        for scheduler in ("linear", "cosine"):
            rates = self.rates(scheduler)
            self.assertEqual(rates[0], 1.0)
            self.assertEqual(rates, sorted(rates, reverse=True))
            self.assertGreater(rates[-1], 0.0)
            self.assertLess(rates[-1], 0.15)

    def test_warmup_rises_in_a_line_and_reaches_the_peak(self):
        for scheduler in ("constant", "linear", "cosine"):
            self.assertEqual(self.rates(scheduler, warmup=4)[:5], [0.25, 0.5, 0.75, 1.0, 1.0])

    def test_a_warmup_longer_than_the_training_never_arrives(self):
        self.assertEqual(self.rates("cosine", warmup=20)[-1], 0.5)


if __name__ == "__main__":
    unittest.main()
