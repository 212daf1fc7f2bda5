"""The table equals the journal after any number of runs, whatever came in between: SQLite, and a real PostgreSQL."""

from __future__ import annotations

import json
import stat
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from pascom_facade import Call, ConfigurationError, Pascom, PascomError
from pascom_facade.simulator import Simulator
from pascom_facade.simulator.people import PEOPLE
from pascom_facade.sync import Report, sync_calls
from tests.helpers import postgres
from tests.helpers.pascom_cli import Terminal, pascom, terminal

__all__ = ["pascom", "terminal"]  # fixtures

END = datetime(2026, 11, 1, tzinfo=UTC)
TIMES = ("started", "answered", "ended")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    with postgres.server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/calls.db"
        return
    if postgres.programs() is None:
        pytest.skip("no PostgreSQL (initdb, pg_ctl) on this computer")
    url: str = request.getfixturevalue("postgres_url")
    yield url
    engine = sa.create_engine(url)
    tables = sa.MetaData()
    tables.reflect(engine)
    tables.drop_all(engine)
    engine.dispose()


def client(sim: Simulator) -> Pascom:
    return Pascom(sim.server, sim.instance, password=sim.password)


def table(url: str, name: str = "calls") -> list[dict[str, Any]]:
    """Its rows by their first column."""
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        found = [dict(row) for row in connection.execute(sa.text(f"SELECT * FROM {name} ORDER BY 1")).mappings()]
    engine.dispose()
    return found


def change(url: str, *statements: str) -> None:
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))
    engine.dispose()


def ours(row: dict[str, Any]) -> dict[str, Any]:
    """The columns of `Call.FIELDS`, as `as_dict` has them."""
    values = {field.name: row[field.name] for field in Call.FIELDS}
    values["labels"] = json.loads(values["labels"])
    for name in ("missed", "is_final"):
        values[name] = bool(values[name])
    for name in TIMES:
        if isinstance(values[name], datetime):
            values[name] = values[name].astimezone(UTC).isoformat(timespec="milliseconds")
    return values


def journal(pbx: Pascom) -> list[dict[str, Any]]:
    return sorted((call.as_dict() for call in pbx.cdr()), key=lambda row: row["id"])


def check(pbx: Pascom, url: str) -> None:
    assert list(map(ours, table(url))) == journal(pbx)


def counts(report: Report) -> tuple[int, int, int]:
    return report.new, report.changed, report.unchanged


def test_the_table_equals_the_journal_across_an_upgrade(database: str) -> None:
    with Simulator(1200, end=END) as sim, client(sim) as pbx:
        assert counts(sync_calls(pbx, database)) == (1200, 0, 0)
        check(pbx, database)
        before = len(sim.requests)
        again = sync_calls(pbx, database)
        assert (again.new, again.changed) == (0, 0) and again.unchanged > 0
        assert len(sim.requests) - before <= 5
        classic = table(database)[0]
        assert classic["raw_locationname"]
    with Simulator(1200, profile=19, end=END) as sim, client(sim) as pbx:
        report = sync_calls(pbx, database)  # all of it is read anew: pascom 19 says more of old calls, too
        assert counts(report)[:2] == (0, 1200)
        check(pbx, database)
        assert sync_calls(pbx, database).unchanged < 100
        assert "raw_srclocationname" in table(database)[0]


def test_an_upgrade_whose_first_run_is_cut_short_is_read_anew_by_the_next(database: str) -> None:
    def cut_short(_: Report) -> None:
        raise KeyboardInterrupt

    with Simulator(1200, end=END) as sim, client(sim) as pbx:
        sync_calls(pbx, database)
    with Simulator(1200, profile=19, end=END) as sim, client(sim) as pbx:
        with pytest.raises(KeyboardInterrupt):
            sync_calls(pbx, database, progress=cut_short)
        assert 0 < len([row for row in table(database) if row["raw_srclocationname"]]) < 100
        assert sync_calls(pbx, database).changed > 1000
        check(pbx, database)


def test_a_call_that_runs_is_asked_for_until_it_has_ended(database: str) -> None:
    with Simulator(30) as sim, client(sim) as pbx:
        running = sim.calls.place(PEOPLE[0], "101")
        assert counts(sync_calls(pbx, database, look_back=timedelta(0)))[0] == 31
        for _ in range(3):
            sim.calls.finish(sim.calls.place(PEOPLE[0], "102"), connected_since=None)
        assert counts(sync_calls(pbx, database, look_back=timedelta(0)))[0] == 3
        sim.calls.finish(running, connected_since=0)
        assert counts(sync_calls(pbx, database, look_back=timedelta(0)))[:2] == (0, 1)
        check(pbx, database)


def test_since_begins_and_later_goes_further_back(database: str) -> None:
    with Simulator(500) as sim, client(sim) as pbx:
        calls = list(pbx.cdr(newest_first=False))
        assert sync_calls(pbx, database, since=calls[400].started).new == 100
        assert sync_calls(pbx, database).new == 0
        assert sync_calls(pbx, database, since=calls[100].started).new == 300
        assert list(map(ours, table(database))) == [call.as_dict() for call in calls[100:]]


