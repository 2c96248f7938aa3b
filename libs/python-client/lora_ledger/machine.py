"""What is worth knowing about the host a training runs on. Looks only at what is loaded already."""

from __future__ import annotations

import platform
import socket
import sys
from typing import Dict, Optional

# Those whose version explains a result; they are read from the loaded modules, nothing is imported for it.
_PACKAGES = ("torch", "diffusers", "transformers", "peft", "accelerate", "bitsandbytes", "numpy")


def host_name() -> Optional[str]:
    """The name of this host; None when the system does not know it."""
    try:
        return socket.gethostname() or None
    except OSError:
        return None


def gpu_name() -> Optional[str]:
    """
    E.g. "2 × NVIDIA A100"; None without PyTorch or before the script has begun to use CUDA: beginning
    here would break data loaders that fork later.
    """
    try:
        cuda = sys.modules["torch"].cuda
        if not cuda.is_initialized():
            return None
        name, count = str(cuda.get_device_name(0)), int(cuda.device_count())
        return name if count == 1 else f"{count} × {name}"
    except Exception:
        return None


def versions() -> Dict[str, str]:
    """Python, system, and the versions of the loaded training packages."""
    found = {"python": platform.python_version(), "platform": platform.platform()}
    for name in _PACKAGES:
        version = getattr(sys.modules.get(name), "__version__", None)
        if version is not None:
            found[name] = str(version)
    return found
