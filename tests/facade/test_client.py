"""The verbs of the facade against a simulated instance, in both colours."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from pascom_facade import AsyncPascom, ConfigurationError, Pascom, errors
from pascom_facade.simulator import Simulator
from tests.servers.scripted_server import answer, serving

ACTION = "identity/mpasquay/defaultdevice/action"
VENDOR_CALL: dict[str, Any] = {
    "id": 1,
    "timestamp": 1562313497113,
    "time": "2019-07-05 09:58:17",
    "userId": 3,
    "userName": "mpasquay",
    "extension": "",
    "inbound": 0,
    "internal": 1,
    "duration": 5,
    "connected": 4,
    "deviceId": 1,
    "deviceName": "pascom Softphone [Mathias Pasquay]",
    "locationId": 2,
    "locationName": "Mathias Pasquay",
    "recordId": "",
    "voicemailId": "",
    "name": "System call",
    "number": "*104",
    "prefix": "",
    "phonebookEntryId": "",
    "result": "hangup",
    "resultDetails": "voicemail",
    "via": "",
    "viaDetails": "",
    "phonecallRecordId": 1,
    "chain": "1562313497222_1",
    "labelList": [],
}


@pytest.fixture
def pbx(pascom_simulator: Simulator) -> Iterator[Pascom]:
    with Pascom(pascom_simulator.server, pascom_simulator.instance, password=pascom_simulator.password) as pbx:
        yield pbx


def test_a_dial_is_one_post_with_the_vendors_body(pbx: Pascom, pascom_simulator: Simulator) -> None:
    assert pbx.dial("mpasquay", "*100") == "dial commited"
    (request,) = pascom_simulator.requests
    assert (request.method, request.path, request.query) == ("POST", ACTION, "")
    assert json.loads(request.body) == {"action": "dial", "destination": "*100", "prefix": "auto"}
    assert request.headers["content-type"] == "application/json"
    assert pascom_simulator.placed_count == 1


def test_the_next_cdr_shows_the_call(pbx: Pascom) -> None:
    pbx.dial("mpasquay", "*100")
    newest = next(iter(pbx.cdr()))
    assert (newest.user, newest.number, newest.direction) == ("mpasquay", "*100", "internal")


def test_answer_and_hangup_send_the_vendors_actions(pbx: Pascom, pascom_simulator: Simulator) -> None:
    pascom_simulator.ring("mpasquay", "101")
    assert pbx.states(["mpasquay"]) == {"mpasquay": "Ringing"}
    pbx.answer("mpasquay")
    assert pbx.states("mpasquay") == {"mpasquay": "InUse"}
    pbx.hangup("mpasquay")
    assert pbx.states("mpasquay") == {"mpasquay": "Idle"}
    posts = [json.loads(r.body) for r in pascom_simulator.requests if r.method == "POST"]
    assert posts == [{"action": "offhook"}, {"action": "hangup"}]


def test_states_of_several_users(pbx: Pascom) -> None:
    assert set(pbx.states(["mpasquay", "jmueller", "nobody"])) == {"mpasquay", "jmueller"}


@pytest.mark.parametrize("nothing", ["[]", "{}", ""])
def test_no_state_is_an_empty_answer_in_any_spelling(pbx: Pascom, pascom_simulator: Simulator, nothing: str) -> None:
    pascom_simulator.script("GET", "identity/states", body=nothing.encode())
    assert pbx.states(["mpasquay"]) == {}


def test_the_vendors_example_becomes_one_record_with_every_value(pbx: Pascom, pascom_simulator: Simulator) -> None:
    pascom_simulator.script("GET", "cdr/", body=[VENDOR_CALL])
    (call,) = pbx.cdr(limit=1)
    assert call.raw == VENDOR_CALL
    assert call.started is not None and call.ended is not None and call.answered is not None
    assert call.started.isoformat() == "2019-07-05T07:58:17.113000+00:00"
    assert (call.ended - call.started).total_seconds() == call.duration == 5
    assert (call.answered - call.started).total_seconds() == call.ringing == 1
    assert call.talk == 4
    assert (call.user, call.number, call.name, call.result) == ("mpasquay", "*104", "System call", "hangup")
    assert (call.device, call.recording, call.labels) == ("pascom Softphone [Mathias Pasquay]", None, [])
    assert call.direction == "internal"


ODD: list[dict[str, Any]] = [
    {"duration": "5"},
    {"duration": None},
    {"duration": "soon"},
    {"timestamp": "0000-00-00"},
    {"timestamp": 10**30},
    {"number": 104},
    {"labelList": None},
    {"labelList": {}},
    {"labelList": [{"displayName": "VIP"}]},
    {"userName": ["x"]},
    {"newField": {"a": [1]}},
    {"inbound": True, "internal": False},
]


@pytest.mark.parametrize("odd", ODD, ids=[f"{i}-{'-'.join(odd)}" for i, odd in enumerate(ODD)])
def test_an_odd_row_is_kept_and_costs_no_other(pbx: Pascom, pascom_simulator: Simulator, odd: dict[str, Any]) -> None:
    row = VENDOR_CALL | odd
    pascom_simulator.script("GET", "cdr/", body=[VENDOR_CALL | {"id": 3}, row | {"id": 2}, VENDOR_CALL])
    calls = list(pbx.cdr(limit=3))
    assert [call.raw for call in calls] == [VENDOR_CALL | {"id": 3}, row | {"id": 2}, VENDOR_CALL]
    assert repr(calls[1]) and "*104" not in repr(calls[1])
    _ = (calls[1].started, calls[1].ended, calls[1].answered, calls[1].direction, calls[1].labels)


def test_a_row_without_a_key_is_kept(pbx: Pascom, pascom_simulator: Simulator) -> None:
    row = {key: value for key, value in VENDOR_CALL.items() if key != "timestamp"}
    pascom_simulator.script("GET", "cdr/", body=[row])
    (call,) = pbx.cdr(limit=1)
    assert call.raw == row
    assert call.started is None and call.number == "*104"


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{}", "a list of calls"),
        ("<html>Login</html>", "login page"),
        ('"x"', "a list of calls"),
        ("[1,", "not JSON"),
    ],
)
def test_a_cdr_answer_of_another_shape_is_said(body: str, said: str) -> None:
    with (
        serving(answer("200 OK", body.encode())) as server,
        Pascom(server.origin, "a", password="x", retries=0) as pbx,
        pytest.raises(errors.UnexpectedAnswer, match=said),
    ):
        list(pbx.cdr())


@pytest.mark.parametrize(
    "body",
    [
        "<!DOCTYPE html><html><form>Login</form></html>",
        "\n<head><title>Login</title></head>",
        "<br />\n<b>Fatal error</b>:  Uncaught Exception in /var/www/rest.php:7",
        '{"success": false, "message": "no such device"}',
        '{"error": {"code": 17}}',
    ],
)
def test_a_dial_with_a_strange_answer_may_have_rung(pbx: Pascom, pascom_simulator: Simulator, body: str) -> None:
    pascom_simulator.script("POST", ACTION, body=body.encode())
    with pytest.raises(errors.UnexpectedAnswer) as caught:
        pbx.dial("mpasquay", "*100")
    assert caught.value.may_have_happened


def test_an_unknown_user_is_not_found(pbx: Pascom) -> None:
    with pytest.raises(errors.NotFound):
        pbx.dial("nobody", "*100")


def test_a_wrong_password_and_a_wrong_instance(pascom_simulator: Simulator) -> None:
    with Pascom(pascom_simulator.server, "voipjack", password="wrong") as pbx:
        with pytest.raises(errors.AuthenticationFailed) as caught:
            list(pbx.cdr())
        assert "wrong" not in str(caught.value).replace("is wrong", "")
    with Pascom(pascom_simulator.server, "other", password=pascom_simulator.password) as pbx:
        with pytest.raises(errors.NotFound, match="no instance 'other'"):
            list(pbx.cdr())


def test_a_user_name_cannot_leave_its_place_in_the_path(pbx: Pascom, pascom_simulator: Simulator) -> None:
    with pytest.raises(errors.PascomError):
        pbx.hangup("../../cdr")
    assert all(
        ".." not in r.path or "%2F" in r.path.upper() or r.path.startswith("identity/")
        for r in pascom_simulator.requests
    )


def test_the_generated_functions_work_through_the_same_seam(pbx: Pascom, pascom_simulator: Simulator) -> None:
    from pascom_client.api.cdr import list_cdr

    calls = list_cdr.sync(client=pbx.api)
    assert calls is not None and len(calls) == 100
    pascom_simulator.script("GET", "cdr/", status=404)
    with pytest.raises(errors.NotFound):
        list_cdr.sync(client=pbx.api)


def test_async_is_the_same(pascom_simulator: Simulator) -> None:
    async def main() -> None:
        from pascom_client.api.cdr import list_cdr

        async with AsyncPascom(
            pascom_simulator.server, pascom_simulator.instance, password=pascom_simulator.password
        ) as pbx:
            assert await pbx.dial("mpasquay", "*100") == "dial commited"
            assert (await pbx.states(["mpasquay"]))["mpasquay"] == "InUse"
            assert [call.number async for call in pbx.cdr(limit=1)] == ["*100"]
            assert await pbx.hangup("mpasquay")
            calls = await list_cdr.asyncio(client=pbx.api)
            assert calls is not None and len(calls) == 100

    asyncio.run(main())


def test_from_env_and_from_url(pascom_simulator: Simulator) -> None:
    with Pascom.from_env(pascom_simulator.environment) as pbx:
        assert next(iter(pbx.cdr())).id
    with Pascom.from_url(pascom_simulator.services, password=pascom_simulator.password) as pbx:
        assert next(iter(pbx.cdr())).id
    with pytest.raises(ConfigurationError, match="PASCOM_SERVER"):
        Pascom.from_env({})


def test_a_self_signed_certificate_needs_its_ca_file() -> None:
    with Simulator(tls=True) as sim:
        with Pascom(sim.server, sim.instance, password=sim.password) as pbx:
            with pytest.raises(errors.ConnectionFailed, match=r"certificate.*ca_file"):
                list(pbx.cdr())
        assert sim.ca_file
        with Pascom(sim.server, sim.instance, password=sim.password, ca_file=sim.ca_file) as pbx:
            assert next(iter(pbx.cdr())).id


def test_reprs_show_where_and_nothing_else(pbx: Pascom, pascom_simulator: Simulator) -> None:
    assert repr(pbx) == f"Pascom('{pascom_simulator.services}')"
    assert pascom_simulator.password not in repr(pbx.__dict__)
    pbx.dial("mpasquay", "*100")
    assert pascom_simulator.password not in repr(pbx.__dict__)


def test_an_operation_the_document_lacks_is_said(pbx: Pascom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pbx._operations, "_builders", {})
    monkeypatch.setitem(sys.modules, "pascom_client.api.cdr.list_cdr", None)
    with pytest.raises(errors.NotOffered, match=r"cdr\.list_cdr"):
        list(pbx.cdr())
