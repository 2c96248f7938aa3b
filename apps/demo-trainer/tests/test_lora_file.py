import hashlib
import json
import random
import struct
import unittest

from support import FolderTest

from failures import ConfigError
from lora_file import load_base, load_lora, read_safetensors, save_base, save_lora, write_safetensors
from lora_model import LoraModel
from make_base import random_base


def split(path):
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    return data[8 : 8 + length], data[8 + length :]


class SafetensorsFiles(FolderTest):
    def setUp(self):
        super().setUp()
        self.path = self.folder / "x.safetensors"

    def test_what_was_written_is_read(self):
        tensors = {"a": ([2, 2], [1.0, 2.0, 3.0, 4.5]), "scalar": ([], [0.25])}
        write_safetensors(self.path, tensors, {"ss_seed": "1"})
        read, metadata = read_safetensors(self.path)
        self.assertEqual({name: (shape, list(values)) for name, (shape, values) in read.items()}, tensors)
        self.assertEqual(metadata["ss_seed"], "1")

    def test_the_container_is_as_the_format_says(self):
        write_safetensors(self.path, {"a": ([1], [1.0])}, {"note": "é"})
        header, body = split(self.path)
        self.assertEqual(len(header) % 8, 0)
        self.assertTrue(header.startswith(b"{"))
        self.assertEqual(json.loads(header)["a"], {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]})
        self.assertEqual(body, struct.pack("<f", 1.0))

    def test_the_hashes_are_those_of_the_bytes(self):
        count = 0x110000 // 4 + 1000
        rng = random.Random(0)
        for values in ([1.0], [rng.random() for _ in range(count)]):
            write_safetensors(self.path, {"a": ([len(values)], values)}, {})
            metadata = read_safetensors(self.path)[1]
            window = self.path.read_bytes()[0x100000:0x110000]
            self.assertEqual(metadata["sshs_model_hash"], hashlib.sha256(split(self.path)[1]).hexdigest())
            self.assertEqual(metadata["sshs_legacy_hash"], hashlib.sha256(window).hexdigest()[:8])

    def test_a_failed_write_leaves_the_old_file_and_nothing_else(self):
        write_safetensors(self.path, {"a": ([1], [1.0])}, {})
        before = self.path.read_bytes()
        self.path.rename(self.folder / "kept")
        self.path.mkdir()  # a folder in the way: the rename at the end fails
        with self.assertRaises(OSError):
            write_safetensors(self.path, {"a": ([1], [2.0])}, {})
        self.assertEqual((self.folder / "kept").read_bytes(), before)
        self.assertEqual(list(self.folder.glob(".*.tmp")), [])

    def test_refuses_damaged_files(self):
        write_safetensors(self.path, {"a": ([2], [1.0, 2.0])}, {})
        header, body = split(self.path)
        length = struct.pack("<Q", len(header))
        damaged = {
            "cut off": length + header + body[:-1],
            "no header": b"\x05",
            "header longer than the file": struct.pack("<Q", 2**63) + header,
            "no JSON": struct.pack("<Q", 4) + b"{{{{",
            "no object": struct.pack("<Q", 2) + b"[]",
            "other type": length + header.replace(b"F32", b"F16") + body,
            "wrong shape": length + header.replace(b"[2]", b"[3]") + body,
            "negative place": struct.pack("<Q", 63)
            + b'{"a": {"dtype": "F32", "shape": [2], "data_offsets": [-8, 0]}}  ',
        }
        for name, data in damaged.items():
            self.path.write_bytes(data)
            with self.subTest(name), self.assertRaises(ConfigError):
                read_safetensors(self.path)


class LoraFiles(FolderTest):
    def setUp(self):
        super().setUp()
        self.path = self.folder / "lora.safetensors"
        rng = random.Random(1)
        self.base = random_base(rng)
        self.model = LoraModel(self.base, 2, 4.0, rng)
        for row in self.model.parameters():
            row[:] = [value + 0.05 for value in row]
        save_lora(self.path, self.model, {})

    def rebuild(self, alpha):
        return LoraModel(self.base, 2, alpha, random.Random(0), load_lora(self.path, self.base, 2, alpha))

    def test_names_are_those_of_sd_scripts(self):
        names = set(read_safetensors(self.path)[0])
        parts = ("alpha", "lora_down.weight", "lora_up.weight")
        self.assertEqual(
            names, {f"lora_lm_{layer}.{part}" for layer in ("hidden1", "hidden2", "output") for part in parts}
        )

    def test_a_loaded_lora_computes_what_the_saved_one_did_also_under_another_alpha(self):
        contexts, targets = [[5, 6, 7, 8, 9, 10, 11, 12]], [4]
        for alpha in (4.0, 1.0):
            self.assertAlmostEqual(
                self.rebuild(alpha).loss(contexts, targets), self.model.loss(contexts, targets), places=5
            )

    def test_refuses_a_file_of_another_rank_or_another_kind(self):
        with self.assertRaisesRegex(ConfigError, "has rank 2, but the config says lora_rank 8"):
            load_lora(self.path, self.base, 8, 4.0)
        other = self.folder / "base.safetensors"
        save_base(other, self.base, {})
        with self.assertRaisesRegex(ConfigError, "no LoRA for this model"):
            load_lora(other, self.base, 2, 4.0)
        with self.assertRaisesRegex(ConfigError, "not a base model"):
            load_base(self.path)

    def test_refuses_a_base_model_whose_layers_do_not_fit_together(self):
        path = self.folder / "base.safetensors"
        save_base(path, self.base, {})
        self.assertEqual(len(load_base(path).weights["output"]), len(self.base.weights["output"]))
        for rows in (self.base.embedding, self.base.weights["hidden2"], self.base.weights["output"]):
            row = rows.pop()
            save_base(path, self.base, {})
            with self.assertRaisesRegex(ConfigError, "do not fit together"):
                load_base(path)
            rows.append(row)


if __name__ == "__main__":
    unittest.main()
