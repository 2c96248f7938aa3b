import unittest

from support import FolderTest

from dataset import WINDOW, make_samples, read_documents, split_samples
from failures import DataError
from lora_model import ALPHABET, CONTEXT


def decode(codes):
    return "".join(ALPHABET[code] for code in codes)


class Documents(FolderTest):
    def read(self, metadata=None, notes=None):
        return read_documents(self.data, metadata, [].append if notes is None else notes.append)

    def test_paragraphs_of_all_text_files_in_the_order_of_their_names(self):
        (self.data / "log.txt").write_text("b one\nb two\n\n \nb three\n", encoding="utf-8")
        (self.data / "a.txt").write_text("a", encoding="utf-8")
        (self.data / "picture.png").write_bytes(b"\xff")
        self.assertEqual(self.read(), ["a", "b one\nb two", "b three"])

    def test_lines_of_a_jsonl_file_are_documents_too(self):
        metadata = self.folder / "metadata.jsonl"
        metadata.write_text('{"text": "first"}\n\n{"text": "second", "n": 1}\n', encoding="utf-8")
        (self.data / "log.txt").unlink()
        self.assertEqual(self.read(metadata), ["first", "second"])

    def test_another_metadata_file_is_ignored_with_a_note(self):
        notes = []
        self.assertTrue(self.read(self.folder / "metadata.csv", notes))
        self.assertIn("metadata.csv is ignored", notes[0])

    def test_refuses_a_folder_that_is_missing_empty_or_not_text(self):
        (self.data / "log.txt").write_bytes(b"\xff\xfe")
        with self.assertRaisesRegex(DataError, "not UTF-8"):
            self.read()
        (self.data / "log.txt").write_text(" \n", encoding="utf-8")
        with self.assertRaisesRegex(DataError, "no training data"):
            self.read()
        with self.assertRaisesRegex(DataError, "does not exist"):
            read_documents(self.folder / "absent", None, print)

    def test_refuses_a_jsonl_file_that_is_missing_or_has_a_bad_line(self):
        metadata = self.folder / "metadata.jsonl"
        with self.assertRaisesRegex(DataError, "cannot be read"):
            self.read(metadata)
        for line in ('{"caption": "x"}', "not json", '["text"]', '{"text": 5}'):
            metadata.write_text('{"text": "fine"}\n' + line, encoding="utf-8")
            with self.subTest(line=line), self.assertRaisesRegex(DataError, "line 2"):
                self.read(metadata)


class Samples(unittest.TestCase):
    def test_the_windows_of_a_document_predict_each_of_its_characters_once(self):
        samples = make_samples("the gull is on the wall")
        self.assertEqual("".join(decode(targets) for _, targets in samples), "the gull is on the wall\n\n")
        self.assertTrue(all(len(targets) == WINDOW for _, targets in samples[:-1]))

    def test_a_context_is_the_characters_before_its_target(self):
        (contexts, targets), *_ = make_samples("the gull is on the wall")
        self.assertEqual(decode(contexts[0]), "\n" * CONTEXT)
        self.assertEqual(decode(contexts[5]), "\n" * 3 + "the g")
        self.assertEqual(decode(targets[5:6]), "u")

    def test_every_eighth_document_is_held_out_and_no_part_of_it_is_trained_on(self):
        training, held_out = split_samples([f"document {n}" for n in range(16)])
        self.assertEqual("".join(decode(t) for _, t in held_out), "document 7\n\ndocument 15\n\n")
        self.assertNotIn("document 7", "".join(decode(t) for _, t in training))

    def test_of_a_single_document_the_end_is_held_out(self):
        training, held_out = split_samples(["x" * 158])
        self.assertEqual((len(training), len(held_out)), (18, 2))

    def test_refuses_a_text_too_short_to_hold_anything_out(self):
        with self.assertRaisesRegex(DataError, "no training data"):
            split_samples(["x"])


if __name__ == "__main__":
    unittest.main()
