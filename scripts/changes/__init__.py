"""The differences between two documents that callers notice: judged in both directions, grouped for reading.

"Breaking" means: a program with the old client fails against the new instance, or its source no longer fits the
regenerated client. "Maybe" means that it depends on what the program does with it.
"""

from .compare import compare
from .model import Change, Changes, Severity

__all__ = ["Change", "Changes", "Severity", "compare"]
