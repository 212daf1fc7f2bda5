"""A report holds words of our own lists, whatever an instance answers; the page is made of the table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pascom_facade import Pascom
from pascom_facade.assumptions.examine import examine
from pascom_facade.assumptions.instance import Instance
from pascom_facade.assumptions.report import page, report
from pascom_facade.assumptions.table import TABLE
from pascom_facade.assumptions.web import RATE_HEADERS, VERSION_HEADERS
from pascom_facade.assumptions.words import Assumption, Told, Why
from pascom_facade.simulator import Assumed, Simulator
from pascom_facade.simulator.people import PEOPLE

PLANTED = "planted"
NUMBER = "0049991296910"
PERSONAL = ("userName", "name", "number", "deviceName", "locationName", "recordId", "chain", "extension")


def reported(sim: Simulator) -> str:
    with Pascom(sim.server, sim.instance, user=sim.user, password=sim.password, remember=False, retries=0) as pbx:
        look = Instance(pbx)
        return report(list(examine(look)), look.requests)


def test_of_calls_people_and_places_nothing_gets_into_a_report() -> None:
    told = Assumed(
        realm=PLANTED,
        server=f"nginx {PLANTED} {NUMBER}",
        json_type=f"application/{PLANTED}",
        headers={"X-RateLimit-Limit": NUMBER, "X-Powered-By": PLANTED, "X-Planted": PLANTED},
    )
    with Simulator(300, instance="planted-instance", user="planted-user", password="planted-pass", assumed=told) as sim:
        text = reported(sim)
        rows = [json.loads(sim.calls[index].classic()) for index in range(300)]
    personal = {str(row[name]) for row in rows for name in PERSONAL if len(str(row[name])) > 2}
    personal |= {part for person in PEOPLE for part in (person.login, person.name, person.phone, person.extension)}
    personal |= {str(row["timestamp"]) for row in rows} | {row["time"] for row in rows}
    assert len(personal) > 400
    secrets = {PLANTED, NUMBER, "127.0.0.1", str(sim.server).rpartition(":")[2], sim.password, sim.instance, sim.user}
    assert [one for one in personal | secrets if one in text] == []
    assert '"x-ratelimit-limit"' in text


def _odd_instance() -> dict[str, Any]:
    """Whatever can be planted where a check looks."""
    row = dict.fromkeys((*PERSONAL, "id", "timestamp", "time", "inbound", "internal", "result", PLANTED), PLANTED)
    every = (*RATE_HEADERS, *VERSION_HEADERS, "server", "www-authenticate", "etag", "content-encoding", "set-cookie")
    headers = dict.fromkeys(every, PLANTED) | {
        "content-type": f"{PLANTED}/{PLANTED}",
        "content-encoding": "identity",
        "keep-alive": "timeout=4999129691, max=4999129691",
        "content-range": f"bytes {PLANTED}",
    }
    return {"headers": headers, "body": [row | {"id": number, "recordId": f"1-{number}"} for number in range(150)]}


@pytest.mark.parametrize("status", [200, 203, 299])
def test_an_instance_that_answers_oddly_gets_a_report_without_its_words(status: int) -> None:
    with Simulator(5) as sim:
        sim.script("GET", "*", times=200, status=status, **_odd_instance())
        sim.script("HEAD", "*", times=200, status=status, headers={"content-length": "0"})
        text = reported(sim)
    found = json.loads(text)["findings"]
    assert PLANTED not in text
    assert "4999129691" not in text
    assert len(found) == len(TABLE)
    assert {"name": "http.json", "verdict": "refuted", "value": "other"} in found
    assert {"name": "cdr.unknown-columns", "verdict": "not told", "why": "too few calls"} not in found


ONE = Assumption("a.b", "D", ("yes", 5), ("no", "perhaps"), "about", "hangs", lambda _: Told("yes"), most=9)
SEVERAL = Assumption("a.c", "D", ("none",), ("no", "perhaps"), "about", "hangs", lambda _: Told("yes"), several=True)


@pytest.mark.parametrize(
    ("assumption", "told", "verdict", "value"),
    [
        (ONE, Told("yes"), "confirmed", "yes"),
        (ONE, Told(5), "confirmed", 5),
        (ONE, Told("no"), "refuted", "no"),
        (ONE, Told(9), "refuted", 9),
        (ONE, Told(10), "refuted", "other"),
        (ONE, Told(-1), "refuted", "other"),
        (ONE, Told(True), "refuted", "other"),
        (ONE, Told("no, perhaps"), "refuted", "other"),
        (SEVERAL, Told("no, perhaps"), "refuted", "no, perhaps"),
        (SEVERAL, Told("no, 030 123"), "refuted", "other"),
        (ONE, Told(why=Why.FEW_CALLS), "not told", None),
        (ONE, Told(), "not told", None),
    ],
)
def test_only_words_of_the_list_and_small_numbers_are_told(
    assumption: Assumption, told: Told, verdict: str, value: object
) -> None:
    finding = assumption.finding(told)
    assert (finding.verdict, finding.value) == (verdict, value)
    assert ("why" in finding.as_dict()) == (verdict == "not told")


def test_each_assumption_has_a_name_a_grade_and_words() -> None:
    assert len({one.name for one in TABLE}) == len(TABLE) > 45
    for one in TABLE:
        assert one.grade in "ABCD?" and one.assumed and one.about and one.hangs


def test_the_page_is_made_of_the_table() -> None:
    """`python -m pascom_facade.assumptions > docs/assumptions.md`."""
    text = Path("docs/assumptions.md").read_text("utf-8")
    assert text == page()
    assert all(f"| `{one.name}` | {one.grade} |" in text for one in TABLE)
