"""pytest plugin: the fixture `pascom_simulator`, a simulated instance of its own for a test.

    def test_dials(pascom_simulator):
        with Pascom(pascom_simulator.server, pascom_simulator.instance, password=pascom_simulator.password) as pbx:
            pbx.dial("mpasquay", "*100")
        assert pascom_simulator.placed_calls[0].destination == "*100"

Imports nothing of the simulator until the fixture is used: every pytest run loads this module.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .server import Simulator


@pytest.fixture
def pascom_simulator() -> Iterator[Simulator]:
    """A running simulated pascom instance with 500 calls."""
    from .server import Simulator

    with Simulator() as simulator:
        yield simulator
