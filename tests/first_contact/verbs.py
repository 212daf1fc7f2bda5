"""Use each verb of the vendor's ten requests on a played instance, and look at what arrived there."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pascom_facade import Pascom
from pascom_facade.simulator import Simulator

from .exchange import Request
from .instance import Played
from .world import INSTANCE

SERVICES = f"/{INSTANCE}/services/"
MOST_CDR_REQUESTS = 25
MAILBOX, PHONE = "101", "pascom Softphone [Mathias Pasquay]"


class Wrong(Exception):
    """A verb didn't do what it promises."""


@dataclass
class Use:
    """A client of the instance, and what was sent since `expecting` began."""

    pbx: Pascom
    played: Played

    @property
    def simulator(self) -> Simulator:
        return self.played.simulator

    @contextmanager
    def expecting(self, method: str, path: str, *, query: str | None = "", body: object = None) -> Iterator[None]:
        """Exactly this one request arrives in the meantime; query None: any."""
        before = len(self.played.requests)
        yield
        arrived = self.played.requests[before:]
        _check(len(arrived) == 1, f"{len(arrived)} requests instead of one")
        (sent,) = arrived
        expected = SERVICES + path
        if not self.played.world.collections_end_in_slash:
            expected = expected.rstrip("/")
        _check((sent.method, sent.path) == (method, expected), f"asked {sent.method} {sent.path}")
        _check(query is None or sent.query == query, f"the query was {sent.query!r}")
        if body is not None:
            _check(_as_sent(sent) == body, f"the body was {sent.headers.get('content-type')} {sent.body[:80]!r}")


def _as_sent(sent: Request) -> object:
    """Content type and body; an object with its fields in order."""
    media = sent.headers.get("content-type", "").partition(";")[0]
    if media != "application/json":
        return media, sent.body
    return media, json.loads(sent.body, object_pairs_hook=list)


def _check(holds: bool, problem: str) -> None:
    if not holds:
        raise Wrong(problem)


def _action(**fields: str) -> tuple[str, list[tuple[str, str]]]:
    return "application/json", list(fields.items())


def dial(use: Use) -> None:
    before = use.simulator.placed_count
    body = _action(action="dial", destination="*100", prefix="auto")
    with use.expecting("POST", "identity/mpasquay/defaultdevice/action", body=body):
        said: object = use.pbx.dial("mpasquay", "*100")
    _check(isinstance(said, str), f"returned {said!r}")
    _check(use.simulator.placed_count == before + 1, "no call was placed")
    placed = use.simulator.placed_calls[-1]
    _check((placed.user, placed.destination, placed.prefix) == ("mpasquay", "*100", "auto"), f"placed {placed!r}")


def answer(use: Use) -> None:
    use.simulator.ring("tweber", "*100")
    with use.expecting("POST", "identity/tweber/defaultdevice/action", body=_action(action="offhook")):
        use.pbx.answer("tweber")


def hangup(use: Use) -> None:
    with use.expecting("POST", "identity/tweber/defaultdevice/action", body=_action(action="hangup")):
        use.pbx.hangup("tweber")


def states(use: Use) -> None:
    use.simulator.ring("jmueller", "*100")
    _check(use.pbx.states("jmueller") == {"jmueller": "Ringing"}, f"one user: {use.pbx.states('jmueller')}")
    both = use.pbx.states(["jmueller", "lhuber"])
    _check(both == {"jmueller": "Ringing", "lhuber": "Idle"}, f"two users: {both}")
    changed = use.pbx.watch_states(["jmueller", "lhuber"], every=0.05)
    first = {(one.user, one.state) for one in (next(changed), next(changed))}
    _check(first == {("jmueller", "Ringing"), ("lhuber", "Idle")}, f"watching two users: {first}")


def states_as_the_vendor(use: Use) -> None:
    before = len(use.played.requests)
    with use.expecting("GET", "identity/states", query=None):
        use.pbx.states("mpasquay")
    allowed = {"keys=mpasquay"}
    if use.played.world.keys == "brackets":
        allowed |= {"keys[]=mpasquay", "keys%5B%5D=mpasquay"}
    _check(use.played.requests[before].query in allowed, f"the query was {use.played.requests[before].query!r}")


