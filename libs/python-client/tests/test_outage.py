import os
import signal
import time
import unittest
from unittest import mock

from support import TASK, TOKEN, LedgerTest, run_sync, wait_until, warnings_of_ledger
from lora_ledger import sender
from lora_ledger.backoff import backoff
from lora_ledger.messages import Message
from lora_ledger.spool import Spool, Target

CONFLICT = {"code": "STATE_CONFLICT", "title": "The task has ended"}


class Outage(LedgerTest):
    def setUp(self):
        super().setUp()
        # A server that is away is asked again soon, so that the tests need not wait.
        self.enterContext_(mock.patch.object(sender, "backoff", lambda failures, asked=None: asked or 0.02))

    def test_reports_made_while_the_server_is_down_arrive_in_order_when_it_is_back(self):
        ledger = self.training()
        self.server.down()
        for step in range(3000):
            ledger.progress(step, loss=float(step))
        ledger.log("during the outage")
        ledger.finish("/out")
        self.assertFalse(ledger.flush(0.3))
        self.assertEqual(self.server.points, {})
        self.server.up()
        self.assertTrue(ledger.flush(10.0))
        self.assertEqual(self.server.steps(), list(range(3000)))
        kinds = [kind for kind, _ in self.server.accepted]
        self.assertEqual((kinds[0], kinds[-2:], set(kinds[1:-2])), ("start", ["log", "finish"], {"progress"}))

    def test_an_outage_is_mentioned_once_and_so_is_its_end(self):
        ledger = self.training()
        with warnings_of_ledger() as said:
            self.server.answer_next(503, times=20)
            ledger.progress(1, loss=0.5)
            self.assertTrue(ledger.flush(5.0))
        self.assertEqual([line.split(" reports")[0] for line in said], ["WARNING The ledger does not take", "WARNING The ledger takes"])

    def test_flush_does_not_sit_out_a_long_pause(self):
        with mock.patch.object(sender, "backoff", lambda *_: 600.0):
            ledger = self.training()
            self.server.answer_next(503)
            ledger.progress(1, loss=0.5)
            self.server.wait_for(lambda: len(self.server.actions()) == 2)
            wait_until(lambda: ledger._pipeline.sender.server_away)
            self.assertTrue(ledger.flush(5.0))

    def test_during_an_outage_the_disk_is_made_to_keep_what_it_was_given(self):
        with mock.patch("lora_ledger.segments.os.fsync") as fsync:
            ledger = self.training()
            fsync.reset_mock()
            ledger.progress(1, loss=0.5)
            self.assertTrue(ledger.flush(5.0))
            self.assertEqual(fsync.call_count, 0)
            self.server.answer_always(503)
            ledger.progress(2, loss=0.5)
            wait_until(lambda: ledger._pipeline.sender.server_away)
            ledger.progress(3, loss=0.5)
            self.assertTrue(ledger._pipeline.recorder.flush(5.0))
            self.assertGreater(fsync.call_count, 0)
            self.server.answer_always(None)

    def test_an_answer_of_500_or_408_is_no_refusal(self):
        ledger = self.training()
        for status in (500, 503, 408):
            self.server.answer_next(status, times=2)
            ledger.progress(status, loss=0.5)
            self.assertTrue(ledger.flush(5.0))
        self.assertEqual(self.server.steps(), [500, 503, 408])

    def test_a_busy_server_is_left_alone_for_as_long_as_it_asks(self):
        ledger = self.training()
        self.server.answer_next(429, headers={"Retry-After": "1"})
        ledger.progress(1, loss=0.5)
        self.server.wait_for(lambda: len(self.server.actions()) == 2)
        asked = time.monotonic()
        self.assertTrue(ledger.flush(5.0))
        self.assertGreater(time.monotonic() - asked, 0.8)
        self.assertEqual(self.server.actions(), ["start", "progress", "progress"])

    def test_a_lost_answer_repeats_the_report_without_a_second_effect(self):
        ledger = self.training()
        self.server.lose_next_answers(2)
        ledger.progress(1, loss=0.5)
        ledger.log("once")
        ledger.log("ünce")
        self.assertTrue(ledger.flush(5.0))
        self.assertEqual(self.server.steps(), [1])
        self.assertEqual(self.server.log.decode(), "once\nünce\n")
        self.assertGreater(len(self.server.actions()), 4)

    def test_a_refused_report_is_dropped_with_one_warning_and_the_next_goes_on(self):
        ledger = self.training()
        with warnings_of_ledger() as said:
            for step in range(3):
                self.server.answer_next(400, {"code": "VALIDATION", "detail": "points.0.key is too long"})
                ledger.progress(step, loss=0.5)
                self.assertTrue(ledger.flush(5.0))
            ledger.progress(7, loss=0.5)
            ledger.finish("/out")
            self.assertTrue(ledger.flush(5.0))
        self.assertEqual(self.server.steps(), [7])
        self.assertEqual(self.server.state, "SUCCESS")
        self.assertEqual(len(said), 1)
        self.assertIn("points.0.key is too long", said[0])

    def test_a_task_that_has_moved_on_is_left_alone(self):
        ledger = self.training()
        self.server.answer_always(409, CONFLICT)
        with warnings_of_ledger() as said:
            ledger.progress(1, loss=0.5)
            self.assertTrue(ledger.flush(5.0))
            before = len(self.server.requests)
            for step in range(2, 50):
                ledger.progress(step, loss=0.5)
            ledger.finish("/out")
            self.assertTrue(ledger.flush(5.0))
            ledger.close()
        self.assertEqual(len(self.server.requests), before)
        self.assertEqual(len([line for line in said if line.startswith("WARNING")]), 1)
        self.assertEqual(list(self.spool_dir.iterdir()), [])

    def test_a_log_that_the_server_has_lost_goes_on_where_it_ends_there(self):
        ledger = self.training()
        ledger.log("first")
        self.assertTrue(ledger.flush(5.0))
        self.server.log = b"fi"
        ledger.log("second")
        self.assertTrue(ledger.flush(5.0))
        self.assertEqual(self.server.log, b"fisecond\n")

    def test_a_second_process_continues_the_log_of_the_first(self):
        for line in ("one", "two"):
            ledger = self.ledger()
            ledger.start()
            ledger.log(line)
            ledger.close()
        self.assertEqual(self.server.log, b"one\ntwo\n")

    def test_a_log_that_another_process_has_continued_is_continued_behind_it(self):
        ledger = self.training()
        ledger.log("one")
        self.assertTrue(ledger.flush(5.0))
        Spool(self.spool_dir, Target(self.server.url, TASK, TOKEN)).remove_if_empty()
        self.server.log += b"two\n"
        ledger.log("three")
        self.assertTrue(ledger.flush(5.0))
        self.assertEqual(self.server.log, b"one\ntwo\nthree\n")

    def test_the_heart_beats_on_while_a_long_backlog_is_delivered(self):
        spool = Spool(self.spool_dir, Target(self.server.url, TASK, TOKEN))
        point = {"key": "loss", "step": 1, "value": 0.5}
        spool.append([Message("start", {}), *[Message("progress", {"points": [point]})] * 500])
        self.assertTrue(self.ledger(heartbeat_seconds=0.05).flush(20.0))
        kinds = [kind for kind, _ in self.server.requests]
        self.assertTrue("heartbeat" in kinds[:400], "no heartbeat among the first 400 requests")

    def test_the_heart_beats_on_while_one_report_is_answered_with_500(self):
        ledger = self.training(heartbeat_seconds=0.05, exit_timeout=0.0)
        self.server.answer_next(500, times=10_000)
        ledger.finish("/out")
        self.server.cancel_requested = True
        self.server.wait_for(lambda: ledger.cancel_requested)

    def test_the_end_waits_no_longer_than_allowed_and_says_how_to_deliver_the_rest(self):
        ledger = self.cut_off()
        ledger.progress(1, loss=0.5)
        ledger.finish("/out")
        before = time.monotonic()
        ledger.close()
        self.assertLess(time.monotonic() - before, 3.0)
        [line] = self.stderr.getvalue().splitlines()
        self.assertIn(f"2 reports of task {TASK}", line)
        self.assertIn(f"-m lora_ledger sync --spool-dir '{self.spool_dir}'", line)

    def test_a_new_ledger_for_the_task_first_delivers_what_the_last_one_left(self):
        ledger = self.cut_off()
        ledger.progress(1, loss=0.5)
        ledger.close()
        self.server.up()
        successor = self.ledger()
        successor.progress(2, loss=0.4)
        self.assertTrue(successor.flush(5.0))
        self.assertEqual(self.server.steps(), [1, 2])

    @unittest.skipUnless(hasattr(os, "fork"), "this system cannot fork")
    def test_a_forked_data_loader_sends_nothing_and_keeps_no_lock(self):
        ledger = self.cut_off()
        ledger.progress(1, loss=0.5)
        with ledger._pipeline.spool.turn(timeout=5.0) as held:
            self.assertTrue(held)
            child = os.fork()
            if child == 0:
                try:
                    ledger.progress(2, loss=0.5)
                    ledger.log("from the child")
                    ledger.finish("/out")
                    ledger.close()
                finally:
                    signal.pause()
        try:
            ledger.close()
            self.server.up()
            done = run_sync(self.spool_dir)
            self.assertEqual(done.returncode, 0, done.stdout)
            self.assertEqual(self.server.steps(), [1])
            self.assertEqual(self.server.actions().count("finish"), 0)
        finally:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)


class Backoff(unittest.TestCase):
    def test_waits_double_up_to_half_a_minute_with_jitter(self):
        self.assertEqual([backoff(n, pick=lambda: 1.0) for n in (1, 2, 3, 7, 500)], [0.5, 1.0, 2.0, 30.0, 30.0])
        self.assertEqual([backoff(n, pick=lambda: 0.0) for n in (1, 7)], [0.25, 15.0])

    def test_the_servers_wish_is_the_least(self):
        self.assertEqual(backoff(1, retry_after=60.0, pick=lambda: 1.0), 60.0)
        self.assertEqual(backoff(7, retry_after=1.0, pick=lambda: 1.0), 30.0)


if __name__ == "__main__":
    unittest.main()