def test_two_at_once_and_one_that_fails_leave_it_right(database: str) -> None:
    with Simulator(2500) as sim, client(sim) as pbx:
        sim.script("GET", "cdr/", times=1, status=403)
        with pytest.raises(PascomError):
            sync_calls(pbx, database)
        reports: list[Report] = []

        def run() -> None:
            with client(sim) as other:
                reports.append(sync_calls(other, database))

        threads = [threading.Thread(target=run) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(reports) == 2
        assert sum(report.new for report in reports) == 2500
        check(pbx, database)


def test_no_value_is_refused_by_the_database(database: str) -> None:
    odd = {
        "id": 7,
        "timestamp": 1562313497113,
        "name": "J\udce4rg\0",
        "number": "030",
        "result": "hangup",
        "big": 2**70,
    }
    with Simulator(0) as sim, client(sim) as pbx:
        sim.script("GET", "cdr/", times=9, body=json.dumps([odd]).encode())
        assert sync_calls(pbx, database).new == 1
        (row,) = table(database)
        assert (row["name"], row["raw_big"]) == ("J\ufffdrg", str(2**70))


def test_rows_of_several_structures_lie_side_by_side(database: str) -> None:
    """What a row no longer has is nothing in the table."""
    rows = [{"id": number, "timestamp": 1562313497113 + number, "result": "hangup"} for number in range(4)]
    rows[0] |= {"prefix": "0", "seat-no": 4}
    rows[1] |= {"site": {"b": [1]}, "prefix": None}
    names = ("raw_prefix", "raw_seat_no", "raw_site")
    assert counts(_synced(rows, database)) == (4, 0, 0)
    stored = [tuple(row[name] for name in names) for row in table(database)]
    assert stored == [("0", "4", None), (None, None, '{"b":[1]}'), (None, None, None), (None, None, None)]
    del rows[0]["seat-no"]
    assert counts(_synced(rows, database)) == (0, 1, 3)
    assert [row["raw_seat_no"] for row in table(database)] == [None] * 4


def _synced(rows: list[dict[str, Any]], database: str) -> Report:
    """From an instance whose journal is these rows."""
    with Simulator(0) as sim, client(sim) as pbx:
        sim.script("GET", "cdr/", times=9, body=json.dumps(rows).encode())
        return sync_calls(pbx, database)


def test_an_instance_that_numbers_anew_overwrites_nothing(database: str) -> None:
    with Simulator(20, end=datetime(2026, 1, 1, tzinfo=UTC)) as sim, client(sim) as pbx:
        sync_calls(pbx, database)
        before = table(database)
    with Simulator(20, end=datetime(2026, 9, 1, tzinfo=UTC)) as sim, client(sim) as pbx:
        with pytest.raises(ConfigurationError, match="numbers its calls anew"):
            sync_calls(pbx, database)
    assert table(database) == before


def test_users_and_recordings_on_request(database: str) -> None:
    with Simulator(300) as sim, client(sim) as pbx:
        for _ in range(2):
            sync_calls(pbx, database, tables=["users", "recordings"])
        assert {row["login"] for row in table(database, "users")} == {one.login for one in pbx.identities()}
        recorded = {(call.recording, call.id) for call in pbx.cdr() if call.recording}
        assert {(row["recording"], row["call_id"]) for row in table(database, "recordings")} == recorded
        as_written = table(database, "users"), table(database, "recordings")
        change(database, "UPDATE users SET extension = 'x'", "UPDATE recordings SET duration = NULL, started = NULL")
        sync_calls(pbx, database, tables=["users", "recordings"])
        assert (table(database, "users"), table(database, "recordings")) == as_written
        with pytest.raises(ConfigurationError, match="no table 'user'; there are users, recordings"):
            sync_calls(pbx, database, tables=["user"])


def test_the_command_says_what_it_did(pascom: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert pascom("sync", "--with", "users").out == "500 new, 0 changed, 0 unchanged\n"
    assert stat.S_IMODE((tmp_path / "calls.db").stat().st_mode) == 0o600
    assert pascom("sync", "--look-back", "0s").out.startswith("0 new, 0 changed, ")
    assert pascom("sync", "--look-back", "soon").status == 2


@pytest.mark.parametrize(
    ("url", "status", "says"),
    [
        ("postgresql+psycopg://me:S3cr3t-pw@127.0.0.1:1/calls", 1, "connection"),
        ("mysql://me:S3cr3t-pw@localhost/calls", 2, "sqlite:///calls.db"),
        ("postgresql+psycopg//me:S3cr3t-pw@host/calls", 2, "sqlite:///calls.db"),
        ("sqlite:////nowhere/calls.db", 2, "can't be made"),
    ],
)
def test_no_message_has_the_password(pascom: Terminal, url: str, status: int, says: str) -> None:
    ended = pascom("sync", url)
    assert (ended.status, ended.out) == (status, "")
    assert says in ended.message
    assert "S3cr3t" not in ended.err
