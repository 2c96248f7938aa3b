"""The reporter that training scripts use to tell LoRA Ledger how they are doing."""

from .ledger import Ledger
from .version import __version__

__all__ = ["Ledger", "__version__"]
