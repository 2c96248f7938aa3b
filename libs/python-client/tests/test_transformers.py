import sys
import types
import unittest
from unittest import mock

from support import LedgerTest


class TrainerCallback:
    """The part of transformers.TrainerCallback that matters: a class with these hooks, called with keywords."""

    def on_train_begin(self, args, state, control, **kwargs): ...
    def on_step_end(self, args, state, control, **kwargs): ...
    def on_log(self, args, state, control, **kwargs): ...
    def on_train_end(self, args, state, control, **kwargs): ...


class Trainer:
    """Calls its callback as transformers.Trainer does: log every step, a summary, then the end."""

    def __init__(self, callback, steps=4, main=True, world_size=1):
        self.callback = callback
        self.args = types.SimpleNamespace(output_dir="/out/lora", world_size=world_size)
        self.state = types.SimpleNamespace(max_steps=steps, global_step=0, epoch=0.0, is_world_process_zero=main)
        self.control = types.SimpleNamespace(should_training_stop=False)

    def call(self, event, **kwargs):
        getattr(self.callback, event)(self.args, self.state, self.control, model=object(), **kwargs)

    def train(self, after_step=lambda step: None):
        self.call("on_train_begin")
        for step in range(1, self.state.max_steps + 1):
            self.state.global_step, self.state.epoch = step, step / self.state.max_steps
            self.call("on_step_end")
            if self.control.should_training_stop:
                break
            self.call("on_log", logs={"loss": 1 / step, "learning_rate": 1e-4, "epoch": self.state.epoch, "note": "text"})
            after_step(step)
        self.call("on_log", logs={"train_runtime": 1.5, "epoch": self.state.epoch})
        self.call("on_train_end")


class Callback(LedgerTest):
    def setUp(self):
        super().setUp()
        fake = types.ModuleType("transformers")
        fake.TrainerCallback = TrainerCallback
        self.enterContext_(mock.patch.dict(sys.modules, transformers=fake))
        sys.modules.pop("lora_ledger.transformers", None)
        from lora_ledger.transformers import LedgerCallback
        self.LedgerCallback = LedgerCallback

    def test_a_training_is_reported_from_begin_to_end(self):
        ledger = self.ledger()
        Trainer(self.LedgerCallback(ledger)).train()
        ledger.close()
        self.assertEqual(self.server.bodies("start")[0]["totalSteps"], 4)
        self.assertEqual(self.server.steps("loss"), [1, 2, 3, 4])
        self.assertEqual({key for key, _ in self.server.points}, {"loss", "learning_rate", "train_runtime"})
        [finish] = self.server.bodies("finish")
        self.assertEqual(finish, {"output": "/out/lora", "metrics": {"loss": 0.25, "learning_rate": 1e-4, "train_runtime": 1.5}})

    def test_a_cancelled_training_stops_at_the_next_step_and_is_no_success(self):
        ledger = self.ledger(heartbeat_seconds=0.05)

        def cancel(step):
            if step == 2:
                ledger.flush(5.0)
                self.server.cancel_requested = True
                self.server.wait_for(lambda: ledger.cancel_requested)

        trainer = Trainer(self.LedgerCallback(ledger))
        trainer.train(after_step=cancel)
        ledger.close()
        self.assertEqual(trainer.state.global_step, 3)
        self.assertEqual(self.server.bodies("finish"), [])

    def test_one_of_several_processes_does_not_stop_alone(self):
        ledger = mock.Mock(cancel_requested=True)
        trainer = Trainer(self.LedgerCallback(ledger), world_size=2)
        trainer.train()
        self.assertEqual(trainer.state.global_step, 4)

    def test_processes_other_than_the_main_one_say_nothing(self):
        ledger = mock.Mock(cancel_requested=False)
        Trainer(self.LedgerCallback(ledger), main=False).train()
        self.assertEqual(ledger.mock_calls, [])

    def test_the_script_may_say_itself_when_it_has_finished(self):
        ledger = self.ledger()
        Trainer(self.LedgerCallback(ledger, finish_on_train_end=False)).train()
        ledger.close()
        self.assertEqual(self.server.state, "RUNNING")


if __name__ == "__main__":
    unittest.main()
