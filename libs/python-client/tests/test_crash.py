import json
import os
import signal
import stat
import subprocess
import sys
import unittest
from concurrent.futures import ThreadPoolExecutor
from unittest import mock

from support import PACKAGE_FOLDER, TASK, TOKEN, LedgerTest, run_sync, script_environment, wait_until
from lora_ledger import __main__ as command
from lora_ledger import sync as sync_module
from lora_ledger.messages import Message
from lora_ledger.spool import Spool, Target

# Reports until it is killed; says after each step which one it has reported.
TRAINER = """
import sys, time
from lora_ledger import Ledger
ledger = Ledger.from_env()
ledger.start(total_steps=10**6)
step = 0
while True:
    ledger.progress(step, loss=float(step))
    ledger.log(f"step {step}")
    print(step, flush=True)
    step += 1
    time.sleep(0.0005)
"""


@unittest.skipUnless(hasattr(signal, "SIGKILL"), "this system has no SIGKILL")
class KilledTrainer(LedgerTest):
    def trainer(self):
        environment = script_environment(
            LEDGER_URL=self.server.url, LEDGER_TASK_ID=TASK, LEDGER_TASK_TOKEN=TOKEN, LEDGER_SPOOL_DIR=str(self.spool_dir)
        )
        process = subprocess.Popen([sys.executable, "-c", TRAINER], env=environment, stdout=subprocess.PIPE, text=True)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        return process

    def kill(self, process):
        process.kill()
        process.wait()
        said = process.stdout.read().split()
        return int(said[-1])

    def spooled_bytes(self):
        return sum(file.stat().st_size for file in (self.spool_dir / TASK).glob("*.jsonl"))

    def test_what_was_written_before_a_kill_in_mid_outage_is_delivered_by_sync(self):
        process = self.trainer()
        self.server.wait_for(lambda: self.server.points)
        self.server.down()
        before = self.spooled_bytes()
        wait_until(lambda: self.spooled_bytes() > before + 20_000)
        on_disk = [json.loads(line) for file in sorted((self.spool_dir / TASK).glob("*.jsonl")) for line in file.read_bytes().splitlines()]
        written = {point["step"] for kind, body in on_disk if kind == "progress" for point in body["points"]}
        last = self.kill(process)
        self.server.up()
        done = run_sync(self.spool_dir)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        steps = self.server.steps()
        self.assertEqual(steps, list(range(len(steps))), "a step is missing or out of order")
        self.assertLessEqual(written, set(steps))
        self.assertLessEqual(last - steps[-1], 2500, "more than the last moment is missing")
        lines = self.server.log.decode().splitlines()
        self.assertEqual(lines, [f"step {step}" for step in range(len(lines))])
        self.assertEqual(list(self.spool_dir.iterdir()), [])

    def test_a_kill_in_the_middle_of_a_delivery_repeats_without_a_second_effect(self):
        process = self.trainer()
        self.server.wait_for(lambda: self.server.points)
        self.server.hang()
        with self.server.changed:
            seen = len(self.server.actions())
        self.server.wait_for(lambda: len(self.server.actions()) > seen)
        self.kill(process)
        self.server.release()
        self.assertEqual(run_sync(self.spool_dir).returncode, 0)
        steps = self.server.steps()
        self.assertEqual(steps, list(range(len(steps))))
        lines = self.server.log.decode().splitlines()
        self.assertEqual(lines, [f"step {step}" for step in range(len(lines))])


class EndedScript(LedgerTest):
    def run_script(self, code):
        environment = script_environment(LEDGER_URL=self.server.url, LEDGER_TASK_ID=TASK, LEDGER_TASK_TOKEN=TOKEN,
                                         LEDGER_SPOOL_DIR=str(self.spool_dir), LEDGER_EXIT_TIMEOUT_SECONDS="2")
        code = "from lora_ledger import Ledger\nledger = Ledger.from_env()\n" + code
        return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=30)

    def test_a_script_that_just_ends_has_delivered_everything(self):
        done = self.run_script("ledger.start(); [ledger.progress(step, loss=0.5) for step in range(2000)]; ledger.finish('/out')")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(self.server.steps(), list(range(2000)))
        self.assertEqual(self.server.state, "SUCCESS")
        self.assertEqual(list(self.spool_dir.iterdir()), [])

    def test_the_exit_code_of_the_script_is_its_own_when_the_server_is_away(self):
        self.server.down()
        done = self.run_script("ledger.start(); import sys; sys.exit(7)")
        self.assertEqual(done.returncode, 7)
        self.assertIn("1 report of task", done.stderr)
        self.server.up()
        self.assertEqual(run_sync(self.spool_dir).returncode, 0)
        self.assertEqual(self.server.state, "RUNNING")


