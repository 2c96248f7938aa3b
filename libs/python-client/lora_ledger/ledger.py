"""The object a training script holds."""

from __future__ import annotations

import atexit
import os
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Dict, Mapping, Optional, Tuple, Type, Union

from . import messages
from .bodies import fail_body, finish_body, start_body
from .diagnostics import WarnOnce, logger
from .messages import Message
from .pipeline import Pipeline
from .points import LONGEST_KEY, Number, Sample, as_amount, as_number, as_step
from .settings import EXIT_TIMEOUT_SECONDS, HEARTBEAT_SECONDS, default_spool_dir, read_settings
from .spool import Target
from .transport import REQUEST_TIMEOUT_SECONDS

_NOBODY = -1


class Ledger:
    """
    Reports one training. After construction no method raises, blocks (except `flush` and `close`, for a bounded
    time) or needs the server to be there: reports go to a spool on disk and from there to the server, in order.

    Only the process that made it reports: in forked data loaders every method is without effect. The same holds
    for pickled or copied ledgers.
    """

    def __init__(
        self,
        url: str,
        task_id: str,
        token: str,
        spool_dir: Optional[Union[str, "os.PathLike[str]"]] = None,
        *,
        heartbeat_seconds: float = HEARTBEAT_SECONDS,
        exit_timeout: float = EXIT_TIMEOUT_SECONDS,
        request_timeout: float = REQUEST_TIMEOUT_SECONDS,
        log_captured: bool = False,
    ) -> None:
        """
        `url`: the ledger's address; `spool_dir`: default `~/.lora-ledger/spool`; times in seconds;
        `exit_timeout`: how long `close` and the end of the process wait for the last delivery;
        `log_captured`: somebody else ships standard output, `log` only prints.

        Begins by delivering what an earlier process left in the spool for this task. Raises ValueError for an
        address or token that cannot be one.
        """
        root = default_spool_dir() if spool_dir is None else Path(spool_dir)
        pipeline = Pipeline(Target(url, task_id, token), root, heartbeat_seconds, request_timeout)
        self._set_up(pipeline, os.getpid(), log_captured, exit_timeout)
        atexit.register(self.close)

    def _set_up(self, pipeline: Optional[Pipeline], pid: int, log_captured: bool, exit_timeout: float) -> None:
        self._pipeline = pipeline
        self._pid = pid
        self._log_captured = log_captured
        self._exit_timeout = exit_timeout
        self._ended = False
        self._warn = WarnOnce()

    @classmethod
    def from_env(cls) -> "Ledger":
        """
        The ledger that `LEDGER_URL`, `LEDGER_TASK_ID` and `LEDGER_TASK_TOKEN` name. Never raises: when one is missing
        or unusable, or this is not the main process of a distributed training (`RANK` above 0), a ledger without
        effect, so that the script runs just the same.
        """
        settings = read_settings()
        missing = settings.missing()
        if missing is not None:
            logger.info("%s is not set: this training is not reported.", missing)
            return cls.inert(settings.log_captured)
        if settings.rank > 0:
            logger.info("Rank %d does not report, rank 0 does.", settings.rank)
            return cls.inert(settings.log_captured)
        try:
            return cls(
                settings.url or "",
                settings.task_id or "",
                settings.token or "",
                settings.spool_dir,
                heartbeat_seconds=settings.heartbeat_seconds,
                exit_timeout=settings.exit_timeout_seconds,
                log_captured=settings.log_captured,
            )
        except Exception as error:
            logger.warning("This training is not reported: %s", error)
            return cls.inert(settings.log_captured)

    @classmethod
    def inert(cls, log_captured: bool = False) -> "Ledger":
        """A ledger without effect, except that `log` prints."""
        ledger = cls.__new__(cls)
        ledger._set_up(None, _NOBODY, log_captured, 0.0)
        return ledger

    def start(
        self,
        total_steps: Optional[int] = None,
        host: Optional[str] = None,
        gpu: Optional[str] = None,
        env: Optional[Mapping[str, object]] = None,
    ) -> None:
        """
        The training begins. `host`, `gpu` and `env` (versions of Python and the training packages) are found out
        when absent; the values of variables that look like credentials are masked.
        """
        pipeline = self._mine()
        if pipeline is None:
            return
        body = start_body(self._pid, total_steps, host, gpu, env, self._warn)
        pipeline.recorder.total_steps = body.get("totalSteps")
        pipeline.recorder.message(Message(messages.START, body))

    def progress(self, step: int, epoch: Optional[float] = None, **metrics: object) -> None:
        """
        The `metrics` of one `step` (≥ 0): numbers, NumPy scalars, one-element tensors; NaN and infinities are kept.
        What is no number is skipped with a warning. A key is recorded once per step, the first value counts.

        Costs a few microseconds for plain numbers; a tensor on a GPU is read at once, which waits for the GPU.
        """
        if self._pid != os.getpid() or self._pipeline is None:
            return
        values: Dict[str, Number] = {}
        for key, value in metrics.items():
            if not 0 < len(key) <= LONGEST_KEY:
                self._warn("key", "The metric %.20r… is skipped: a key has 1 to %d characters.", key, LONGEST_KEY)
                continue
            try:
                values[key] = as_number(value)
            except Exception:
                self._warn(f"metric {key}", "Metric %r is skipped: %s is not a number.", key, type(value).__name__)
        try:
            sample = Sample(as_step(step), None if epoch is None else as_amount(epoch), time.time(), values)
        except Exception as error:
            self._warn("step", "A progress report is skipped: %s", error)
            return
        self._pipeline.recorder.sample(sample)

    def log(self, text: str) -> None:
        """
        Adds a line (or lines) to the task's log. Prints instead where a worker captures standard output
        (`LEDGER_LOG_CAPTURED=1`) and where there is no ledger.
        """
        line = str(text)
        if not line.endswith("\n"):
            line += "\n"
        if self._log_captured or self._pid == _NOBODY:
            print(line, end="", flush=True)
            return
        pipeline = self._mine()
        if pipeline is not None:
            pipeline.recorder.log(line)

    def finish(
        self,
        output: Optional[Union[str, "os.PathLike[str]"]] = None,
        metrics: Optional[Mapping[str, object]] = None,
        gpu_seconds: Optional[float] = None,
    ) -> None:
        """The training succeeded. `output`: path of the trained LoRA; `metrics`: final values; `gpu_seconds`: GPUs × seconds."""
        pipeline = self._mine()
        if pipeline is None:
            return
        self._ended = True
        pipeline.recorder.message(Message(messages.FINISH, finish_body(output, metrics, gpu_seconds, self._warn)))

    def fail(self, error: Union[str, BaseException], reason: Optional[str] = None) -> None:
        """
        The training failed. `error`: text, or an exception, whose traceback is sent; credentials are masked.
        `reason`: one of `bodies.REASONS` (`OOM`, `NAN_LOSS`, `DATA`, …); absent, the server reads it from the text.
        """
        pipeline = self._mine()
        if pipeline is None:
            return
        self._ended = True
        pipeline.recorder.message(Message(messages.FAIL, fail_body(error, reason, pipeline.mask, self._warn)))

    @property
    def cancel_requested(self) -> bool:
        """Whether somebody cancelled the task, as of the last heartbeat. Cheap enough for every step."""
        return self._pipeline is not None and self._pipeline.sender.cancel_requested

    def flush(self, timeout: float = EXIT_TIMEOUT_SECONDS) -> bool:
        """Waits at most `timeout` seconds until everything reported so far is delivered; whether it is."""
        pipeline = self._mine()
        return pipeline is None or pipeline.flush(timeout)

    def close(self) -> None:
        """
        Delivers what it can within the exit timeout and ends reporting. What is left stays in the spool, and a line
        on standard error says how to deliver it. The end of the process does this by itself.
        """
        pipeline = self._mine()
        if pipeline is None:
            return
        self._pid = _NOBODY
        atexit.unregister(self.close)
        try:
            pipeline.close(self._exit_timeout)
        except Exception:
            logger.debug("Closing failed.", exc_info=True)

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        """An exception is reported with `fail` and passed on; without one, `finish` remains the script's to say."""
        if error is not None and not self._ended and not self.cancel_requested:
            self._report_exit(error)
        self.close()

    def __reduce__(self) -> Tuple[Any, ...]:
        # Spawned data loaders pickle what they are given; reporting stays with the process that trains.
        return (Ledger.inert, ())

    def _report_exit(self, error: BaseException) -> None:
        if isinstance(error, SystemExit):
            if error.code in (None, 0):
                return
            text = error.code if isinstance(error.code, str) else f"The script ended with exit code {error.code}."
            self.fail(text)
        elif isinstance(error, KeyboardInterrupt):
            self.fail("The training was interrupted from the keyboard (KeyboardInterrupt).")
        else:
            self.fail(error)

    def _mine(self) -> Optional[Pipeline]:
        return self._pipeline if self._pid == os.getpid() else None
