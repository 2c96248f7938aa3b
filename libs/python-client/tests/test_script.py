import io
import unittest
from contextlib import redirect_stdout

from support import TASK, TOKEN, LedgerTest, environment, warnings_of_ledger
from lora_ledger import Ledger


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


if __name__ == "__main__":
    unittest.main()
