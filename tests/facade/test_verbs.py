"""Watching, waiting for a call, master data and pushing, against a simulated instance."""

from __future__ import annotations

import asyncio
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from pascom_facade import AsyncPascom, CallFailed, ConfigurationError, NotFound, Pascom, UnexpectedAnswer
from pascom_facade.simulator import Simulator

STATES = "identity/states"


@pytest.fixture
def sim() -> Iterator[Simulator]:
    with Simulator(20) as simulator:
        yield simulator


@pytest.fixture
def pbx(sim: Simulator) -> Iterator[Pascom]:
    with Pascom(sim.server, sim.instance, password=sim.password, retries=0) as client:
        yield client


def test_states_are_told_once_and_then_changes_only(sim: Simulator, pbx: Pascom) -> None:
    changes = pbx.watch_states(["mpasquay", "nobody"], every=0.01)
    assert next(changes) == ("mpasquay", "Idle", None)
    assert next(changes) == ("nobody", None, None)
    sim.ring("mpasquay", "0049991296910")
    assert next(changes) == ("mpasquay", "Ringing", "Idle")
    pbx.answer("mpasquay")
    assert next(changes) == ("mpasquay", "InUse", "Ringing")


def test_watching_goes_on_through_a_restart(sim: Simulator, pbx: Pascom, caplog: pytest.LogCaptureFixture) -> None:
    sim.script("GET", STATES, status=503)
    sim.script("GET", STATES, status=429, headers={"retry-after": "0"})
    assert next(pbx.watch_states("mpasquay", every=0.01)).state == "Idle"
    assert caplog.text.count("watching goes on") == 2


def test_watching_is_gentle(sim: Simulator, pbx: Pascom) -> None:
    from pascom_facade._sync.watch import Rhythm

    rhythm = Rhythm(1.0)
    quiet = [rhythm.after(False) for _ in range(20)]
    assert quiet[0] == 1.25 and quiet[-1] == 4.0
    assert rhythm.after(True) == 1.0
    failing = [rhythm.after_failure(RuntimeError()) for _ in range(10)]
    assert failing[:3] == [2.0, 4.0, 8.0] and failing[-1] == 60.0


def test_new_calls_are_told_as_they_come(sim: Simulator, pbx: Pascom) -> None:
    calls = pbx.watch_calls(every=0.01)
    sim.script("GET", "cdr/", times=3, body=[])  # the first look, which wonders at an empty journal
    pbx.dial("mpasquay", "*100")
    pbx.dial("mpasquay", "0049991296910")
    assert [next(calls).number, next(calls).number] == ["*100", "0049991296910"]
    pbx.hangup("mpasquay")
    assert next(calls).result == "hangup", "a record that changed is told again"


def test_calls_since_a_time_are_told_first_and_only_those_wanted(sim: Simulator, pbx: Pascom) -> None:
    before = list(pbx.cdr(user="mpasquay", newest_first=False))
    pbx.dial("mpasquay", "*100")
    calls = pbx.watch_calls(since=datetime(2000, 1, 1, tzinfo=UTC), user="mpasquay", every=0.01)
    assert [next(calls).id for _ in before] == [call.id for call in before]
    assert next(calls).number == "*100"
    pbx.dial("jmueller", "0301234567")
    pbx.dial("mpasquay", "*101")
    assert next(calls).number == "*101"


def test_waiting_for_a_call(sim: Simulator, pbx: Pascom) -> None:
    assert pbx.dial("mpasquay", "*100", wait=True) == "dial commited"
    sim.script("GET", STATES, body={"mpasquay": {"state": "Ringing"}})
    sim.script("GET", STATES, body={"mpasquay": {"state": "Idle"}})
    with pytest.raises(CallFailed, match="idle again") as failed:
        pbx.dial("mpasquay", "*100", wait=True)
    assert failed.value.may_have_happened
    sim.script("GET", STATES, times=2, body={"mpasquay": {"state": "Ringing"}})
    with pytest.raises(CallFailed, match="not in use after 0 s but 'Ringing'"):
        pbx.dial("mpasquay", "*100", wait=True, timeout=0)
    assert sim.placed_count == 3


def test_master_data_has_readable_names_and_hides_nothing(sim: Simulator, pbx: Pascom) -> None:
    user = pbx.identity("mpasquay")
    assert user.display_name == user["003use_bez"] == "Mathias Pasquay"
    assert user.login == "mpasquay" and user.extension == user["009ext_extension"]
    assert dict(user) == pbx.request("GET", "identity/mpasquay").json()
    assert "display_name" in repr(user) and "Pasquay" not in repr(user)
    assert [one.login for one in pbx.identities()].count("mpasquay") == 1
    device = pbx.devices()[0]
    assert pbx.device(device.display_name)["010dev_bez"] == device.display_name
    assert "@" in pbx.voicemailbox(user.mailbox or user.extension).email
    with pytest.raises(NotFound):
        pbx.identity("nobody")


