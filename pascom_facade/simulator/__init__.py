"""A simulated pascom instance: a real HTTP(S) server on loopback that behaves as the public facts say.

    from pascom_facade.simulator import Simulator

    with Simulator(calls=500) as sim:
        ...  # talk to sim.services as sim.user with sim.password; look at sim.requests, sim.placed_calls

Needs the extra `simulator`. What the vendor hasn't published is marked "assumed" and can be set (`Assumed`).
Nothing here was checked against a real phone system.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .faults import Fault
    from .options import Assumed
    from .server import Simulator

__all__ = ["Assumed", "Fault", "Simulator"]

_HOMES = {"Assumed": "options", "Fault": "faults", "Simulator": "server"}


def __getattr__(name: str) -> Any:
    # Late, because the pytest plugin of this package is imported by every pytest run of every user.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
