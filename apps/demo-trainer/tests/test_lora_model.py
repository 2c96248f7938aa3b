import math
import random
import unittest

import support  # noqa: F401

from lora_model import ALPHABET, CONTEXT, LAYERS, LoraModel, encode, sample_text, softmax_loss
from make_base import random_base


def model(rank=3, alpha=6.0, seed=1):
    rng = random.Random(seed)
    return LoraModel(random_base(rng), rank, alpha, rng)


def trained(**options):
    """A model whose `up` matrices have left zero, so that every gradient is alive."""
    made, rng = model(**options), random.Random(2)
    for row in made.parameters():
        row[:] = [value + rng.uniform(-0.3, 0.3) for value in row]
    return made


def some_batch(size=3):
    rng = random.Random(3)
    contexts = [[rng.randrange(len(ALPHABET)) for _ in range(CONTEXT)] for _ in range(size)]
    return contexts, [rng.randrange(len(ALPHABET)) for _ in range(size)]


class LoraOnAFrozenModel(unittest.TestCase):
    def check_gradients(self, dropout):
        """Every gradient equals the slope of the loss, measured by a small step to both sides."""
        made, (contexts, targets) = trained(), some_batch()

        def loss():
            # The same dice for every measurement, so that dropout drops the same places.
            return made.loss_and_backward(contexts, targets, dropout, random.Random(5))

        loss()
        gradients = [list(row) for row in made.gradients()]
        rng, checked = random.Random(4), 0
        for row, slopes in zip(made.parameters(), gradients):
            index, step = rng.randrange(len(row)), 1e-5
            value = row[index]
            row[index] = value + step
            above = loss()
            row[index] = value - step
            below = loss()
            row[index] = value
            self.assertAlmostEqual(slopes[index], (above - below) / (2 * step), delta=1e-6)
            checked += abs(slopes[index]) > 1e-4
        self.assertGreater(checked, 50)

    def test_gradients_agree_with_finite_differences(self):
        self.check_gradients(dropout=0.0)

    def test_gradients_agree_with_finite_differences_under_dropout(self):
        self.check_gradients(dropout=0.4)

    def test_an_untrained_lora_changes_nothing(self):
        (contexts, targets), made = some_batch(), model()
        self.assertEqual(made.loss(contexts, targets), model(rank=1).loss(contexts, targets))

    def test_alpha_over_rank_scales_what_the_matrices_add(self):
        rows = [[0.5] * (len(trained().layers["hidden1"].down[0]))]
        outputs = []
        for alpha in (0.0, 3.0, 6.0):
            outputs.append(trained(alpha=alpha).layers["hidden1"].forward(rows)[0])
        for none, half, full in zip(*outputs):
            self.assertAlmostEqual(full - none, 2 * (half - none))

    def test_the_rank_is_the_height_of_down_and_the_width_of_up(self):
        for layer in model(rank=5).layers.values():
            self.assertEqual((len(layer.down), len(layer.up[0])), (5, 5))

    def test_training_leaves_the_base_weights_as_they_are(self):
        made, batch = trained(), some_batch()
        before = repr([made.base.weights[name] for name in LAYERS])
        made.loss_and_backward(*batch, 0.0, random.Random(0))
        for row, slopes in zip(made.parameters(), made.gradients()):
            row[:] = [p - g for p, g in zip(row, slopes)]
        self.assertEqual(repr([made.base.weights[name] for name in LAYERS]), before)

    def test_dropout_is_for_training_only(self):
        made, (contexts, targets) = trained(), some_batch()
        whole = made.loss(contexts, targets)
        self.assertNotEqual(made.loss_and_backward(contexts, targets, 0.5, random.Random(1)), whole)
        self.assertEqual(made.loss(contexts, targets), whole)


class LossAndText(unittest.TestCase):
    def test_knowing_nothing_costs_the_logarithm_of_the_alphabet(self):
        loss, gradient = softmax_loss([[0.0] * len(ALPHABET)], [3])
        self.assertAlmostEqual(loss, math.log(len(ALPHABET)))
        self.assertAlmostEqual(sum(gradient[0]), 0.0)

    def test_numbers_that_have_overflowed_give_nan_and_no_exception(self):
        for row in ([math.inf, 0.0], [0.0, math.nan], [math.nan, 0.0], [-math.inf, -math.inf]):
            with self.subTest(row=row):
                self.assertTrue(math.isnan(softmax_loss([row], [1])[0]))

    def test_capitals_are_small_letters_and_strange_characters_are_one_code(self):
        self.assertEqual(encode("Aa"), encode("aa"))
        self.assertEqual(encode("潮€"), [0, 0])

    def test_a_sample_begins_with_its_prompt_and_has_the_length_asked_for(self):
        text = sample_text(model(), "day 7", 20, random.Random(0))
        self.assertTrue(text.startswith("day 7"))
        self.assertEqual(len(text), 25)


if __name__ == "__main__":
    unittest.main()
