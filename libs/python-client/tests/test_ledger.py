import copy
import io
import json
import pickle
import subprocess
import sys
import unittest
import urllib.request
from contextlib import redirect_stdout
from pathlib import Path

from support import PACKAGE_FOLDER, TASK, TOKEN, LedgerTest, environment, warnings_of_ledger
from lora_ledger import Ledger, __version__


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
        ledger = self.training()
        for step in range(2500):
            ledger.progress(step, loss=0.5)
        ledger.flush(5.0)
        self.assertEqual(self.server.steps(), list(range(2500)))
        self.assertLessEqual(max(len(body["points"]) for body in self.server.bodies("progress")), 1000)

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


class Environment(LedgerTest):
    def test_a_script_runs_without_a_ledger_and_its_log_is_printed(self):
        with environment(), warnings_of_ledger() as said, redirect_stdout(io.StringIO()) as printed:
            with Ledger.from_env() as ledger:
                ledger.start(total_steps=1)
                ledger.progress(1, loss=0.5)
                ledger.log("hello")
                ledger.finish("/out")
            self.assertTrue(ledger.flush(0.0))
            self.assertFalse(ledger.cancel_requested)
        self.assertEqual(said, ["INFO LEDGER_URL is not set: this training is not reported."])
        self.assertEqual(printed.getvalue(), "hello\n")

    def test_the_variables_name_server_task_token_and_spool(self):
        with environment(LEDGER_URL=self.server.url + "/", LEDGER_TASK_ID=TASK, LEDGER_TASK_TOKEN=TOKEN,
                         LEDGER_SPOOL_DIR=str(self.spool_dir)):
            with Ledger.from_env() as ledger:
                ledger.start()
        self.assertEqual(self.server.state, "RUNNING")

    def test_an_unusable_address_is_a_warning_not_an_exception(self):
        for url in ("not an address", "ftp://127.0.0.1", "http://", "http://[::1", "http://host:port"):
            with environment(LEDGER_URL=url, LEDGER_TASK_ID=TASK, LEDGER_TASK_TOKEN=TOKEN), warnings_of_ledger() as said:
                Ledger.from_env().start()
            self.assertEqual([line[:7] for line in said], ["WARNING"], url)

    def test_an_unreadable_number_is_replaced_by_its_default(self):
        with environment(LEDGER_URL=self.server.url, LEDGER_TASK_ID=TASK, LEDGER_TASK_TOKEN=TOKEN,
                         LEDGER_SPOOL_DIR=str(self.spool_dir), LEDGER_HEARTBEAT_SECONDS="soon"), warnings_of_ledger() as said:
            Ledger.from_env().close()
        self.assertEqual(len(said), 1)
        self.assertIn("LEDGER_HEARTBEAT_SECONDS", said[0])

    def test_only_the_main_process_of_a_distributed_training_reports(self):
        with environment(LEDGER_URL=self.server.url, LEDGER_TASK_ID=TASK, LEDGER_TASK_TOKEN=TOKEN, RANK="1"):
            with Ledger.from_env() as ledger:
                ledger.start()
        self.assertEqual(self.server.requests, [])

    def test_captured_output_is_printed_and_not_sent_twice(self):
        with environment(LEDGER_URL=self.server.url, LEDGER_TASK_ID=TASK, LEDGER_TASK_TOKEN=TOKEN,
                         LEDGER_SPOOL_DIR=str(self.spool_dir), LEDGER_LOG_CAPTURED="1"):
            with redirect_stdout(io.StringIO()) as printed, Ledger.from_env() as ledger:
                ledger.log("hello")
        self.assertEqual(printed.getvalue(), "hello\n")
        self.assertEqual(self.server.requests, [])


class ContextManager(LedgerTest):
    def failure(self, error):
        ledger = self.ledger()
        ledger.start()
        with self.assertRaises(type(error)) as caught, ledger:
            raise error
        self.assertIs(caught.exception, error)
        return [body["error"] for body in self.server.bodies("fail")]

    def test_an_exception_is_reported_with_its_traceback_and_passed_on(self):
        [text] = self.failure(RuntimeError("CUDA out of memory"))
        self.assertIn("Traceback (most recent call last)", text)
        self.assertTrue(text.endswith("RuntimeError: CUDA out of memory"))
        self.assertEqual(self.server.state, "FAILED")

    def test_credentials_in_the_traceback_are_masked(self):
        with environment(WANDB_API_KEY="0123456789abcdef"):
            [text] = self.failure(ValueError(f"bad login with 0123456789abcdef and {TOKEN}, hf_token='abc-def-ghi'"))
        for secret in ("0123456789abcdef", TOKEN, "abc-def-ghi"):
            self.assertNotIn(secret, text)
        self.assertIn("bad login with *** and ***", text)

    def test_an_interrupt_from_the_keyboard_is_a_failure(self):
        [text] = self.failure(KeyboardInterrupt())
        self.assertIn("KeyboardInterrupt", text)

    def test_an_exit_code_is_a_failure_unless_it_is_zero(self):
        self.assertEqual(self.failure(SystemExit(3)), ["The script ended with exit code 3."])
        self.server.state = "PENDING"
        self.server.accepted.clear()
        self.assertEqual(self.failure(SystemExit(0)), [])
        self.assertEqual(self.failure(SystemExit(None)), [])
        self.assertEqual(self.server.state, "RUNNING")

    def test_the_message_of_an_exit_is_the_error(self):
        self.assertEqual(self.failure(SystemExit("no images in /data")), ["no images in /data"])

    def test_what_the_script_said_about_its_end_stands(self):
        with self.assertRaises(OSError), self.ledger() as ledger:
            ledger.start()
            ledger.finish("/out")
            raise OSError("while tidying up")
        self.assertEqual(self.server.state, "SUCCESS")
        self.assertEqual(self.server.bodies("fail"), [])

    def test_leaving_without_finish_is_not_a_success(self):
        with self.ledger() as ledger:
            ledger.start()
        self.assertEqual(self.server.actions(), ["start"])


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
