"""What a finished LoRA file says about its training: the `ss_*` keys of sd-scripts, each value as Python's str()."""

from __future__ import annotations

import hashlib
import json
import random
import time
from pathlib import Path
from typing import Dict, Optional

from optimizers import OPTIMIZERS
from settings import Plan, Settings


class TrainingRecord:
    """The facts of one training that its files carry; made once when the training begins."""

    def __init__(
        self, settings: Settings, plan: Plan, base_path: Path, samples: int, held_out: int, task_id: Optional[str]
    ) -> None:
        data = {settings.train_data_dir.resolve().name: {"n_repeats": 1, "img_count": samples}}
        self._facts: Dict[str, object] = {
            "ss_session_id": random.SystemRandom().randrange(2**32),
            "ss_training_started_at": time.time(),
            "ss_output_name": settings.output_name,
            "ss_training_comment": f"task {task_id}" if task_id else None,
            "ss_learning_rate": settings.learning_rate,
            "ss_optimizer": OPTIMIZERS[settings.optimizer].label,
            "ss_lr_scheduler": settings.lr_scheduler,
            "ss_lr_warmup_steps": plan.warmup,
            "ss_max_grad_norm": settings.gradient_clip,
            "ss_num_epochs": plan.epochs,
            "ss_max_train_steps": plan.steps,
            "ss_num_batches_per_epoch": plan.per_epoch,
            "ss_gradient_accumulation_steps": 1,
            "ss_num_train_images": samples,
            "ss_num_validation_images": held_out,
            "ss_num_reg_images": 0,
            "ss_batch_size_per_device": settings.batch_size,
            "ss_total_batch_size": settings.batch_size,
            "ss_network_module": "lora_model",
            "ss_network_dim": settings.lora_rank,
            "ss_network_alpha": settings.lora_alpha,
            "ss_network_dropout": settings.dropout or None,
            "ss_network_args": json.dumps({}),
            "ss_v2": False,
            "ss_base_model_version": "char_lm_v1",
            "ss_sd_model_name": base_path.name,
            "ss_new_sd_model_hash": hashlib.sha256(base_path.read_bytes()).hexdigest(),
            "ss_mixed_precision": "no",
            "ss_seed": settings.seed,
            "ss_dataset_dirs": json.dumps(data, ensure_ascii=False),
        }

    def metadata(self, step: int, epoch: int) -> Dict[str, str]:
        """The metadata of a file written now, after `step` optimizer steps, in or at the end of `epoch`."""
        now = {"ss_steps": step, "ss_epoch": epoch, "ss_training_finished_at": time.time()}
        return {key: str(value) for key, value in {**self._facts, **now}.items()}
