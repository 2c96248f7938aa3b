import os
import unittest
from pathlib import Path
from unittest import mock

from support import warnings_of_ledger
from lora_ledger import bodies, machine
from lora_ledger.bodies import fail_body, finish_body, start_body
from lora_ledger.diagnostics import WarnOnce


class Start(unittest.TestCase):
    def test_host_and_versions_are_found_out(self):
        body = start_body(7, 100, None, None, None, WarnOnce())
        self.assertEqual((body["pid"], body["totalSteps"], body["host"]), (7, 100, machine.host_name()))
        self.assertIn("python", body["env"])

    def test_credentials_in_env_are_masked(self):
        body = start_body(7, None, "h", "g", {"WANDB_API_KEY": "abc", "CUDA_VISIBLE_DEVICES": "0"}, WarnOnce())
        self.assertEqual(body["env"], {"WANDB_API_KEY": "***", "CUDA_VISIBLE_DEVICES": "0"})
        self.assertNotIn("totalSteps", body)

    def test_what_the_server_would_refuse_is_left_out_with_a_warning(self):
        with warnings_of_ledger() as said:
            body = start_body(7, -1, "a\nb" * 200, "g", ["no", "mapping"], WarnOnce())
        self.assertEqual(set(body), {"pid", "host", "gpu"})
        self.assertEqual((len(body["host"]), "\n" in body["host"]), (255, False))
        self.assertEqual(len(said), 2)

    def test_the_gpu_is_named_only_when_the_script_uses_it(self):
        class Cuda:
            initialized = True
            def is_initialized(self): return self.initialized
            def get_device_name(self, index): return "NVIDIA A100"
            def device_count(self): return 2

        cuda = Cuda()
        with mock.patch.dict("sys.modules", torch=mock.Mock(cuda=cuda, __version__="2.4.0")):
            self.assertEqual(machine.gpu_name(), "2 × NVIDIA A100")
            self.assertEqual(machine.versions()["torch"], "2.4.0")
            cuda.initialized = False
            self.assertIsNone(machine.gpu_name())
        with mock.patch.dict("sys.modules", torch=None):
            self.assertIsNone(machine.gpu_name())


class Finish(unittest.TestCase):
    def test_paths_and_numbers_become_json(self):
        body = finish_body(Path("/out/x.safetensors"), {"loss": float("nan"), "steps": 3}, 1.5, WarnOnce())
        self.assertEqual(body, {"output": os.fspath(Path("/out/x.safetensors")), "metrics": {"loss": "NaN", "steps": 3}, "gpuSeconds": 1.5})

    def test_output_is_null_when_there_is_none(self):
        self.assertEqual(finish_body(None, None, None, WarnOnce()), {"output": None})

    def test_a_bad_detail_does_not_cost_the_success(self):
        with warnings_of_ledger() as said:
            body = finish_body("x" * 1001, "no mapping", -1, WarnOnce())
        self.assertEqual(body, {"output": None})
        self.assertEqual(len(said), 3)


class Fail(unittest.TestCase):
    def body(self, error, reason=None):
        return fail_body(error, reason, lambda text: text.replace("hush", "***"), WarnOnce())

    def test_the_end_of_a_long_text_is_kept(self):
        text = self.body("a" * 100_000 + "CUDA out of memory")["error"]
        self.assertEqual((len(text), text[-18:]), (bodies.LONGEST_ERROR, "CUDA out of memory"))

    def test_an_exception_brings_its_traceback_and_its_cause(self):
        try:
            try:
                raise KeyError("rank")
            except KeyError as cause:
                raise RuntimeError("hush") from cause
        except RuntimeError as error:
            text = self.body(error)["error"]
        self.assertIn("KeyError: 'rank'", text)
        self.assertTrue(text.endswith("RuntimeError: ***"))

    def test_there_is_always_some_text_without_nul(self):
        self.assertEqual(self.body(" \n")["error"], "no error text")
        self.assertEqual(self.body("a\x00b")["error"], "ab")

    def test_a_reason_the_ledger_does_not_know_is_left_out(self):
        self.assertEqual(self.body("x", "oom")["reason"], "OOM")
        with warnings_of_ledger() as said:
            self.assertNotIn("reason", self.body("x", "BORED"))
        self.assertEqual(len(said), 1)


if __name__ == "__main__":
    unittest.main()
