"""pytest plugin: the fixture `pascom_simulator`, a simulated instance of its own for a test.

    def test_dials(pascom_simulator):
        with Pascom(pascom_simulator.server, pascom_simulator.instance, password=pascom_simulator.password) as pbx:
            pbx.dial("mpasquay", "*100")
        assert pascom_simulator.placed_calls[0].destination == "*100"

    @pytest.mark.pascom_simulator(calls=2000, tls=True)  # any argument of Simulator
    def test_lists(pascom_simulator): ...

Imports nothing of the simulator until the fixture is used: every pytest run loads this module.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .server import Simulator


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "pascom_simulator(**arguments): how the fixture pascom_simulator is started, as for Simulator",
    )


@pytest.fixture
def pascom_simulator(request: pytest.FixtureRequest) -> Iterator[Simulator]:
    """A running simulated pascom instance, with 500 calls unless the test's marker says otherwise."""
    try:
        from .server import Simulator
    except ImportError as error:
        pytest.fail(
            f"pascom_simulator needs the extra 'simulator' of pascom-facade, as {error.name} is not installed",
            pytrace=False,
        )
    arguments = {}
    marker = request.node.get_closest_marker("pascom_simulator")
    if marker is not None:
        arguments = marker.kwargs
    with Simulator(**arguments) as simulator:
        yield simulator
