import math
import unittest

from support import FolderTest

from config_file import parse_flat_yaml, read_config
from failures import ConfigError


def parse(text):
    return parse_flat_yaml(text, lambda note: None)


class FlatYaml(FolderTest):
    def test_reads_scalars_with_the_types_of_yaml_1_2(self):
        config = parse(
            "---\n# a comment\nlora_rank: 8\nlearning_rate: 2e-4\nalpha: 1.5\nhalf: .5\non: true\noff: False\n"
            "none: null\ntilde: ~\nempty:\nname: my run # the best\npath: ./a#b\nurl: http://x/y\n"
        )
        self.assertEqual(
            config,
            {
                "lora_rank": 8, "learning_rate": 2e-4, "alpha": 1.5, "half": 0.5, "on": True, "off": False,
                "none": None, "tilde": None, "empty": None, "name": "my run", "path": "./a#b", "url": "http://x/y",
            },
        )  # fmt: skip
        self.assertIsInstance(config["lora_rank"], int)

    def test_reads_both_kinds_of_quotes(self):
        config = parse("a: \"12\"\nb: 'it''s' # no\nc: \"line\\n\\u00e9 # in\"\n\"d e\": 'true'\n")
        self.assertEqual(config, {"a": "12", "b": "it's", "c": "line\né # in", "d e": "true"})

    def test_reads_the_special_numbers(self):
        config = parse("a: .nan\nb: -.inf\n")
        self.assertTrue(math.isnan(config["a"]))
        self.assertEqual(config["b"], -math.inf)

    def test_skips_nested_blocks_lists_and_block_texts_and_says_so_once(self):
        notes = []
        config = parse_flat_yaml(
            "a: 1\nnetwork:\n  rank: 4\n  deep:\n    x: 1\nlist:\n- 1\n- 2\nflow: [1, 2]\nnote: |\n  a: 5\nz: 2\n",
            notes.append,
        )
        self.assertEqual(config, {"a": 1, "z": 2})
        self.assertEqual(len(notes), 1)
        self.assertIn("network, list, flow, note", notes[0])

    def test_refuses_what_is_no_key_and_value_with_the_line_number(self):
        for text, line in (
            ("a: 1\nnonsense\n", 2),
            ("  a: 1\n", 1),
            ("a: 'x\n", 1),
            ('a: 1\nb: "x" y\n', 2),
            ("- a\n", 1),
            ('a: "\\q"', 1),
        ):
            with self.subTest(text=text), self.assertRaisesRegex(ConfigError, f"line {line}"):
                parse(text)

    def test_refuses_a_key_given_twice(self):
        with self.assertRaisesRegex(ConfigError, "a is given twice"):
            parse("a: 1\na: 2\n")


class ConfigFiles(FolderTest):
    def read(self, name, data):
        path = self.folder / name
        path.write_bytes(data)
        return read_config(path, lambda note: None)

    def test_json_and_yaml_files_hold_the_same(self):
        self.assertEqual(
            self.read("c.json", b'{"lora_rank": 8, "name": "x"}'), self.read("c.yaml", b"lora_rank: 8\nname: x\n")
        )

    def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(self):
        self.assertEqual(self.read("c.yaml", b"\xef\xbb\xbfa: 1\r\nb: x\r\n"), {"a": 1, "b": "x"})

    def test_refuses_files_that_cannot_be_read_as_a_config(self):
        for name, data in (("c.json", b"[1]"), ("c.json", b"{"), ("c.yaml", b"\xff\xfe\x00")):
            with self.subTest(data=data), self.assertRaises(ConfigError):
                self.read(name, data)
        with self.assertRaisesRegex(ConfigError, "cannot be read"):
            read_config(self.folder / "absent.yaml", lambda note: None)


if __name__ == "__main__":
    unittest.main()
