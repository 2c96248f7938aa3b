import copy
import json
import pickle
import subprocess
import sys
import unittest
import urllib.request
from pathlib import Path
from unittest import mock

from support import PACKAGE_FOLDER, TASK, TOKEN, LedgerTest, warnings_of_ledger
from lora_ledger import __version__, recorder


class Reports(LedgerTest):
    def test_a_whole_training_arrives_in_the_order_of_the_calls(self):
        ledger = self.ledger()
        ledger.start(total_steps=3, host="node7", gpu="A100", env={"torch": "2.4"})
        for step in range(1, 4):
            ledger.progress(step, epoch=step / 3, loss=1 / step, lr=1e-4)
        ledger.log("one line")
        ledger.finish(output="/out/style.safetensors", metrics={"loss": 0.3}, gpu_seconds=12.5)
        ledger.close()

        kinds = [kind for kind, _ in self.server.accepted]
        self.assertEqual((kinds[0], kinds[-1]), ("start", "finish"))
        self.assertEqual(self.server.state, "SUCCESS")
        self.assertEqual(self.server.steps("loss"), [1, 2, 3])
        self.assertEqual(self.server.log, b"one line\n")
        [start] = self.server.bodies("start")
        self.assertEqual({key: start[key] for key in ("host", "gpu", "totalSteps", "env")},
                         {"host": "node7", "gpu": "A100", "totalSteps": 3, "env": {"torch": "2.4"}})
        [finish] = self.server.bodies("finish")
        self.assertEqual(finish, {"output": "/out/style.safetensors", "metrics": {"loss": 0.3}, "gpuSeconds": 12.5})
        progress = self.server.bodies("progress")[-1]
        self.assertEqual((progress["currentStep"], progress["currentEpoch"], progress["totalSteps"]), (3, 1.0, 3))

    def test_every_request_carries_the_task_token(self):
        self.training().close()
        self.assertEqual(set(self.server.tokens), {f"Bearer {TOKEN}"})

    def test_one_connection_serves_all_reports(self):
        ledger = self.training()
        for step in range(5):
            ledger.progress(step, loss=1.0)
            ledger.flush(5.0)
        self.assertEqual(self.server.connections, 1)

    def test_points_are_sent_without_being_asked_for(self):
        self.training().progress(1, loss=0.5)
        self.server.wait_for(lambda: ("loss", 1) in self.server.points)

    def test_a_thousand_steps_do_not_wait_for_the_clock(self):
        with mock.patch.object(recorder, "BATCH_SECONDS", 600.0):
            ledger = self.training()
            for step in range(2500):
                ledger.progress(step, loss=0.5)
            self.server.wait_for(lambda: len(self.server.points) > 1000)
            ledger.flush(5.0)
        self.assertEqual(self.server.steps(), list(range(2500)))
        self.assertLessEqual(max(len(body["points"]) for body in self.server.bodies("progress")), 1000)

    def test_credentials_in_the_log_are_masked(self):
        ledger = self.training()
        ledger.log(f"using {TOKEN} and hf_token=abcdef")
        ledger.flush(5.0)
        self.assertEqual(self.server.log, b"using *** and hf_token=***\n")

    def test_nan_and_infinities_travel_as_words(self):
        ledger = self.training()
        ledger.progress(1, loss=float("nan"), high=float("inf"), low=float("-inf"))
        ledger.flush(5.0)
        self.assertEqual(self.server.points, {("loss", 1): "NaN", ("high", 1): "Infinity", ("low", 1): "-Infinity"})

    def test_what_is_no_metric_is_skipped_with_one_warning_and_without_an_exception(self):
        ledger = self.training()
        with warnings_of_ledger() as said:
            for step in range(3):
                ledger.progress(step, loss=0.5, note="text", nothing=None, **{"": 1.0, "k" * 201: 1.0})
            ledger.progress("seven", loss=0.5)
            ledger.progress(-1, loss=0.5)
            ledger.progress(9, epoch=float("nan"), loss=0.5)
            ledger.flush(5.0)
        self.assertEqual(set(self.server.points), {("loss", 0), ("loss", 1), ("loss", 2)})
        self.assertEqual(len([line for line in said if "note" in line]), 1)

    def test_a_cancellation_is_seen_with_the_next_heartbeat_and_stays_seen_after_the_end(self):
        ledger = self.training(heartbeat_seconds=0.05)
        self.assertFalse(ledger.cancel_requested)
        self.server.cancel_requested = True
        with self.server.changed:
            seen = len(self.server.requests)
        self.server.wait_for(lambda: ("heartbeat", {}) in self.server.requests[seen:])
        ledger.flush(5.0)
        self.server.wait_for(lambda: ledger.cancel_requested or len(self.server.requests) > seen + 5)
        self.assertTrue(ledger.cancel_requested)
        ledger.close()
        self.assertTrue(ledger.cancel_requested)

    def test_the_heart_beats_only_while_the_training_runs(self):
        ledger = self.ledger(heartbeat_seconds=0.05)
        ledger.start()
        self.server.wait_for(lambda: ("heartbeat", {}) in self.server.requests)
        self.assertEqual(self.server.requests[0][0], "start")
        ledger.finish("/out")
        ledger.flush(5.0)
        with self.server.changed:
            beat_again = self.server.changed.wait_for(lambda: self.server.requests[-1][0] != "finish", timeout=0.3)
        self.assertFalse(beat_again)

    def test_after_close_nothing_is_sent_and_nothing_raises(self):
        ledger = self.training()
        ledger.close()
        before = len(self.server.requests)
        ledger.progress(1, loss=1.0)
        ledger.finish("/out")
        ledger.close()
        self.assertTrue(ledger.flush(1.0))
        self.assertEqual(len(ledger._pipeline.recorder._queue), 0)
        self.assertEqual(len(self.server.requests), before)

    def test_nothing_is_left_on_disk_after_a_delivered_training(self):
        self.training().close()
        self.assertEqual(list(self.spool_dir.iterdir()), [])
        self.assertEqual(self.stderr.getvalue(), "")

    def test_a_pickled_or_copied_ledger_reports_nothing(self):
        ledger = self.training()
        for twin in (pickle.loads(pickle.dumps(ledger)), copy.deepcopy(ledger)):
            twin.progress(1, loss=1.0)
            twin.close()
        ledger.flush(5.0)
        self.assertEqual(self.server.points, {})

    def test_scripts_without_the_package_do_the_same_with_plain_requests(self):
        def post(action, body):
            request = urllib.request.Request(
                f"{self.server.url}/api/train-tasks/{TASK}/{action}",
                data=json.dumps(body).encode(),
                headers={"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json"},
            )
            with urllib.request.urlopen(request, timeout=5) as response:
                return response.status

        self.assertEqual(post("start", {}), 200)
        self.assertEqual(post("progress", {"points": [{"key": "loss", "step": 1, "value": 0.5}]}), 200)
        self.assertEqual(post("finish", {"output": "/out"}), 200)
        by_hand = (self.server.state, dict(self.server.points), self.server.bodies("finish"))

        self.server.state, self.server.points = "PENDING", {}
        self.server.accepted.clear()
        with self.ledger() as ledger:
            ledger.start()
            ledger.progress(1, loss=0.5)
            ledger.finish("/out")
        self.assertEqual((self.server.state, self.server.points, self.server.bodies("finish")), by_hand)


class Package(unittest.TestCase):
    def test_the_package_says_the_version_of_its_project_file(self):
        text = Path(PACKAGE_FOLDER, "pyproject.toml").read_text(encoding="utf-8")
        self.assertIn(f'version = "{__version__}"', text)

    def test_it_needs_only_the_standard_library(self):
        # -I and -S: no site-packages, no PYTHONPATH.
        code = f"import sys; sys.path.insert(0, {PACKAGE_FOLDER!r}); import lora_ledger, lora_ledger.__main__"
        subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True, timeout=30)


if __name__ == "__main__":
    unittest.main()