class Sync(LedgerTest):
    def leave(self, task=TASK, steps=5, token=TOKEN):
        """A spool as a trainer leaves it whose server was never there."""
        spool = Spool(self.spool_dir, Target(self.server.url, task, token))
        spool.append([Message("start", {})])
        for step in range(steps):
            spool.append([Message("progress", {"points": [{"key": "loss", "step": step, "value": 0.5}]})])
        return spool

    def test_it_delivers_every_task_and_says_what(self):
        self.leave()
        done = run_sync(self.spool_dir)
        self.assertEqual((done.returncode, done.stdout), (0, f"task {TASK}: delivered 5 progress, 1 start\n"))
        self.assertEqual(self.server.steps(), [0, 1, 2, 3, 4])
        done = run_sync(self.spool_dir)
        self.assertEqual((done.returncode, done.stdout), (0, f"nothing to deliver in {self.spool_dir}\n"))

    def test_what_cannot_be_delivered_remains_and_the_exit_code_says_so(self):
        self.leave()
        self.server.down()
        with mock.patch.object(sync_module, "backoff", lambda *_: 0.0), mock.patch("builtins.print") as said:
            code = command.main(["sync", "--spool-dir", str(self.spool_dir)])
        self.assertEqual(code, 1)
        self.assertIn("6 remain", said.call_args[0][0])
        self.server.up()
        self.assertEqual(run_sync(self.spool_dir).returncode, 0)
        self.assertEqual(self.server.steps(), [0, 1, 2, 3, 4])

    def test_a_task_that_has_ended_takes_nothing_and_nothing_remains(self):
        self.leave()
        self.server.state = "CANCELLED"
        done = run_sync(self.spool_dir)
        self.assertEqual(done.returncode, 0)
        self.assertIn("6 refused (409", done.stdout)

    def test_two_at_the_same_time_deliver_everything_in_order(self):
        self.leave(steps=200)
        with ThreadPoolExecutor(2) as pool:
            codes = [done.returncode for done in pool.map(lambda _: run_sync(self.spool_dir), range(2))]
        self.assertEqual(codes, [0, 0])
        self.assertEqual(self.server.steps(), list(range(200)))
        self.assertEqual(len(self.server.bodies("progress")), 200, "something was sent by both")

    def test_a_torn_last_line_costs_that_line_only(self):
        self.leave(steps=2)
        [file] = (self.spool_dir / TASK).glob("*.jsonl")
        with open(file, "ab") as torn:
            torn.write(b'["progress",{"points":[{"key":"lo')
        self.leave(steps=0)
        done = run_sync(self.spool_dir)
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertEqual(self.server.actions(), ["start", "progress", "progress", "start"])

    @unittest.skipUnless(os.name == "posix", "permissions are POSIX")
    def test_the_saved_token_is_readable_by_its_owner_alone(self):
        self.leave()
        for path in (self.spool_dir / TASK).iterdir():
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600, path.name)
        self.assertEqual(stat.S_IMODE((self.spool_dir / TASK).stat().st_mode), 0o700)
        self.assertIn(TOKEN, (self.spool_dir / TASK / "target.json").read_text())

    def test_a_lost_token_is_taken_from_the_environment(self):
        self.leave()
        (self.spool_dir / TASK / "target.json").unlink()
        done = run_sync(self.spool_dir)
        self.assertEqual(done.returncode, 1)
        self.assertIn("LEDGER_TASK_TOKEN", done.stdout)
        done = run_sync(self.spool_dir, LEDGER_URL=self.server.url, LEDGER_TASK_ID=TASK, LEDGER_TASK_TOKEN="other")
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertEqual(set(self.server.tokens), {"Bearer other"})

    def test_a_wrong_call_ends_with_2(self):
        done = subprocess.run([sys.executable, "-m", "lora_ledger", "sink"], cwd=PACKAGE_FOLDER, capture_output=True, timeout=30)
        self.assertEqual(done.returncode, 2)


if __name__ == "__main__":
    unittest.main()
