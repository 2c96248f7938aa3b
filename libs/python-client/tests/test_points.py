import json
import math
import unittest
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import support  # noqa: F401
from lora_ledger.points import Sample, as_amount, as_number, as_step, progress_bodies, to_json, to_wire


class Scalar:
    """Like a NumPy scalar or a tensor with one element."""

    def __init__(self, value):
        self.value = value

    def item(self):
        return self.value


class Tensor(Scalar):
    def item(self):
        raise ValueError("only one element tensors can be converted to Python scalars")


class Double(float):
    """Like numpy.float64, which is a float."""


class Values(unittest.TestCase):
    def test_numbers_of_all_kinds_become_plain_ones(self):
        for value, plain in [(1, 1), (0.5, 0.5), (True, 1), (Double(0.5), 0.5), (Scalar(0.25), 0.25), (Scalar(7), 7),
                             (Scalar(True), 1), (Fraction(1, 4), 0.25), (Decimal("0.5"), 0.5)]:
            with self.subTest(value=value):
                number = as_number(value)
                self.assertEqual(number, plain)
                self.assertIn(type(number), (int, float))

    def test_everything_else_is_refused(self):
        for value in ("0.5", None, [1], {}, 1j, Scalar("x"), Scalar(None), Tensor(0), object()):
            with self.subTest(value=value), self.assertRaises((TypeError, ValueError)):
                as_number(value)

    def test_steps_are_integers_from_zero_to_two_to_the_53(self):
        self.assertEqual([as_step(value) for value in (0, 7, 3.0, True, 2**53 - 1)], [0, 7, 3, 1, 2**53 - 1])
        for value in (-1, 2**53, 0.5, math.nan, math.inf, "1", None):
            with self.subTest(value=value), self.assertRaises((TypeError, ValueError)):
                as_step(value)

    def test_amounts_are_finite_and_not_negative(self):
        self.assertEqual(as_amount(1.5), 1.5)
        for value in (-0.1, math.nan, math.inf, None):
            with self.subTest(value=value), self.assertRaises((TypeError, ValueError)):
                as_amount(value)

    def test_numbers_that_json_lacks_become_words(self):
        words = [to_wire(value) for value in (math.nan, math.inf, -math.inf, 10**400, -(10**400))]
        self.assertEqual(words, ["NaN", "Infinity", "-Infinity", "Infinity", "-Infinity"])
        self.assertEqual(to_wire(10**20), 1e20)

    def test_any_value_becomes_strict_json(self):
        value = {"a": (1, math.nan), 2: {Path("/x")}, "s": Scalar(0.5), "o": complex(1, 2), "n": None, "b": True}
        self.assertEqual(json.loads(json.dumps(to_json(value), allow_nan=False)),
                         {"a": [1, "NaN"], "2": ["/x"], "s": 0.5, "o": "(1+2j)", "n": None, "b": True})


class Bodies(unittest.TestCase):
    def test_a_body_has_the_points_and_the_position_of_the_last(self):
        [body] = progress_bodies([Sample(1, None, 0.0, {"loss": 0.5}), Sample(2, 0.5, 1700000000.1234, {"loss": 0.4})], 10, 1000)
        self.assertEqual(body, {
            "points": [
                {"key": "loss", "step": 1, "value": 0.5, "at": "1970-01-01T00:00:00.000Z"},
                {"key": "loss", "step": 2, "value": 0.4, "epoch": 0.5, "at": "2023-11-14T22:13:20.123Z"},
            ],
            "currentStep": 2, "currentEpoch": 0.5, "totalSteps": 10,
        })

    def test_more_points_than_fit_are_spread_over_several_bodies(self):
        samples = [Sample(step, None, 0.0, {"a": 1, "b": 2, "c": 3}) for step in range(5)]
        bodies = progress_bodies(samples, None, 4)
        self.assertEqual([len(body["points"]) for body in bodies], [4, 4, 4, 3])
        self.assertEqual(len({(p["key"], p["step"]) for body in bodies for p in body["points"]}), 15)

    def test_of_several_values_for_one_key_and_step_the_first_counts(self):
        [body] = progress_bodies([Sample(1, None, 0.0, {"loss": 0.5}), Sample(1, None, 1.0, {"loss": 0.9, "lr": 1})], None, 10)
        self.assertEqual([(p["key"], p["value"]) for p in body["points"]], [("loss", 0.5), ("lr", 1)])

    def test_no_samples_are_no_report(self):
        self.assertEqual(progress_bodies([], 10, 1000), [])
        self.assertEqual(progress_bodies([Sample(1, None, 0.0, {})], 10, 1000), [])


if __name__ == "__main__":
    unittest.main()
