"""The program as a worker starts it: another process, from the root of the repository, reporting over HTTP."""

import json
import os
import subprocess
import sys
import threading
import unittest
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from support import TRAINER, FolderTest

import reporting

ROOT = TRAINER.parents[1]
TASK = "5d8c2a4e-0000-4000-8000-000000000000"


class Listener:
    """A ledger that accepts everything and remembers it: (last part of the path, body) in order of arrival."""

    def __init__(self):
        self.reports = reports = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                word = self.path.rsplit("/", 1)[1]
                reports.append((word, json.loads(body or b"{}") if word != "log" else {}))
                answer = b'{"cancelRequested": false}'
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_):
                return None

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def bodies(self, word):
        return [body for kind, body in self.reports if kind == word]


class TheProgram(FolderTest):
    def start(self, *arguments, **variables):
        environment = {name: value for name, value in os.environ.items() if not name.startswith("LEDGER_")}
        return subprocess.run(
            [sys.executable, str(TRAINER / "train.py"), *arguments],
            cwd=ROOT, env={**environment, **variables}, capture_output=True, text=True, encoding="utf-8", timeout=60,
        )  # fmt: skip

    def test_trains_without_a_ledger(self):
        done = self.start("--config", str(self.config(max_steps=3)), "--task_id", TASK)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue((self.folder / "out" / "lora.safetensors").is_file())

    def test_speaks_utf_8_wherever_it_runs(self):
        done = self.start(
            "--config", str(self.config(max_steps=1, output_name="水墨")), LC_ALL="C", PYTHONIOENCODING="ascii"
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("水墨.safetensors", done.stdout)
        self.assertIn("█", done.stderr)

    def test_a_config_file_that_is_missing_is_one_line_and_exit_code_2(self):
        done = self.start("--config", str(self.folder / "absent.yaml"))
        self.assertEqual(done.returncode, 2)
        self.assertEqual(len(done.stderr.splitlines()), 1)
        self.assertIn("absent.yaml cannot be read", done.stderr)

    def test_the_example_names_keys_this_trainer_knows_and_data_that_is_there(self):
        text = (TRAINER / "example.yaml").read_text(encoding="utf-8")
        path = self.folder / "example.yaml"
        path.write_text(
            text.replace("output/harbour-log", str(self.folder / "out")) + "max_steps: 2\n", encoding="utf-8"
        )
        done = self.start("--config", str(path))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotIn("note:", done.stderr)

    @unittest.skipUnless((reporting.CLIENT_FOLDER / "lora_ledger" / "ledger.py").is_file(), "needs libs/python-client")
    def test_reports_its_life_to_the_ledger(self):
        listener = Listener()
        self.addCleanup(listener.close)
        variables = {
            "LEDGER_URL": listener.url, "LEDGER_TASK_ID": TASK, "LEDGER_TASK_TOKEN": "secret-of-one-task", "LEDGER_SPOOL_DIR": str(self.folder / "spool"),
        }  # fmt: skip
        done = self.start("--config", str(self.config(max_steps=5)), **variables)
        self.assertEqual(done.returncode, 0, done.stderr)
        words = [word for word, _ in listener.reports if word in ("start", "finish", "fail")]
        self.assertEqual(words, ["start", "finish"])
        self.assertEqual(listener.bodies("start")[0]["totalSteps"], 5)
        losses = {p["step"] for body in listener.bodies("progress") for p in body["points"] if p["key"] == "loss"}
        self.assertEqual(losses, {1, 2, 3, 4, 5})

        listener.reports.clear()
        done = self.start("--config", str(self.config(optimizer="sgd", learning_rate=50)), **variables)
        self.assertEqual(done.returncode, 1)
        self.assertEqual(listener.bodies("fail")[0]["reason"], "NAN_LOSS")


if __name__ == "__main__":
    unittest.main()
