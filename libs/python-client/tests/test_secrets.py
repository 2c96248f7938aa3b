import time
import unittest

import support  # noqa: F401
from lora_ledger.secrets import is_secret_name, known_secrets, mask_mapping, mask_text


class Names(unittest.TestCase):
    def test_names_of_credentials(self):
        for name in ("HF_TOKEN", "hf_token", "hfToken", "GITHUB_TOKEN_2", "LEDGER_TASK_TOKEN", "WANDB_API_KEY", "apikey", "api-key",
                     "PGPASSWORD", "DB_PASSWORD_FILE", "CLIENT_SECRET", "AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "password"):
            self.assertTrue(is_secret_name(name), name)

    def test_names_of_ordinary_settings(self):
        for name in ("TOKENIZERS_PARALLELISM", "tokenizer", "max_new_tokens", "PATH", "CUDA_VISIBLE_DEVICES", "keyboard", "secretary"):
            self.assertFalse(is_secret_name(name), name)


class Mappings(unittest.TestCase):
    def test_values_of_credentials_are_masked_at_any_depth(self):
        self.assertEqual(
            mask_mapping({"HF_TOKEN": "abc", "PATH": "/bin", "nested": {"password": "x", "list": [{"api_key": 1}, "token=abcdef"]}}),
            {"HF_TOKEN": "***", "PATH": "/bin", "nested": {"password": "***", "list": [{"api_key": "***"}, "token=***"]}},
        )


class Texts(unittest.TestCase):
    def test_credentials_in_text_are_masked(self):
        for text, masked in [
            ("login(token='abc def')", "login(token='***')"),
            ('{"wandb_api_key": "0123abcd"}', '{"wandb_api_key": "***"}'),
            ("HF_TOKEN=abcdef python train.py", "HF_TOKEN=*** python train.py"),
            ("PASSWORD: hunter2;", "PASSWORD: ***;"),
            ("hfToken = xyzxyz", "hfToken = ***"),
            ("https://user:pa55@host/x", "https://***@host/x"),
            ("Authorization: Bearer abcdefgh.ijkl", "Authorization: Bearer ***"),
            ("used hf_abcdefghijklmnopqrstuvwx here", "used *** here"),
            ("key sk-proj-abcdefghijklmnop", "key ***"),
            ("ghp_0123456789abcdefghij", "***"),
            ("AKIAABCDEFGHIJKLMNOP", "***"),
            ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "***"),
            ("-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\nrest", "***\nrest"),
        ]:
            with self.subTest(text=text):
                self.assertEqual(mask_text(text), masked)

    def test_what_only_looks_a_little_like_one_stays(self):
        for text in ("tokenizer.pad_token = tokenizer.eos_token", "max_token_length=225", "token: None", "use_auth_token=True",
                     "step 100/200, loss=0.5, lr=1e-4", 'File "/a/token.py", line 3, in password', "num_tokens: 4096", "class_token='sks'",
                     "https://huggingface.co/a/b", "mask_token: <mask>"):
            with self.subTest(text=text):
                self.assertEqual(mask_text(text), text)

    def test_values_from_the_environment_are_masked_wherever_they_stand(self):
        known = known_secrets({"A_TOKEN": "abcdefgh", "B_TOKEN": "abcdefghijkl", "C_TOKEN": "short", "PLAIN": "0123456789"})
        self.assertEqual(known, ["abcdefghijkl", "abcdefgh"])
        self.assertEqual(mask_text("x abcdefghijkl y abcdefgh short 0123456789", known), "x *** y *** short 0123456789")

    def test_long_hostile_lines_take_no_long_time(self):
        before = time.monotonic()
        for text in ("a" * 200_000, "token" * 40_000, "_token_" * 30_000, "a:" * 100_000, "x=" * 100_000, "://" * 60_000, "eyJaaaaaaaaa." * 20_000):
            mask_text(text)
        self.assertLess(time.monotonic() - before, 5.0)


if __name__ == "__main__":
    unittest.main()
