"""What an instance is like is found out, read-only; and an instance that is played so is found to be the same."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pascom_facade import AuthenticationFailed, Pascom
from pascom_facade.assumptions.examine import examine
from pascom_facade.assumptions.instance import Instance
from pascom_facade.assumptions.looking import MOST_REQUESTS, EnoughAsked
from pascom_facade.assumptions.words import Why
from pascom_facade.cdr_habits import Habits
from pascom_facade.cdr_options import TimeFormat, zone_of
from pascom_facade.simulator import Assumed, Simulator
from pascom_facade.simulator.like import like

CALLS = 700


@dataclass
class Examined:
    findings: list[dict[str, Any]]
    habits: Habits

    @property
    def values(self) -> dict[str, Any]:
        return {one["name"]: one["value"] for one in self.findings if "value" in one}

    @property
    def refuted(self) -> dict[str, Any]:
        return {one["name"]: one["value"] for one in self.findings if one["verdict"] == "refuted"}

    @property
    def not_told(self) -> dict[str, str]:
        return {one["name"]: one["why"] for one in self.findings if one["verdict"] == "not told"}


def examined(simulator: Simulator) -> Examined:
    """All findings; that nothing was changed is seen here."""
    with (
        simulator as sim,
        Pascom(sim.server, sim.instance, user=sim.user, password=sim.password, remember=False) as pbx,
    ):
        look = Instance(pbx)
        found = Examined([finding.as_dict() for finding in examine(look)], look.journal.habits)
        assert {request.method for request in sim.requests} <= {"GET", "HEAD"}
        assert sim.placed_count == len(sim.pushes) == 0
        assert len(sim.requests) == look.requests < 60
    return found


RANGES = {
    "cdr.time-format": "none known",
    "cdr.range": "none known",
}
KINDS: dict[str, tuple[dict[str, Any], dict[str, Any], set[str]]] = {
    # name: options, what is refuted, what isn't told
    "as assumed": ({"most_rows": 1000, "calls": 1200}, {}, set()),
    "text in New York": (
        {"time_format": "text", "zone": "America/New_York", "most_rows": 300},
        {"cdr.most-rows": 300, "cdr.time-format": "text", "cdr.zone": "America/New_York"},
        {"cdr.resolution"},
    ),
    "seconds, oldest first, open at the end": (
        {"time_format": "s", "newest_first": False, "to_inclusive": False, "most_rows": 400, "default_rows": 200},
        {
            "cdr.most-rows": 400,
            "cdr.default-rows": 200,
            "cdr.order": "oldest first",
            "cdr.time-format": "s",
            "cdr.kept": "oldest",
            "cdr.end": "left out",
        },
        {"cdr.resolution"},
    ),
    "ISO, keeps the oldest, shows the newest first": (
        {"time_format": "iso", "keeps_newest": False, "from_inclusive": False, "most_rows": 250},
        {"cdr.most-rows": 250, "cdr.time-format": "iso", "cdr.kept": "oldest", "cdr.begin": "left out"},
        {"cdr.resolution"},
    ),
    "local ISO in India, without limit and a filter": (
        {
            "time_format": "iso-local",
            "zone": "+05:30",
            "ignored_parameters": frozenset({"limit", "inbound"}),
            "default_rows": 300,
        },
        {
            "cdr.default-rows": 300,
            "cdr.limit": "ignored",
            "cdr.most-rows": 300,
            "cdr.time-format": "iso-local",
            "cdr.zone": "+05:30",
            "cdr.inbound": "ignored",
        },
        {"cdr.resolution"},
    ),
    "no ranges": (
        {"time_format": "none", "most_rows": 200},
        RANGES,
        {"cdr.most-rows", "cdr.kept", "cdr.resolution", "cdr.begin", "cdr.end"},
    ),
    "no end": (
        {"time_format": "ms", "ignored_parameters": frozenset({"timeto"}), "most_rows": 200},
        {"cdr.range": "only the beginning"},
        {"cdr.most-rows", "cdr.kept", "cdr.end"},
    ),
    "strict, to the second": (
        {
            "time_format": "ms",
            "whole_seconds": True,
            "to_inclusive": False,
            "filters_first": False,
            "refuses_times": True,
            "refuses_unknown": True,
            "most_rows": 500,
        },
        {
            "cdr.most-rows": 500,
            "cdr.inbound": "honoured after the cut",
            "cdr.internal": "honoured after the cut",
            "cdr.result": "honoured after the cut",
            "cdr.resolution": "seconds",
            "cdr.end": "left out",
            "cdr.unreadable-time": "refused",
            "cdr.unknown-parameter": "refused",
        },
        set(),
    ),
    "since 19": (
        {"profile": 19, "time_format": "ms", "most_rows": 200, "states_keys": "repeated", "no_states": 404},
        {"cdr.most-rows": 200, "states.several": "keys= twice", "states.unknown": "404"},
        {"cdr.zone", "cdr.rawdata"},
    ),
    "another web server": (
        {
            "time_format": "ms",
            "most_rows": 200,
            "states_keys": "brackets",
            "no_states": 200,
            "unknown_user": 400,
            "error_body": "html",
            "login_body": "empty",
            "slashes": "redirect",
            "etags": True,
            "headers": {"X-RateLimit-Limit": "60", "X-API-Version": "7"},
            "heads": 405,
            "recording_rule": 2,
            "separate_legs": False,
            "recording_details": False,
            "server": "nginx/1.2",
            "json_type": "text/json",
            "keep_alive_requests": 50,
        },
        {
            "cdr.most-rows": 200,
            "users.unknown": "400",
            "states.several": "keys[]=",
            "states.unknown": "200 {}",
            "recordings.rule": 2,
            "recordings.head": "405",
            "recordings.legs": "none",
            "recordings.details": "404",
            "http.rate-limit": "x-ratelimit-limit",
            "http.version": "x-api-version",
            "http.json": "text/json",
            "http.requests-each": 50,
        },
        set(),
    ),
    "one by one": (
        {"states_keys": "single", "most_rows": 200, "slashes": "same", "keep_alive_seconds": 20},
        {"cdr.most-rows": 200, "states.several": "one by one", "http.idle-seconds": 20},
        set(),
    ),
}
OF_SIMULATOR = {"calls", "profile", "keep_alive_seconds", "keep_alive_requests"}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_found_out_and_found_again_where_it_is_played(kind: str) -> None:
    options, refuted, not_told = KINDS[kind]
    mine = {"calls": CALLS} | {name: options[name] for name in OF_SIMULATOR & options.keys()}
    assumed = Assumed(**{name: value for name, value in options.items() if name not in OF_SIMULATOR})
    found = examined(Simulator(**mine, assumed=assumed))
    assert found.refuted == refuted
    assert set(found.not_told) == not_told
    likeness = like(found.values)
    assert likeness.not_played == ()
    mine |= {**likeness.keep_alive, "profile": likeness.profile}
    assert examined(Simulator(**mine, assumed=likeness.assumed)).findings == found.findings


@pytest.mark.parametrize("calls", [0, 1, 8, 50])
def test_a_young_instance_tells_what_it_can(calls: int) -> None:
    found = examined(Simulator(calls=calls, assumed=Assumed(time_format="text")))
    assert found.not_told["cdr.kept"] in (Why.FEW_CALLS, Why.ALL_FIT)
    assert found.values.get("cdr.time-format") == ("text" if calls >= 8 else None)
    assert Why.OTHER_ANSWER not in found.not_told.values()


def test_what_the_facade_uses_is_corrected_by_what_was_seen() -> None:
    shown_so = Assumed(time_format="ms", keeps_newest=False, filters_first=False, most_rows=200)
    habits = examined(Simulator(calls=CALLS, assumed=shown_so)).habits
    assert habits.keeps == "oldest"
    assert habits.filters == {"inbound": False, "internal": False, "result": False}
    blind = examined(Simulator(calls=CALLS, assumed=Assumed(time_format="none", most_rows=200)))
    assert blind.habits.format is None


def test_the_zone_is_one_that_fits_both_seasons() -> None:
    july, january = 1_784_109_600_000, 1_768_471_200_000
    assert zone_of({january: 0}) == "UTC"
    assert zone_of({january: 0, july: 60}) == "Europe/London"
    assert zone_of({january: 60, july: 60}) == "+01:00"
    assert zone_of({january: 60}) == "Europe/Berlin"
    in_london = Assumed(time_format="text", zone="Europe/London", most_rows=200)
    found = examined(Simulator(9000, end=datetime(2026, 1, 15, tzinfo=UTC), assumed=in_london))
    assert found.values["cdr.zone"] == "Europe/London"
    assert found.habits.format == TimeFormat("text", ZoneInfo("Europe/London"))


def test_an_instance_that_cannot_be_asked_raises() -> None:
    with Simulator(calls=5) as sim, Pascom(sim.server, sim.instance, password="wrong") as pbx:
        with pytest.raises(AuthenticationFailed):
            next(examine(Instance(pbx)))


def test_what_fails_costs_one_finding_and_nothing_but_get_is_sent() -> None:
    with Simulator(calls=CALLS) as sim, Pascom(sim.server, sim.instance, password=sim.password, retries=0) as pbx:
        sim.script("GET", "identity/", times=9, status=500)
        sim.script("GET", "no-service*", times=9, reset="before")
        look = Instance(pbx)
        found = Examined([finding.as_dict() for finding in examine(look)], look.journal.habits)
        assert found.values["users.list"] == "500"
        assert found.not_told["http.not-found"] == Why.NO_ANSWER
        with pytest.raises(AssertionError, match="POST"):
            look.pbx.dial("mpasquay", "*100")
        look.requests = MOST_REQUESTS
        with pytest.raises(EnoughAsked):
            look.ask("cdr/")
        assert sim.placed_count == 0
