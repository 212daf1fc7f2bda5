"""The simulated instance answers as the public facts say, over real sockets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from pascom_facade.simulator import Assumed, Simulator
from tests.helpers import direct

# The vendor's own example, from the public documentation of the REST API.
VENDORS_RECORD = """{"id": 1, "timestamp": 1562313497113, "time": "2019-07-05 09:58:17", "userId": 3,
"userName": "mpasquay", "extension": "", "inbound": 0, "internal": 1, "duration": 5, "connected": 4, "deviceId": 1,
"deviceName": "pascom Softphone [Mathias Pasquay]", "locationId": 2, "locationName": "Mathias Pasquay",
"recordId": "", "voicemailId": "", "name": "System call", "number": "*104", "prefix": "", "phonebookEntryId": "",
"result": "hangup", "resultDetails": "voicemail", "via": "", "viaDetails": "", "phonecallRecordId": 1,
"chain": "1562313497222_1", "labelList": []}"""
VENDORS = json.loads(VENDORS_RECORD)
END = datetime(2026, 3, 31, 10, tzinfo=UTC)
ACTION = "identity/mpasquay/defaultdevice/action"
DIAL = b'{"action": "dial","destination": "*100","prefix": "auto"}'


def client(sim: Simulator) -> httpx.Client:
    return direct.Client(base_url=sim.services, auth=(sim.user, sim.password), timeout=10)


@pytest.fixture(scope="module")
def sim() -> Iterator[Simulator]:
    with Simulator(calls=3000, seed=7) as running:
        yield running


@pytest.fixture(scope="module")
def http(sim: Simulator) -> Iterator[httpx.Client]:
    with client(sim) as made:
        yield made


def rows(http: httpx.Client, **query: object) -> list[dict[str, Any]]:
    answer = http.get("cdr/", params={key: str(value) for key, value in query.items()})
    assert answer.headers["content-type"] == "application/json"
    found: list[dict[str, Any]] = answer.json()
    return found


def test_without_login_there_is_a_basic_challenge(sim: Simulator) -> None:
    for path in ("", "cdr/", "apidoc/", "nowhere"):
        answer = direct.get(sim.services + path)
        assert (answer.status_code, answer.headers["www-authenticate"][:6]) == (401, "Basic ")
    assert direct.get(sim.services + "cdr/", auth=(sim.user, "wrong")).status_code == 401


def test_another_instance_or_path_is_not_there(sim: Simulator, http: httpx.Client) -> None:
    assert direct.get(f"{sim.server}/other/services/cdr/").status_code == 404
    assert http.get("nowhere").status_code == http.get("nowhere/").status_code == 404


def test_cdr_is_newest_first_100_by_default_and_1000_at_most(http: httpx.Client) -> None:
    default, most = rows(http), rows(http, limit=5000)
    assert (len(default), len(most)) == (100, 1000)
    assert default == most[:100]
    moments = [row["timestamp"] for row in most]
    assert moments == sorted(moments, reverse=True)
    assert [row["id"] for row in most] == list(range(3000, 2000, -1))


def test_a_record_has_the_vendors_fields_in_the_vendors_order_and_types(http: httpx.Client) -> None:
    for row in rows(http, limit=1000):
        assert list(row) == list(VENDORS)
        assert [type(value) for value in row.values()] == [type(value) for value in VENDORS.values()]
        assert {row["inbound"], row["internal"]} <= {0, 1}
        assert 0 <= row["connected"] <= row["duration"]


def test_time_is_the_servers_local_time_of_timestamp(http: httpx.Client) -> None:
    zone = ZoneInfo("Europe/Berlin")
    for row in [VENDORS, *rows(http, limit=1000)]:
        assert datetime.fromtimestamp(row["timestamp"] // 1000, zone).strftime("%Y-%m-%d %H:%M:%S") == row["time"]


def test_the_vendors_example_can_be_served_verbatim(http: httpx.Client, sim: Simulator) -> None:
    sim.script("GET", "cdr/", body=f"[{VENDORS_RECORD}]")
    assert http.get("cdr/").text == f"[{VENDORS_RECORD}]"
    assert len(rows(http)) == 100


def test_data_have_what_is_hard_about_real_data(http: httpx.Client) -> None:
    found = rows(http, limit=1000)
    text = json.dumps(found, ensure_ascii=False)
    assert all(piece in text for piece in ("ü", "ß", "Ł", '\\"Zur Post\\"', "0049", "anonymous", "MDC_LABEL-1"))
    assert {row["result"] for row in found} == {"hangup", "noanswer", "transfer"}
    assert {row["via"] for row in found} >= {"", "queue", "transfer"}
    assert any(row["recordId"] for row in found)
    assert any(row["voicemailId"] for row in found)
    chains: dict[str, int] = {}
    for row in found:
        chains[row["chain"]] = chains.get(row["chain"], 0) + 1
    assert {1, 3, 4} <= set(chains.values())


def test_a_time_window_holds_what_is_inside_ends_included(http: httpx.Client) -> None:
    everything = rows(http, limit=1000)
    late, early = everything[300], everything[420]
    by_ms = rows(http, timefrom=early["timestamp"], timeto=late["timestamp"], limit=1000)
    assert by_ms == everything[300:421]
    by_text = rows(http, timefrom=early["time"], timeto=late["time"], limit=1000)
    inside = [row for row in everything if early["time"] <= row["time"] and row["timestamp"] <= by_text[0]["timestamp"]]
    assert by_text == inside[-len(by_text) :]
    assert rows(http, timefrom=everything[0]["timestamp"] + 1) == []
    assert rows(http, timefrom="what?", limit=5) == everything[:5]


@pytest.mark.parametrize(("name", "value"), [("inbound", 1), ("inbound", 0), ("internal", 1), ("result", "noanswer")])
def test_filters(http: httpx.Client, name: str, value: object) -> None:
    everything = [row for row in rows(http, limit=1000) if row[name] == value]
    assert rows(http, limit=1000, **{name: value})[: len(everything)] == everything
    assert 0 < len(everything) < 1000


def test_one_users_calls(http: httpx.Client) -> None:
    found = http.get("identity/tweber/cdr", params={"limit": "1000"}).json()
    assert {row["userName"] for row in found} == {"tweber"}
    assert http.get("identity/nobody/cdr").status_code == 404


def test_raw_records_come_with_the_whole_chain(http: httpx.Client) -> None:
    team = next(row for row in rows(http, limit=1000) if row["via"] == "queue")
    window = {"timefrom": team["timestamp"], "timeto": team["timestamp"], "rawdata": 1}
    [alone] = rows(http, **window)
    chain = rows(http, **window, chaindata=1)
    assert alone["via"] == "queue"
    assert len(chain) == 4
    assert {row["chain"] for row in chain} == {team["chain"]}
    assert [row["parentid"] for row in chain] == [0] + [chain[0]["id"]] * 3


def test_a_dial_is_taken_as_documented_and_the_next_cdr_shows_it() -> None:
    with Simulator(calls=10) as sim, client(sim) as http:
        answer = http.post(ACTION, content=DIAL, headers={"content-type": "application/json"})
        assert answer.text == '{"response":"dial commited"}'
        [asked] = [request for request in sim.requests if request.method == "POST"]
        assert (asked.path, asked.body, asked.status) == (ACTION, DIAL, 200)
        [placed] = sim.placed_calls
        assert (placed.user, placed.destination, placed.prefix) == ("mpasquay", "*100", "auto")
        newest = rows(http)[0]
        assert (newest["id"], newest["number"], newest["userName"], newest["inbound"]) == (
            11,
            "*100",
            "mpasquay",
            0,
        )


def test_the_state_follows_the_phone() -> None:
    with Simulator(calls=0) as sim, client(sim) as http:

        def state() -> str:
            found = http.get("identity/states", params={"keys": "mpasquay"}).json()
            return str(found["mpasquay"]["state"])

        def act(action: str) -> None:
            assert http.post(ACTION, json={"action": action}).json() == {"response": f"{action} commited"}

        assert state() == "Idle"
        sim.ring("mpasquay", "0049991296910")
        assert state() == "Ringing"
        act("offhook")
        assert state() == "InUse"
        http.post(ACTION, content=DIAL)
        sim.ring("mpasquay", "102")
        assert state() == "InUse&Ringing"
        for _ in range(3):
            act("hangup")
        assert state() == "Idle"
        assert [row["result"] for row in rows(http)] == ["noanswer", "hangup", "hangup"]


def test_states_of_several_and_of_nobody(http: httpx.Client) -> None:
    assert set(http.get("identity/states?keys=mpasquay,tweber,nobody").json()) == {"mpasquay", "tweber"}
    nothing = http.get("identity/states?keys=nobody")
    assert (nothing.status_code, nothing.content) == (204, b"")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'{"action": "fly"}', b'{"action": "dial"}', b"\xff"])
def test_what_is_no_action_is_refused(http: httpx.Client, sim: Simulator, body: bytes) -> None:
    before = sim.placed_count
    assert http.post(ACTION, content=body).status_code == 400
    assert http.post(ACTION.replace("mpasquay", "nobody"), content=DIAL).status_code == 404
    assert sim.placed_count == before


def test_master_data(http: httpx.Client) -> None:
    people = http.get("identity/").json()
    assert people[0]["003use_name"] == "mpasquay"
    assert http.get("identity/mpasquay").json() == people[0]
    devices = http.get("device/").json()
    assert http.get(f"device/{devices[1]['013pee_username']}").json() == devices[1]
    assert http.get("voicemailbox/101").json()["016voi_email"]
    for path in ("identity/nobody", "device/none", "voicemailbox/999"):
        assert http.get(path).status_code == 404


def test_a_push_arrives_whole_and_unknown_profiles_do_not_exist(http: httpx.Client, sim: Simulator) -> None:
    csv = "displayname,phone\r\n" + '"Bäckerei","0049991"\r\n' * 100_000
    assert http.post("connector/CSV-Import/push", content=csv.encode()).status_code == 200
    [push] = sim.pushes
    assert (push.profile, push.size) == ("CSV-Import", len(csv.encode()))
    assert csv.encode().startswith(push.body)
    assert http.post("connector/Other/push", content=b"a").status_code == 404


def test_every_operation_of_the_document_is_answered(http: httpx.Client) -> None:
    """Nothing that the simulator's page offers is missing behind it (404 only for objects that don't exist)."""
    names = {
        "userName": "mpasquay",
        "name": "snom102",
        "mailbox": "101",
        "profileName": "CSV-Import",
        "queueName": "1",
    }
    record = next(row["recordId"] for row in rows(http, limit=1000) if row["recordId"])
    names |= {
        "recordID": record,
        "ruleID": "1",
        "file": "1",
        "key": "k",
        "source": "101",
        "locationName": "1",
    }
    bodies = {
        "/phonebook/": [{"028pho_bez": "X"}],
        "/astdb/{key}": {"value": "1"},
        "/redirect/{source}": {"target": "102"},
    }
    paths = http.get("apidoc/pascom.json").json()["paths"]
    for path, operations in paths.items():
        for method in sorted(operations, reverse=True):  # put before get
            body = bodies.get(path, {"action": "hangup"}) if method in ("post", "put") else None
            answer = http.request(method, path.format(**names).lstrip("/"), json=body)
            assert answer.status_code == 200, (method, path)


def test_an_instance_can_answer_otherwise_than_assumed() -> None:
    assumed = Assumed(
        limit_parameter="max", most_rows=20, from_inclusive=False, ignored_parameters=frozenset({"result"})
    )
    with Simulator(calls=100, assumed=assumed) as sim, client(sim) as http:
        assert len(rows(http, limit=50, result="nothing")) == 100
        found = rows(http, max=50)
        assert len(found) == 20
        assert rows(http, max=50, timefrom=found[10]["timestamp"]) == found[:10]


def test_the_same_seed_tells_the_same_and_another_something_else() -> None:
    answers = []
    for seed in (5, 5, 6):
        with Simulator(calls=50, seed=seed, end=END) as sim, client(sim) as http:
            answers.append(http.get("cdr/").content)
            assert rows(http)[0]["time"] <= "2026-03-31 12:00:00"
    assert answers[0] == answers[1] != answers[2]
