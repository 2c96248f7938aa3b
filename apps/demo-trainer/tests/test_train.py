import contextlib
import io
import json
import os
import signal
import unittest
from pathlib import Path

from support import FolderTest

import train
from failures import TrainingFailure
from lora_file import read_safetensors
from reporting import Reporter, SilentLedger


class RecordingLedger(SilentLedger):
    """Remembers what was reported, in order; `on_step` is called with every reported step."""

    def __init__(self, on_step=lambda step: None):
        self.calls, self.points, self.on_step = [], [], on_step

    def start(self, **values):
        self.calls.append(("start", values))

    def progress(self, step, epoch, **metrics):
        self.points.append((step, epoch, metrics))
        self.on_step(step)

    def finish(self, **values):
        self.calls.append(("finish", values))

    def fail(self, error, reason=None):
        self.calls.append(("fail", {"error": error, "reason": reason}))

    def curve(self, key):
        return [metrics[key] for _, _, metrics in self.points if key in metrics]


class TrainerTest(FolderTest):
    def setUp(self):
        super().setUp()
        for number in (signal.SIGTERM, signal.SIGINT):
            self.addCleanup(signal.signal, number, signal.getsignal(number))
        self.ledger = RecordingLedger()

    def train(self, **changes):
        """Runs a training with a tiny data set; returns the exit code. What it prints is in self.out and self.err."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = train.run(self.config(**changes), "5d8c2a4e-0000-4000-8000-000000000000", Reporter(self.ledger))
        self.out, self.err = out.getvalue(), err.getvalue()
        return code

    def lora(self, name="lora", folder="out"):
        return read_safetensors(self.folder / folder / f"{name}.safetensors")

    def words(self):
        return [word for word, _ in self.ledger.calls]


class TrainingThatSucceeds(TrainerTest):
    def test_lowers_the_loss_and_reports_every_step(self):
        self.assertEqual(self.train(), 0)
        steps = self.ledger.calls[0][1]["total_steps"]
        self.assertEqual(self.words(), ["start", "finish"])
        self.assertEqual([s for s, _, metrics in self.ledger.points if "loss" in metrics], list(range(1, steps + 1)))
        self.assertEqual(len(self.ledger.curve("lr")), steps)
        before, *_, after = self.ledger.curve("eval_loss")
        self.assertLess(after, before - 0.3)
        self.assertEqual(len(self.ledger.curve("eval_loss")), 1 + 2)  # before, and after each epoch

    def test_reports_the_file_it_has_written_and_the_last_metrics(self):
        self.train()
        finish = self.ledger.calls[-1][1]
        self.assertEqual(Path(finish["output"]), (self.folder / "out" / "lora.safetensors").resolve())
        self.assertTrue(Path(finish["output"]).is_file())
        self.assertEqual(finish["metrics"]["eval_loss"], self.ledger.curve("eval_loss")[-1])

    def test_the_file_carries_the_settings(self):
        self.train(
            lora_rank=3,
            lora_alpha=1.5,
            learning_rate=2e-3,
            optimizer="sgd",
            lr_scheduler="cosine",
            output_name="x",
            dropout=0.1,
        )
        tensors, said = self.lora("x")
        self.assertEqual(tensors["lora_lm_hidden1.lora_down.weight"][0][0], 3)
        self.assertEqual(tensors["lora_lm_output.lora_up.weight"][0][1], 3)
        expected = {
            "ss_network_dim": "3", "ss_network_alpha": "1.5", "ss_learning_rate": "0.002", "ss_seed": "7", "ss_output_name": "x",
            "ss_optimizer": "optimizers.Sgd()", "ss_lr_scheduler": "cosine", "ss_num_epochs": "2", "ss_epoch": "2", "ss_max_grad_norm": "None",
            "ss_network_dropout": "0.1", "ss_steps": said["ss_max_train_steps"], "ss_sd_model_name": "char-lm-base.safetensors",
        }  # fmt: skip
        self.assertEqual({key: said[key] for key in expected}, expected)
        self.assertEqual(
            json.loads(said["ss_dataset_dirs"]),
            {"data": {"n_repeats": 1, "img_count": int(said["ss_num_train_images"])}},
        )
        self.assertGreaterEqual(float(said["ss_training_finished_at"]), float(said["ss_training_started_at"]))
        self.assertIn("5d8c2a4e", said["ss_training_comment"])

    def test_the_same_config_and_seed_give_the_same_bytes_and_another_seed_others(self):
        hashes = []
        for seed in (7, 7, 8):
            self.train(seed=seed, dropout=0.2, max_steps=4)
            hashes.append(self.lora()[1]["sshs_model_hash"])
        self.assertEqual(hashes[0], hashes[1])
        self.assertNotEqual(hashes[0], hashes[2])

    def test_every_setting_of_the_training_changes_the_result(self):
        changes = ({}, {"lora_rank": 4}, {"lora_alpha": 8}, {"learning_rate": 1e-3}, {"batch_size": 4}, {"optimizer": "sgd"},
                   {"max_steps": 3}, {"lr_scheduler": "linear"}, {"warmup": 2}, {"dropout": 0.5}, {"gradient_clip": 1e-9})  # fmt: skip
        hashes = set()
        for change in changes:
            self.train(**{"max_steps": 4, **change})
            hashes.add(self.lora()[1]["sshs_model_hash"])
        self.assertEqual(len(hashes), len(changes))

    def test_goes_on_from_a_lora_file(self):
        self.train(output_name="first")
        self.ledger = RecordingLedger()
        self.assertEqual(self.train(resume_from=str(self.folder / "out" / "first.safetensors"), max_steps=2), 0)
        fresh = RecordingLedger()
        self.ledger, resumed = fresh, self.ledger
        self.train(max_steps=2)
        self.assertLess(resumed.curve("eval_loss")[0], fresh.curve("eval_loss")[0] - 0.3)

    def test_output_has_what_a_reader_of_sd_scripts_looks_for(self):
        self.train(save_every_n_epochs=1)
        lines = self.out.splitlines()
        self.assertLessEqual({"epoch 1/2", "epoch 2/2", "model saved."}, set(lines))
        self.assertTrue(
            any(line.startswith("saving checkpoint: ") and line.endswith("lora-000001.safetensors") for line in lines)
        )
        self.assertRegex(
            self.err.split("\r")[-1], r"^steps: 100%\|█{10}\| (\d+)/\1 \[00:\d\d<00:00, .*it/s, avr_loss=[\d.]+\]\n$"
        )

    def test_writes_checkpoints_on_the_way(self):
        self.train(save_steps=3, max_steps=7)
        names = sorted(path.name for path in (self.folder / "out").iterdir())
        self.assertEqual(names, ["lora-step00000003.safetensors", "lora-step00000006.safetensors", "lora.safetensors"])
        self.assertEqual(self.lora("lora-step00000003")[1]["ss_steps"], "3")

    def test_a_base_model_that_is_no_file_here_is_replaced_with_a_note(self):
        self.assertEqual(self.train(base_model="some/model", max_steps=1), 0)
        self.assertIn("note: base_model some/model is no file here; char-lm-base.safetensors is used", self.err)


class TrainingThatFails(TrainerTest):
    def assert_failed(self, code, reason, words, **changes):
        self.assertEqual(self.train(**changes), code)
        self.assertEqual(self.words(), ["start", "fail"])
        failure = self.ledger.calls[-1][1]
        self.assertEqual(failure["reason"], reason)
        self.assertRegex(failure["error"], words)
        self.assertIn(failure["error"].strip(), self.err)
        self.assertEqual(list(self.folder.glob("out/*")), [])

    def test_a_far_too_high_learning_rate_really_diverges(self):
        for optimizer, rate in (("sgd", 50), ("adam", 50), ("adamw", 1)):
            self.ledger = RecordingLedger()
            with self.subTest(optimizer=optimizer, rate=rate):
                self.assert_failed(
                    1, "NAN_LOSS", "^Training loss became NaN", optimizer=optimizer, learning_rate=rate, epochs=20
                )
                self.assertLess(self.ledger.points[-1][0], 20)
                self.assertIn("avr_loss=", self.err.splitlines()[-2])

    def test_a_training_too_short_to_notice_is_judged_by_its_evaluation(self):
        self.assert_failed(1, "NAN_LOSS", "blind guess", optimizer="adam", learning_rate=100, max_steps=2)

    def test_a_missing_or_empty_data_folder_is_a_fault_of_the_data(self):
        self.assert_failed(2, "DATA", "does not exist", train_data_dir=str(self.folder / "absent"))
        (self.data / "log.txt").unlink()
        self.ledger = RecordingLedger()
        self.assert_failed(2, "DATA", "no training data")

    def test_a_config_that_cannot_be_followed_is_a_fault_of_the_config(self):
        self.train(output_dir=str(self.folder / "earlier"))
        for words, change in (
            ("lora_rank", {"lora_rank": 0}),
            ("learning_rate", {"learning_rate": -1}),
            ("optimizer", {"optimizer": "magic"}),
            (
                "has rank 2, but the config says lora_rank 4",
                {"lora_rank": 4, "resume_from": str(self.folder / "earlier" / "lora.safetensors")},
            ),
            ("cannot be read", {"resume_from": str(self.folder / "absent.safetensors")}),
            ("output_dir .* cannot be made", {"output_dir": str(self.data / "log.txt" / "below")}),
            ("not a safetensors file|no safetensors file", {"base_model": str(self.data / "log.txt")}),
        ):
            self.ledger = RecordingLedger()
            with self.subTest(words):
                self.assert_failed(2, "CONFIG", words, **change)

    def test_anything_unexpected_is_reported_with_its_traceback(self):
        def broken(step):
            if step == 2:
                raise RuntimeError("the disk is on fire")

        self.ledger = RecordingLedger(broken)
        self.assert_failed(1, None, "(?s)Traceback.*the disk is on fire")


class TrainingThatIsStopped(TrainerTest):
    def assert_stopped_after(self, step, code):
        self.assertEqual(self.train(), code)
        self.assertEqual(self.ledger.points[-1][0], step)
        self.assertEqual(self.words(), ["start"])
        self.assertEqual(list(self.folder.glob("out/*")), [])

    def test_a_signal_ends_it_before_the_next_step_without_a_last_report(self):
        for number, code in ((signal.SIGTERM, 143), (signal.SIGINT, 130)):
            self.ledger = RecordingLedger(lambda step, number=number: step == 3 and os.kill(os.getpid(), number))
            self.assert_stopped_after(3, code)

    def test_a_cancelled_task_ends_like_one_that_got_sigterm(self):
        def cancel(step):
            self.ledger.cancel_requested = step >= 2

        self.ledger = RecordingLedger(cancel)
        self.assert_stopped_after(2, 143)


class Failures(unittest.TestCase):
    def test_every_failure_has_a_reason_and_an_exit_code_other_than_0(self):
        for kind in TrainingFailure.__subclasses__():
            self.assertTrue(kind.reason)
            self.assertNotEqual(kind.exit_code, 0)


if __name__ == "__main__":
    unittest.main()
