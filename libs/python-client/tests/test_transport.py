import unittest
from email.utils import format_datetime
from datetime import datetime, timedelta, timezone
from unittest import mock

from support import TASK, TOKEN, LedgerTest
from lora_ledger.transport import Reply, Transport, Unreachable, Verdict, _retry_after


class Rules(unittest.TestCase):
    def test_what_becomes_of_a_report_after_an_answer(self):
        for status, body, verdict in [
            (200, {}, Verdict.ACCEPTED), (204, {}, Verdict.ACCEPTED),
            (409, {"code": "STATE_CONFLICT"}, Verdict.MOVED_ON), (409, {"code": "STATE_CONFLICT", "size": 7}, Verdict.GAP),
            (409, {"code": "VALIDATION"}, Verdict.REFUSED), (400, {}, Verdict.REFUSED), (401, {}, Verdict.REFUSED),
            (404, {}, Verdict.REFUSED), (413, {}, Verdict.REFUSED), (422, {}, Verdict.REFUSED),
            (408, {}, Verdict.RETRY), (429, {}, Verdict.RETRY), (500, {}, Verdict.RETRY), (503, {}, Verdict.RETRY),
            (301, {}, Verdict.RETRY), (100, {}, Verdict.RETRY),
        ]:
            self.assertIs(Reply(status, body, None).verdict(), verdict, (status, body))

    def test_retry_after_is_seconds_or_a_date_and_has_a_limit(self):
        self.assertEqual([_retry_after(text) for text in ("7", " 0 ", "99999", "soon", "-1", None)], [7.0, 0.0, 600.0, None, None, None])
        later = format_datetime(datetime.now(timezone.utc) + timedelta(seconds=60), usegmt=True)
        self.assertAlmostEqual(_retry_after(later), 60, delta=2)
        self.assertEqual(_retry_after("Wed, 01 Jan 2020 00:00:00 GMT"), 0.0)

    def test_a_problem_is_one_line(self):
        body = {"code": "VALIDATION", "title": "Bad input", "errors": [{"path": "points.0.key", "message": "too long"}, "x"]}
        self.assertEqual(Reply(400, body, None).problem(), "400 – VALIDATION – Bad input – points.0.key: too long")

    def test_addresses_and_tokens_that_cannot_be_ones_are_refused(self):
        for url, token in [("127.0.0.1:3000", "t"), ("file:///x", "t"), ("http://", "t"), ("http://h", "a\r\nb"), ("http://h", "ключ")]:
            with self.subTest(url=url, token=token), self.assertRaises(ValueError):
                Transport(url, TASK, token)


class Exchange(LedgerTest):
    def test_the_address_may_have_a_path_and_a_slash_and_the_api_in_it(self):
        for suffix in ("", "/", "/api", "/api/"):
            self.assertEqual(Transport(self.server.url + suffix, TASK, TOKEN).post("start", {}).status, 200)
        with mock.patch.object(self.server, "receive", return_value=(200, {}, {})) as receive:
            Transport(self.server.url + "/ledger", "a/b", TOKEN).post("start", {})
        self.assertEqual(receive.call_args[0][0], "/ledger/api/train-tasks/a%2Fb/start")

    def test_a_connection_that_the_server_closed_while_idle_is_replaced_silently(self):
        transport = Transport(self.server.url, TASK, TOKEN)
        transport.post("start", {})
        self.server.lose_next_answers(1)
        self.assertEqual(transport.post("start", {}).status, 200)

    def test_no_answer_is_unreachable(self):
        transport = Transport(self.server.url, TASK, TOKEN, timeout=0.05)
        self.server.hang()
        with self.assertRaises(Unreachable):
            transport.post("start", {})
        self.server.release()
        self.assertEqual(transport.post("start", {}).status, 200)
        self.server.down()
        transport.close()
        with self.assertRaises(Unreachable):
            transport.post("start", {})

    def test_an_answer_that_is_no_json_object_is_an_empty_one(self):
        for body in ([1], "x", None):
            with mock.patch.object(self.server, "receive", return_value=(200, body, {})):
                self.assertEqual(Transport(self.server.url, TASK, TOKEN).post("start", {}), Reply(200, {}, None))


if __name__ == "__main__":
    unittest.main()
