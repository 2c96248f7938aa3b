import errno
import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from support import TASK, script_environment, warnings_of_ledger
from lora_ledger.filelock import FileLock
from lora_ledger.messages import Message
from lora_ledger.overflow import Overflow
from lora_ledger.segments import BEGINNING, Segments
from lora_ledger.spool import Spool, Target, folder_name

TARGET = Target("http://127.0.0.1:9", TASK, "token")


def point(step):
    return Message("progress", {"step": step})


class FolderTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)

    def spool(self, **options):
        return Spool(self.root, TARGET, **options)

    def taken(self, spool, most=10_000):
        """The steps of the messages that leave the spool, at most `most` of them."""
        steps = []
        with spool.turn() as held:
            self.assertTrue(held)
            while len(steps) < most:
                entry = spool.head()
                if entry is None:
                    break
                steps.append(entry.message.body.get("step"))
                spool.done(entry)
        return steps


class ASpool(FolderTest):
    def test_messages_leave_in_the_order_in_which_they_came_also_after_a_restart(self):
        self.spool().append([point(1), point(2)])
        spool = self.spool()
        spool.append([point(3)])
        self.assertEqual(self.taken(spool, most=1), [1])
        self.assertEqual(self.taken(self.spool()), [2, 3])
        self.assertEqual(self.taken(self.spool()), [])

    def test_a_message_stays_until_it_is_done(self):
        spool = self.spool()
        spool.append([point(1)])
        self.assertEqual(spool.head().message, spool.head().message)
        self.assertEqual(spool.count(), 1)

    def test_delivered_files_are_deleted_while_the_spool_is_in_use(self):
        spool = self.spool(segment_bytes=200)
        for step in range(100):
            spool.append([point(step)])
            self.assertEqual(self.taken(spool), [step])
            self.assertLessEqual(len(list((self.root / TASK).glob("*.jsonl"))), 2)

    def test_a_backlog_over_many_files_keeps_its_order(self):
        for step in range(0, 300, 3):
            self.spool(segment_bytes=100).append([point(step), point(step + 1), point(step + 2)])
        self.assertGreaterEqual(len(list((self.root / TASK).glob("*.jsonl"))), 50)
        spool = self.spool()
        self.assertEqual(spool.count(), 300)
        self.assertEqual(self.taken(spool), list(range(300)))

    def test_the_folder_goes_when_it_is_empty_and_comes_back_when_it_is_needed(self):
        first, second = self.spool(), self.spool()
        first.append([point(1)])
        self.assertEqual(self.taken(second), [1])
        second.remove_if_empty()
        self.assertFalse((self.root / TASK).exists())
        first.append([point(2)])
        self.assertEqual(self.taken(first), [2])
        second.append([point(3)])
        second.append([point(4)])
        self.assertEqual(self.taken(first), [3, 4])

    def test_what_comes_after_the_folder_was_removed_is_not_taken_for_delivered(self):
        spool = self.spool()
        for step in (1, 2, 3):
            spool.append([point(step)])
            self.assertEqual(self.taken(spool), [step])
            spool.remove_if_empty()
            self.assertFalse((self.root / TASK).exists())

    def test_a_folder_with_messages_is_not_removed(self):
        spool = self.spool()
        spool.append([point(1)])
        spool.remove_if_empty()
        self.assertEqual(self.taken(self.spool()), [1])

    def test_only_one_may_deliver_at_a_time(self):
        first, second = self.spool(), self.spool()
        first.append([point(1)])
        with first.turn() as mine:
            with second.turn() as theirs:
                self.assertEqual((mine, theirs), (True, False))
            with second.turn() as still:
                self.assertFalse(still)
        with second.turn() as now:
            self.assertTrue(now)

    def test_a_damaged_position_repeats_messages_and_loses_none(self):
        spool = self.spool()
        spool.append([point(1), point(2)])
        self.taken(spool, most=1)
        (self.root / TASK / "position.json").write_text("{")
        self.assertEqual(self.taken(self.spool()), [1, 2])

    def test_lines_that_are_no_messages_are_skipped(self):
        spool = self.spool()
        spool.append([point(1)])
        [file] = (self.root / TASK).glob("*.jsonl")
        with open(file, "ab") as damaged:
            damaged.write(b'[]\nnull\n["rm",{}]\n\xff\xfe\n["progress",7]\n')
        spool.append([point(2)])
        self.assertEqual(self.taken(spool), [1, 2])

    def test_at_its_limit_it_gives_up_points_but_not_the_end_of_the_task(self):
        spool = self.spool(segment_bytes=100, limit_bytes=1000)
        for step in range(200):
            spool.append([point(step)])
        spool.append([point(200), Message("finish", {"step": "end"})])
        steps = self.taken(spool)
        self.assertEqual(steps[-1], "end")
        self.assertEqual(steps[:-1], list(range(len(steps) - 1)))
        self.assertLess(len(steps), 100)

    def test_a_full_disk_leaves_no_half_line_and_no_gap_in_the_order(self):
        spool = self.spool()
        spool.append([point(1)])
        write = os.write

        def half(fd, data):
            if len(data) > 10:
                return write(fd, data[:10])
            raise OSError(errno.ENOSPC, "No space left on device")

        with mock.patch("lora_ledger.segments.os.write", half), warnings_of_ledger() as said:
            spool.append([point(2)])
            spool.append([point(3)])
            self.assertFalse(spool.kept_on_disk())
        self.assertEqual(len(said), 1)
        spool.append([point(4)])
        self.assertTrue(spool.kept_on_disk())
        self.assertEqual(self.taken(self.spool()), [1, 2, 3, 4])

    def test_a_message_on_its_way_from_memory_is_not_sent_again_when_the_disk_recovers(self):
        spool = self.spool()
        with mock.patch.object(Segments, "append", side_effect=OSError(errno.ENOSPC, "full")), warnings_of_ledger():
            spool.append([point(1), point(2)])
        with spool.turn():
            entry = spool.head()
            spool.append([point(3)])
            spool.done(entry)
        spool.append([point(4)])
        self.assertTrue(spool.kept_on_disk())
        self.assertEqual(self.taken(spool), [2, 3, 4])

    def test_what_cannot_be_saved_about_the_position_is_remembered(self):
        spool = self.spool()
        spool.append([point(1), point(2), point(3)])
        with mock.patch("lora_ledger.bookmark.write_json", side_effect=OSError(errno.ENOSPC, "full")):
            self.assertEqual(self.taken(spool, most=1), [1])
            self.assertEqual(self.taken(spool, most=1), [2])
        self.assertEqual(self.taken(spool), [3])

    def test_a_task_id_cannot_lead_out_of_the_folder(self):
        for task in ("../../etc", "..", ".", "a/b", "a\\b", "c:d"):
            name = folder_name(task)
            self.assertEqual((self.root / name).parent, self.root)
            self.assertNotRegex(name, r"[./\\:]")
        self.assertEqual(folder_name(TASK), TASK)


