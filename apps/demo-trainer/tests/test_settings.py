import unittest
from pathlib import Path

import support  # noqa: F401

from failures import ConfigError
from settings import Plan, settings_from


def settings(notes=None, **config):
    return settings_from({"train_data_dir": "data", **config}, [].append if notes is None else notes.append)


class SettingsOfATraining(unittest.TestCase):
    def test_what_is_not_given_has_a_default(self):
        made = settings()
        self.assertEqual((made.lora_rank, made.lora_alpha, made.batch_size, made.epochs), (8, 8.0, 16, 3))
        self.assertEqual((made.optimizer, made.output_dir, made.output_name), ("adamw", Path("output"), "lora"))

    def test_without_a_seed_every_run_gets_another_one(self):
        self.assertNotEqual(settings().seed, settings().seed)
        self.assertEqual(settings(seed=0).seed, 0)

    def test_numbers_in_quotes_are_numbers(self):
        made = settings(lora_rank="16", learning_rate="2e-4", epochs=2.0)
        self.assertEqual((made.lora_rank, made.learning_rate, made.epochs), (16, 2e-4, 2))

    def test_refuses_every_value_out_of_bounds_and_names_its_key(self):
        bad = {
            "lora_rank": (0, -1, 2.5, 100_000, "many", True), "learning_rate": (0, -1e-4, float("nan"), float("inf"), "fast"),
            "lora_alpha": (0,), "batch_size": (0, 1e9), "epochs": (0, -1, 1e9), "max_steps": (0, 1.5), "seed": (-1, 10**400),
            "optimizer": ("AdamW8bit", 5), "lr_scheduler": ("staircase",), "dropout": (1, -0.1), "warmup": (-1,), "gradient_clip": (-1,),
            "output_name": ("../x", "a/b", "a\\b", ".hidden", "a\nb", "x" * 61), "train_data_dir": (None, "", "a\0b"),
        }  # fmt: skip
        for key, values in bad.items():
            for value in values:
                with self.subTest(key=key, value=value), self.assertRaisesRegex(ConfigError, key):
                    settings(**{key: value})

    def test_one_message_names_all_problems(self):
        with self.assertRaisesRegex(ConfigError, "lora_rank.*learning_rate.*optimizer"):
            settings(lora_rank=0, learning_rate=0, optimizer="magic")

    def test_unknown_keys_are_named_in_one_note_and_ignored(self):
        notes = []
        settings(notes, task_type="text-generation", clip_skip=2, resolution="512")
        self.assertEqual(len(notes), 1)
        self.assertIn("clip_skip, resolution", notes[0])

    def test_other_names_mean_the_same_and_a_keys_own_name_wins(self):
        made = settings(network_weights="a.safetensors", max_grad_norm=1.0, lora_dropout=0.5, dropout=0.1)
        self.assertEqual((made.resume_from, made.gradient_clip, made.dropout), (Path("a.safetensors"), 1.0, 0.1))

    def test_the_name_of_a_task_becomes_a_file_name(self):
        self.assertEqual(settings(name="../ink / wash, 2").output_name, "ink-wash-2")
        self.assertEqual(settings(name="水墨").output_name, "水墨")
        self.assertEqual(settings(name="///").output_name, "lora")


class PlanOfATraining(unittest.TestCase):
    def plan(self, samples=100, **config):
        return Plan.of(settings(batch_size=16, **config), samples)

    def test_counts_epochs_in_batches_of_which_the_last_may_be_smaller(self):
        plan = self.plan(epochs=3)
        self.assertEqual((plan.per_epoch, plan.steps, plan.epochs), (7, 21, 3))

    def test_an_epoch_may_be_a_fraction(self):
        self.assertEqual(self.plan(epochs=0.5).steps, 4)

    def test_max_steps_cuts_epochs_off_or_stands_alone(self):
        self.assertEqual(self.plan(epochs=3, max_steps=8).steps, 8)
        self.assertEqual(self.plan(epochs=1, max_steps=800).steps, 7)
        alone = self.plan(max_steps=800)
        self.assertEqual((alone.steps, alone.epochs), (800, 115))

    def test_every_step_belongs_to_one_epoch(self):
        plan = self.plan(max_steps=17)
        self.assertEqual([plan.epoch_of(step) for step in (1, 7, 8, 14, 15, 17)], [1, 1, 2, 2, 3, 3])
        self.assertEqual([(plan.first_step(e), plan.last_step(e)) for e in (1, 2, 3)], [(1, 7), (8, 14), (15, 17)])

    def test_warmup_is_steps_or_a_fraction_of_them(self):
        self.assertEqual(self.plan(max_steps=50, warmup=5).warmup, 5)
        self.assertEqual(self.plan(max_steps=50, warmup=0.2).warmup, 10)

    def test_checkpoints_are_named_as_sd_scripts_does_and_the_last_step_has_none(self):
        plan = self.plan(epochs=4, save_steps=14, save_every_n_epochs=2)
        named = {step: plan.checkpoints(step) for step in range(1, 29) if plan.checkpoints(step)}
        self.assertEqual(named, {14: ["-step00000014", "-000002"]})


if __name__ == "__main__":
    unittest.main()
