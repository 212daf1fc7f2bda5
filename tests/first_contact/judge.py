"""Judge one world: `update` ends with 0, every verb works with the new client, no operation is lost.

To be run in a process of its own (`worker`): it changes the working directory and the environment, and imports the
client that was made.
"""

from __future__ import annotations

import io
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from pascom_facade import Pascom
from pascom_facade.cli.app import run
from pascom_facade.simulator import Simulator
from scripts.regenerate import main

from ..helpers.checkouts import contents, make_checkout
from . import verbs
from .instance import Played, playing
from .oddities import TABLE, build
from .world import INSTANCE, World

CALLS = 250
"""More than an answer has by default, so that ranges and limits count."""


def judge(names: list[str], seed: int, before: list[str] | None = None) -> list[str]:
    """What is wrong with a first contact, one line each; with an upgrade, if the instance was as `before`."""
    with tempfile.TemporaryDirectory(prefix="first-contact-") as folder:
        root = make_checkout(Path(folder))
        os.chdir(root)
        _settings(root)
        with Simulator(CALLS, recording_size=5000) as simulator:
            os.environ["PASCOM_PASSWORD"] = simulator.password
            world = build(names, seed)
            if before is None:
                with playing(world, simulator) as played:
                    return list(_judged(played, root))
            earlier = build(before, seed)
            if world.publish is not None and earlier.publish is None:
                TABLE["page-as-usual"].change(earlier)
            with playing(earlier, simulator) as played:
                status, said = _update(played, root)
                if status:
                    return [f"update before the upgrade ended with {status}: {_last(said)}"]
                played.world = world
                return list(_judged(played, root, world.gone - earlier.gone))


def _judged(played: Played, root: Path, lost: set[str] | None = None) -> Iterator[str]:
    """`lost`: verbs that an upgrade takes the ground from; None: this is no upgrade."""
    world = played.world
    as_it_was = contents(root)
    status, said = _update(played, root)
    if lost:
        yield from _refused(status, said, lost, contents(root) == as_it_was)
        return
    if status == 5 and lost is not None and world.unsure:
        return
    if status:
        yield f"update ended with {status}: {_last(said)}"
        return
    yield from _unnamed(world.gone, said)
    sys.path.insert(0, str(root / "generated"))
    import pascom_client

    if not str(pascom_client.__file__).startswith(str(root)):
        yield "judged with another client than the one that was made"
        return
    yield from _lost(world, json.loads((root / "generated/pascom_client/index.json").read_bytes()))
    with Pascom(played.server, INSTANCE, user="moby", password=os.environ["PASCOM_PASSWORD"], timeout=10) as pbx:
        for verb, problem in verbs.failures(verbs.Use(pbx, played)).items():
            if not _nobody_can_know(world, verb, problem):
                yield f"{verb}: {problem}"
    yield from _typed(played, root)
    with _listening() as drift:
        if main(["check"]):
            yield f"check after update: {_last(drift.getvalue())}"


def _nobody_can_know(world: World, verb: str, problem: str) -> bool:
    """Whether words are needed that the document would have to have, and the verb says how to tell them."""
    said_so = problem.startswith("TooManyCalls: ") and "cdr_options=" in problem
    return said_so and verb in world.only_documented & (world.gone | world.unsaid)


def _settings(root: Path) -> None:
    for name in [name for name in os.environ if name.startswith(("PASCOM_", "DISCOVER_"))]:
        del os.environ[name]
    os.environ |= {"HOME": str(root), "XDG_CACHE_HOME": str(root / "cache"), "PASCOM_INSTANCE": INSTANCE}


def _update(played: Played, root: Path) -> tuple[int, str]:
    """`update`, as a person types it; its status, and everything that it says."""
    if played.world.publish is None:
        file = root / f"given.{played.world.suffix}"
        file.write_bytes(played.world.dump(played.world.document))
        arguments = ["--document", str(file)]
    else:
        played.world.publish(played.world)
        arguments = [played.server, INSTANCE]
    report = root / "report.json"
    report.unlink(missing_ok=True)
    with _listening() as said:
        status = main(["update", *arguments, "--report", str(report)])
    more = report.read_text("utf-8") if report.exists() else ""
    return status, said.getvalue() + more


@contextmanager
def _listening() -> Iterator[io.StringIO]:
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        yield said


def _last(said: str) -> str:
    lines = [line for line in said.splitlines() if line.strip()]
    return lines[-1][:300] if lines else "nothing was said"


def _refused(status: int, said: str, lost: set[str], as_it_was: bool) -> Iterator[str]:
    """An upgrade that takes something away: exit 5, the verbs are named, nothing is replaced."""
    if status != 5:
        yield f"an upgrade without {', '.join(sorted(lost))} ended with {status} instead of 5"
    elif not as_it_was:
        yield "an upgrade was refused, and changed something all the same"
    yield from _unnamed(lost, said)


def _unnamed(verbs_gone: set[str], said: str) -> Iterator[str]:
    unnamed = [verb for verb in sorted(verbs_gone) if not re.search(rf"\b{verb}\b", said)]
    if unnamed:
        yield f"the output doesn't name {', '.join(unnamed)}, which the document doesn't offer"


def _lost(world: World, index: dict[str, Any]) -> Iterator[str]:
    """Operations of the document that aren't in the client, or not where they belong."""
    for mark, (method, path) in world.kept.items():
        found = [one for one in index["operations"] if mark in one["summary"] + one["description"]]
        if not found:
            yield f"lost: {method.upper()} {path or mark}"
        elif path is not None and _route(path) not in {_route(one["path"]) for one in found}:
            yield f"misplaced: {method.upper()} {path} is at {found[0]['path']}"


def _route(path: str) -> str:
    return re.sub(r"\{[^{}]*\}", "{}", path).rstrip("/")


def _typed(played: Played, root: Path) -> Iterator[str]:
    """`pascom call` takes the vendor's values, `--live` finds the page, doctor as well."""
    os.environ["PASCOM_SERVER"] = played.server
    index = json.loads((root / "generated/pascom_client/index.json").read_bytes())
    operations = {one["name"]: one for one in index["operations"]}
    commands = []
    for name, fields in (("identity.get_identity", []), ("identity.default_device_action", ["action=hangup"])):
        parameters = operations[name]["parameters"]
        values = [f"{one['name']}=mpasquay" for one in parameters if one["in"] == "path"]
        if not any(one["name"] == "action" for one in parameters):  # else nobody can say which of the two is meant
            commands.append(["call", name, "--yes", *values, *fields])
    if played.world.publish is not None:
        commands += [["services", "--live"], ["doctor", "--output", "table"]]
    for command in commands:
        with _listening() as said:
            status = run(command)
        if status:
            failed = [line for line in said.getvalue().splitlines() if line.startswith("✗")]
            yield f"pascom {' '.join(command)}: ended with {status}: {_last(failed[0] if failed else said.getvalue())}"