class WaitingInMemory(unittest.TestCase):
    def test_memory_is_bounded_and_the_end_of_the_task_always_fits(self):
        overflow = Overflow(limit_bytes=200)
        self.assertTrue(overflow.add([point(1)]))
        self.assertFalse(overflow.add([point(step) for step in range(100)]))
        overflow.add([Message("finish", {})])
        self.assertLess(sum(map(len, overflow.lines())), 250)
        self.assertEqual(overflow.lines()[-1], Message("finish", {}).encode())


class SegmentFiles(FolderTest):
    def test_several_processes_append_whole_lines(self):
        code = (
            "import sys; from pathlib import Path; from lora_ledger.segments import Segments\n"
            "segments = Segments(Path(sys.argv[1]), 2000)\n"
            "for n in range(200): segments.append([f'{sys.argv[2]} {n}\\n'.encode()] * 2, 0, False)\n"
        )
        writers = [
            subprocess.Popen([sys.executable, "-c", code, str(self.root), name], env=script_environment()) for name in "ab"
        ]
        self.assertEqual([writer.wait(30) for writer in writers], [0, 0])
        segments, lines, position = Segments(self.root, 2000), [], BEGINNING
        following = segments.next_line(position)
        while following is not None:
            lines.append(following[0].decode().split())
            following = segments.next_line(following[1])
        for name in "ab":
            self.assertEqual([int(n) for who, n in lines if who == name], [n for n in range(200) for _ in range(2)])


class ALock(FolderTest):
    def test_it_excludes_others_until_it_is_released(self):
        first, second = FileLock(self.root / "lock"), FileLock(self.root / "lock")
        self.assertTrue(first.acquire(0))
        self.assertFalse(second.acquire(0.03))
        first.release()
        self.assertTrue(second.acquire(0))
        second.release()

    def test_it_is_free_after_its_holder_was_killed(self):
        code = (
            "import sys, signal; from pathlib import Path; from lora_ledger.filelock import FileLock\n"
            "lock = FileLock(Path(sys.argv[1])); print(lock.acquire(0), flush=True); sys.stdin.read()\n"
        )
        holder = subprocess.Popen([sys.executable, "-c", code, str(self.root / "lock")], env=script_environment(),
                                  stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        lock = FileLock(self.root / "lock")
        with holder:
            self.assertEqual(holder.stdout.readline().strip(), "True")
            self.assertFalse(lock.acquire(0))
            holder.kill()
            holder.wait()
        self.assertTrue(lock.acquire(1))
        lock.release()

    @unittest.skipIf(os.name == "nt", "open files cannot be removed there")
    def test_a_lock_on_a_removed_file_is_no_lock(self):
        first, second = FileLock(self.root / "lock"), FileLock(self.root / "lock")
        samestat = os.path.samestat
        removed = []

        def remove_once(a, b):
            if not removed:
                removed.append((self.root / "lock").unlink())
                (self.root / "lock").touch()
                return samestat(a, os.stat(self.root / "lock"))
            return samestat(a, b)

        with mock.patch("lora_ledger.filelock.os.path.samestat", remove_once):
            self.assertTrue(first.acquire(1))
        self.assertTrue(removed)
        self.assertFalse(second.acquire(0))
        first.release()


if __name__ == "__main__":
    unittest.main()
