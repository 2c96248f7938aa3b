import random
import unittest

from support import TRAINER

from lora_file import load_base, read_safetensors
from lora_model import ALPHABET, CONTEXT, LoraModel, encode
from make_base import loss_and_gradients, parameters, pretrain, random_base

TEXT = "a small text about a small wall. " * 3


class BaseModels(unittest.TestCase):
    def test_the_same_text_and_seed_give_the_same_weights(self):
        self.assertEqual(parameters(pretrain(TEXT, 1)), parameters(pretrain(TEXT, 1)))
        self.assertNotEqual(parameters(pretrain(TEXT, 1)), parameters(pretrain(TEXT, 1, seed=3)))

    def test_gradients_agree_with_finite_differences(self):
        rng = random.Random(1)
        base = random_base(rng)
        contexts = [[rng.randrange(len(ALPHABET)) for _ in range(CONTEXT)] for _ in range(3)]
        targets = [4, 5, 6]
        _, gradients = loss_and_gradients(base, contexts, targets)
        self.assertEqual([len(row) for row in gradients], [len(row) for row in parameters(base)])
        for row, slopes in zip(parameters(base), gradients):
            index, step = rng.randrange(len(row)), 1e-6
            value = row[index]
            row[index] = value + step
            above = loss_and_gradients(base, contexts, targets)[0]
            row[index] = value - step
            below = loss_and_gradients(base, contexts, targets)[0]
            row[index] = value
            self.assertAlmostEqual(slopes[index], (above - below) / (2 * step), delta=1e-6)

    def test_the_shipped_model_has_read_english_and_is_small(self):
        path = TRAINER / "base" / "char-lm-base.safetensors"
        self.assertLess(path.stat().st_size, 300_000)
        self.assertEqual(read_safetensors(path)[1]["alphabet"], ALPHABET)
        codes = encode("nobody had seen the door of the garden before that morning")
        places = range(CONTEXT, len(codes))
        loss = LoraModel(load_base(path), 1, 1.0, random.Random(0)).loss(
            [codes[place - CONTEXT : place] for place in places], [codes[place] for place in places]
        )
        self.assertLess(loss, 2.6)  # evenly guessed: 3.9


if __name__ == "__main__":
    unittest.main()
