"""What users write, with the types their editors show: checked by mypy (in `nox -s types`) and pyright, never run."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, assert_type

from pascom_facade import Answer, AsyncPascom, Call, CdrOptions, Pascom, PascomError
from pascom_facade.masterdata import Device, Identity, Voicemailbox
from pascom_facade.recordings import Part
from pascom_facade.simulator import Simulator


def verbs(pbx: Pascom) -> None:
    assert_type(pbx.dial("mpasquay", "*100", wait=True), str)
    assert_type(pbx.answer("mpasquay"), str)
    assert_type(pbx.hangup("mpasquay"), str)
    assert_type(pbx.states(["mpasquay"]), dict[str, str])
    for change in pbx.watch_states("mpasquay", every=1.0):
        assert_type(change.user, str)
        assert_type(change.state, str | None)
    for call in pbx.watch_calls():
        assert_type(call, Call)


def records(pbx: Pascom) -> None:
    calls = pbx.cdr(since=datetime(2026, 1, 1, tzinfo=UTC), inbound=True, limit=10)
    assert_type(calls, Iterator[Call])
    for call in calls:
        assert_type(call.started, datetime | None)
        assert_type(call.ended, datetime | None)
        assert_type(call.answered, datetime | None)
        assert_type(call.duration, int | None)
        assert_type(call.ringing, int | None)
        assert_type(call.talk, int | None)
        assert_type(call.direction, Literal["inbound", "outbound", "internal"] | None)
        assert_type(call.number, str | None)
        assert_type(call.name, str | None)
        assert_type(call.user, str | None)
        assert_type(call.device, str | None)
        assert_type(call.result, str | None)
        assert_type(call.labels, list[str])
        assert_type(call.recording, str | None)
        assert_type(call.raw, dict[str, Any])
        assert_type(call.cursor, str)


def recordings(pbx: Pascom, call: Call, folder: Path) -> None:
    assert_type(pbx.recordings.parts(call), list[Part])
    assert_type(pbx.recordings.download(call, folder, progress=lambda got, of: print(got, of)), Path)
    for _, path in pbx.recordings.download_all([call], folder, at_once=8):
        assert_type(path, Path | PascomError)
    with pbx.recordings.open(call, leg="caller") as wav:
        assert_type(wav.read(4), bytes)


def master_data(pbx: Pascom) -> None:
    assert_type(pbx.identity("mpasquay"), Identity)
    assert_type(pbx.identities(), list[Identity])
    assert_type(pbx.device("x"), Device)
    assert_type(pbx.devices(), list[Device])
    assert_type(pbx.voicemailbox("100"), Voicemailbox)
    assert_type(pbx.push("CSV-Import", [{"displayname": "A", "phone": "1"}]), str)
    assert_type(pbx.request("GET", "device/"), Answer)
    try:
        pbx.dial("mpasquay", "*100")
    except PascomError as error:
        assert_type(error.may_have_happened, bool)
        assert_type(error.status, int | None)


async def the_same_awaited(pbx: AsyncPascom, folder: Path) -> None:
    assert_type(await pbx.dial("mpasquay", "*100"), str)
    assert_type(await pbx.states("mpasquay"), dict[str, str])
    calls = pbx.cdr(newest_first=False)
    assert_type(calls, AsyncIterator[Call])
    async for call in calls:
        assert_type(await pbx.recordings.download(call, folder), Path)
    async with pbx.recordings.open("1-1_2-2") as wav:
        assert_type(await wav.read(), bytes)
    assert_type(await pbx.identity("mpasquay"), Identity)


def construction() -> None:
    with Pascom("pascom.cloud", "voipjack", password=lambda: "from a vault", fingerprint="ab" * 32) as pbx:
        assert_type(pbx, Pascom)
    assert_type(Pascom.from_env(), Pascom)
    assert_type(AsyncPascom.from_url("https://pascom.cloud/voipjack/services/", password="x"), AsyncPascom)
    Pascom("192.168.1.5", "voipjack", cdr_options=CdrOptions(zone="Europe/Berlin"))


def of_a_client_of_their_own() -> None:
    import pascom_client  # or the package that `pascom regenerate --into acme_client` made

    with Pascom("pascom.cloud", "voipjack", client=pascom_client) as pbx:
        assert_type(pbx, Pascom[pascom_client.Api])
        assert_type(pbx.services, pascom_client.Api)
    assert_type(Pascom.from_env(client=pascom_client).services, pascom_client.Api)
    address = "https://pascom.cloud/voipjack/services/"
    assert_type(AsyncPascom.from_url(address, client=pascom_client).services, pascom_client.AsyncApi)
    assert_type(Pascom.from_env(client="acme_client"), Pascom)


def in_users_tests(pascom_simulator: Simulator) -> None:
    sim = pascom_simulator
    sim.script("POST", "identity/*/defaultdevice/action", status=503)
    with Pascom(sim.server, sim.instance, password=sim.password) as pbx:
        pbx.dial("mpasquay", "*100")
