"""`locate ADDRESS` and `download ADDRESS -o FILE`: arguments and output; the work is in the steps' modules."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]


def add_to(commands: Commands) -> None:
    """Add this module's commands to the door."""
