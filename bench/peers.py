"""The contestants, each installed into an environment of its own, as a person would from PyPI."""

from __future__ import annotations

import json
import subprocess
import venv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from . import generation
from .measure import HERE, Contestant

ENVIRONMENTS = HERE.parent / ".nox" / "bench-peers"


@dataclass(frozen=True)
class Peer:
    """What is installed, and the programs that use it."""

    requirements: tuple[str, ...]
    program: str
    once: str
    shown: tuple[str, ...]
    generate: Callable[[Path], None] | None = None


FIRST = {
    "httpx": Peer(("httpx==0.28.1",), "httpx_plain.py", "httpx", ("httpx", "httpcore", "anyio")),
    # Without extras: what `pip install pascom-facade` gives.
    "ours": Peer(("--editable", str(HERE.parent)), "ours.py", "ours", ("pascom-facade", "httpx", "msgspec")),
}
# By hand with other HTTP clients: they are in the rows of calls only, and show where the limit lies.
CALLERS = {
    "aiohttp": Peer(("aiohttp==3.14.5",), "aiohttp_plain.py", "", ("aiohttp",)),
    "pyreqwest": Peer(("pyreqwest==0.15.1",), "pyreqwest_plain.py", "", ("pyreqwest",)),
}
PEERS = {
    "opc": Peer(
        ("httpx==0.28.1", "attrs==26.1.0", "python-dateutil"),
        "generated.py",
        "generated",
        ("httpx", "attrs"),
        generation.bare_client,
    ),
    "ogc": Peer(
        ("openapi-generator-cli==7.26.0", "urllib3", "pydantic", "python-dateutil", "typing-extensions"),
        "openapi_generator.py",
        "ogc",
        ("openapi-generator-cli", "urllib3", "pydantic"),
        generation.openapi_generator_client,
    ),
}


def install(names: list[str]) -> list[Contestant]:
    return [_install(name, (FIRST | CALLERS | PEERS)[name]) for name in names]


def _install(name: str, peer: Peer) -> Contestant:
    place = ENVIRONMENTS / name
    python = place / "bin" / "python"
    if not python.exists():
        venv.create(place, with_pip=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *peer.requirements], check=True, stderr=subprocess.DEVNULL)
    if peer.generate:
        peer.generate(place)
    return Contestant(name, peer.program, str(python), peer.once)


def versions(contestants: list[Contestant]) -> str:
    """One line: what was installed for each."""
    code = "import importlib.metadata as m, json; print(json.dumps({d.name: d.version for d in m.distributions()}))"
    parts = []
    for contestant in contestants:
        found = json.loads(subprocess.check_output([contestant.python, "-c", code]))
        shown = (FIRST | CALLERS | PEERS)[contestant.name].shown
        parts.append(f"{contestant.name}: " + ", ".join(f"{name} {found[name]}" for name in shown if name in found))
    return "; ".join(parts) + "."
