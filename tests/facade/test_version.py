"""One version: the installed package's, and what an instance gets to see."""

from __future__ import annotations

from importlib.metadata import version

from pascom_facade import Pascom, __version__
from pascom_facade.simulator import Simulator


def test_the_instance_is_told_the_version_of_the_package(pascom_simulator: Simulator) -> None:
    with Pascom.from_env(pascom_simulator.environment) as pbx:
        pbx.states(["mpasquay"])
    (request,) = pascom_simulator.requests
    assert request.headers["user-agent"] == f"pascom-facade/{__version__}"
    assert version("pascom-facade") == __version__