def test_lists_come_as_array_or_object(sim: Simulator, pbx: Pascom) -> None:
    sim.script("GET", "identity/", body={"a": {"003use_name": "a"}, "b": {"003use_name": "b"}})
    assert [one.login for one in pbx.identities()] == ["a", "b"]
    sim.script("GET", "device/", status=204)
    assert pbx.devices() == []
    sim.script("GET", "device/", body=["x"])
    with pytest.raises(UnexpectedAnswer, match="no list of objects"):
        pbx.devices()


@dataclass
class Contact:
    displayname: str
    phone: str


ROWS = [{"displayname": 'Müller "Süd"', "phone": "+49 30, 1"}, {"displayname": "Straße\nHof", "phone": ""}]
WRITTEN = '"displayname","phone"\r\n"Müller ""Süd""","+49 30, 1"\r\n"Straße\nHof",""\r\n'.encode()


class Frame:
    """As a pandas data frame writes itself."""

    def to_csv(self, *, index: bool, lineterminator: str) -> str:
        assert not index and lineterminator == "\r\n"
        return WRITTEN.decode()


@pytest.mark.parametrize("kind", ["mappings", "dataclasses", "generator", "path", "bytes", "text", "frame"])
def test_a_push_of_anything_with_rows(sim: Simulator, pbx: Pascom, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "rows.csv"
    file.write_bytes(WRITTEN)
    rows: dict[str, Any] = {
        "mappings": ROWS,
        "dataclasses": [Contact(**row) for row in ROWS],
        "generator": (row for row in ROWS),
        "path": file,
        "bytes": io.BytesIO(WRITTEN),
        "text": io.StringIO(WRITTEN.decode(), newline=""),
        "frame": Frame(),
    }
    assert "push commited" in pbx.push("CSV-Import", rows[kind])
    assert sim.pushes[-1].body == WRITTEN
    headers = sim.requests[-1].headers
    assert headers["content-type"] == "text/csv" and headers["content-length"] == str(len(WRITTEN))


def test_a_push_of_many_rows_async(sim: Simulator) -> None:
    async def run() -> None:
        async with AsyncPascom(sim.server, sim.instance, password=sim.password) as pbx:
            await pbx.push("CSV-Import", ({"name": f"n{n}", "phone": str(n)} for n in range(100_000)))

    asyncio.run(run())
    assert sim.pushes[0].size > 1_500_000


def fails_at_the_third() -> Iterator[dict[str, str]]:
    yield from ROWS
    raise RuntimeError("the database went away")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "nothing to push"),
        (io.BytesIO(b"displayname,phone\r\n"), "nothing to push"),
        ([{"a": 1}, {"a": 1, "b": 2}], "row 2 has columns that the first has not: b"),
        ([{"a": 1}, "b"], "row 2 is neither a mapping nor a dataclass"),
        (io.BytesIO(b"name\r\nM\xfcller\r\n"), "line 2 of the CSV is not UTF-8"),
        ("/nowhere/rows.csv", "rows cannot be read"),
    ],
)
def test_what_must_not_be_pushed_is_not(sim: Simulator, pbx: Pascom, rows: Any, message: str) -> None:
    with pytest.raises(ConfigurationError, match=message):
        pbx.push("CSV-Import", rows)
    assert not sim.requests


def test_rows_that_break_off_are_not_sent_in_part(sim: Simulator, pbx: Pascom) -> None:
    with pytest.raises(RuntimeError):
        pbx.push("CSV-Import", fails_at_the_third())
    assert not sim.requests
    pbx.push("CSV-Import", io.BytesIO(b"name\r\n"), allow_empty=True)
    assert sim.pushes[0].body == b"name\r\n"
    with pytest.raises(NotFound):
        pbx.push("no such profile", ROWS)


def test_every_documented_service_is_there(sim: Simulator, pbx: Pascom) -> None:
    assert "cdr" in repr(pbx.services) and "voicemailbox" in dir(pbx.services)
    assert repr(pbx.services.cdr).startswith("cdr: 1 service of") and "list_cdr(" in repr(pbx.services.cdr)
    rows = pbx.services.cdr.list_cdr(limit=5)
    assert rows is not None and [row.id for row in rows] == [20, 19, 18, 17, 16]
    assert "newest first" in (pbx.services.cdr.list_cdr.__doc__ or "")
    with pytest.raises(NotFound, match="GET identity/"):
        pbx.services.identity.get_identity("nobody")

    async def run() -> int:
        async with AsyncPascom(sim.server, sim.instance, password=sim.password) as client:
            return len(await client.services.cdr.list_cdr(limit=3) or ())

    assert asyncio.run(run()) == 3