def cdr(use: Use) -> None:
    calls = use.simulator.calls
    rows = [calls[index] for index in range(len(calls))]
    since, until = (datetime.fromtimestamp(rows[at].timestamp / 1000, UTC) for at in (40, 190))
    wanted = sorted(row.id for row in rows if rows[40].timestamp <= row.timestamp < rows[190].timestamp)
    before = len(use.played.requests)
    found = sorted(int(call.raw["id"]) for call in use.pbx.cdr(since=since, until=until))
    _check(found == wanted, f"{len(found)} calls ({len(set(found))} different) instead of {len(wanted)}")
    sent = use.played.requests[before:]
    asked = {one.path for one in sent}
    slash = "/" * use.played.world.collections_end_in_slash
    _check(asked == {f"{SERVICES}cdr{slash}"}, f"asked {sorted(asked)}")
    _check(len(sent) <= MOST_CDR_REQUESTS, f"{len(sent)} requests for {len(wanted)} calls")
    newest = [int(call.raw["id"]) for call in use.pbx.cdr(limit=3)]
    _check(newest == [len(calls), len(calls) - 1, len(calls) - 2], f"the newest are {newest}")


def recordings(use: Use) -> None:
    calls = use.simulator.calls
    record = next(calls[index].record_id for index in range(len(calls)) if calls[index].record_id)
    expected = use.simulator.recording(record)
    assert expected is not None
    parts = use.pbx.recordings.parts(record)
    _check({part.leg for part in parts} == {"whole", "caller", "callee"}, f"parts {[part.leg for part in parts]}")
    with tempfile.TemporaryDirectory() as folder:
        with use.expecting("GET", f"monitor/{record}/1/1/wav"):
            saved = use.pbx.recordings.download(record, Path(folder) / "call.wav")
        _check(saved.read_bytes() == b"".join(expected.chunks()), "other bytes than the recording's")


def push(use: Use) -> None:
    table = b'"name","number"\r\n"M\xc3\xbcller","101"\r\n'
    with use.expecting("POST", "connector/CSV-Import/push", body=("text/csv", table)):
        use.pbx.push("CSV-Import", [{"name": "Müller", "number": "101"}])
    _check(use.simulator.pushes[-1].body == table, "other bytes were pushed")


def identities(use: Use) -> None:
    with use.expecting("GET", "identity/"):
        _check("mpasquay" in {one.login for one in use.pbx.identities()}, "the user is not among them")


def identity(use: Use) -> None:
    with use.expecting("GET", "identity/mpasquay"):
        _check(use.pbx.identity("mpasquay").login == "mpasquay", "another user")


def devices(use: Use) -> None:
    with use.expecting("GET", "device/"):
        _check(PHONE in {one.display_name for one in use.pbx.devices()}, "the phone is not among them")


def device(use: Use) -> None:
    with use.expecting("GET", f"device/{quote(PHONE, safe='')}"):
        _check(use.pbx.device(PHONE).display_name == PHONE, "another phone")


def voicemailbox(use: Use) -> None:
    with use.expecting("GET", f"voicemailbox/{MAILBOX}"):
        _check(use.pbx.voicemailbox(MAILBOX).mailbox == MAILBOX, "another box")


Verb = Callable[[Use], None]
ALL: tuple[Verb, ...] = (
    *(cdr, recordings, dial, answer, hangup, states, states_as_the_vendor),
    *(push, identities, identity, devices, device, voicemailbox),
)  # fmt: skip


def failures(use: Use) -> dict[str, str]:
    """Verbs that don't work, each with the reason in one line."""
    found: dict[str, str] = {}
    for verb in ALL:
        try:
            verb(use)
        except Exception as problem:  # whatever a user would see
            said: Any = " ".join(str(problem).split())
            found[verb.__name__] = f"{type(problem).__name__}: {said}"[:300]
    return found
