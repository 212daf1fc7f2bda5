"""A run: read the journal from where the last one ended, some time back, and whatever had not ended then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import sqlalchemy as sa

from ..errors import ConfigurationError
from ..moments import When, as_moment
from .database import Database, State, TakenOver, time_type
from .rows import Rows, as_stored, sent

if TYPE_CHECKING:
    from .._sync.client import Pascom
    from ..cdr import Call
    from ..masterdata import Identity

TABLES = ("users", "recordings")
"""What can be synchronised beside the calls."""

_PAGE = 1000  # calls: what an answer has at most
_AT_ONCE = 5000  # calls a transaction: the disk takes as long for one call
_SAME_CALL = timedelta(days=1)  # two rows with one id that began further apart are two calls
_NEIGHBOURS = timedelta(hours=1)  # open calls that are asked for together
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_USER_COLUMNS = ("login", "id", "display_name", "extension", "enabled", "mailbox", "changed")


Item = TypeVar("Item")


class Compared(NamedTuple):
    """The calls of a page that are new or have changed, and how many there were."""

    rows: Rows
    new: int
    changed: int
    unchanged: int
    newest: int


@dataclass
class Report:
    """What a run did, in calls."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    taken_over: bool = False
    """Whether another run began meanwhile, and goes on from here."""

    @property
    def total(self) -> int:
        return self.new + self.changed + self.unchanged


def sync_calls(
    pbx: Pascom,
    url: str = "sqlite:///calls.db",
    *,
    since: When | None = None,
    look_back: timedelta = timedelta(days=1),
    tables: Iterable[str] = (),
    progress: Callable[[Report], object] | None = None,
) -> Report:
    """Bring the table `calls` of a database up to date with the journal; returns the counts.

    url: a database as SQLAlchemy names it: SQLite or PostgreSQL. since: where the first run begins (default: all
    calls); an earlier time later on fetches the calls since then as well. look_back: calls that began so long before
    the newest known one are read again, as they may change, or get into the journal late (assumed). Calls that had not
    ended are read again until they have. tables: `users`, `recordings`. progress: is called after each transaction.

    Nothing is deleted. Raises ConfigurationError, PascomError (the database), and what `Pascom.cdr` raises; what was
    written until then is whole, and the next run goes on from there.
    """
    beside = list(tables)
    if unknown := set(beside) - set(TABLES):
        raise ConfigurationError(f"there is no table {sorted(unknown)[0]!r}; there are {', '.join(TABLES)}")
    if look_back < timedelta(0):
        raise ConfigurationError("look_back= is less than nothing")
    begin = as_moment("since", since)
    database = Database(url)
    try:
        run = _Run(pbx, database, look_back, progress)
        run.calls(None if begin is None else _milliseconds(begin))
        if not run.report.taken_over:
            _write_beside(pbx, database, beside)
        return run.report
    finally:
        database.close()


class _Run:
    def __init__(
        self, pbx: Pascom, database: Database, look_back: timedelta, progress: Callable[[Report], object] | None
    ) -> None:
        self._pbx, self._database, self._look_back, self._progress = pbx, database, look_back, progress
        self._began = _milliseconds(datetime.now(UTC))
        self.report = Report()

    def calls(self, since: int | None) -> None:
        state = self._database.begin(since)
        self._highest = self._database.highest()
        self._read_anew = False
        begin = self._first_moment(state)
        try:
            for window in self._open_windows(begin):
                for parts in self._compared(*window):
                    self._write(parts, state.run, None)
            self._read(begin, state.run)
            if self._read_anew:
                self._read_anew = False
                self._read(self._first_moment(state._replace(newest=None)), state.run)
        except TakenOver:
            self.report.taken_over = True

    def _read(self, begin: datetime | None, run: int) -> None:
        """Take all calls since then."""
        for parts in self._compared(begin, None):
            newest = max(part.newest for part in parts)
            self._write(parts, run, min(newest, self._began))

    def _compared(self, since: datetime | None, until: datetime | None) -> Iterator[list[Compared]]:
        """Calls as they are written: compared page by page while the next pages are fetched, many in a transaction."""
        pages = _batches(self._pbx.cdr(since=since, until=until, newest_first=False), _PAGE)
        return _batches(map(self._compare, pages), _AT_ONCE // _PAGE)

    def _first_moment(self, state: State) -> datetime | None:
        moments = []
        if state.since is not None:
            moments.append(_moment(state.since))
        if state.newest is not None:
            moments.append(_moment(state.newest) - self._look_back)
        return max(moments, default=None)

    def _open_windows(self, begin: datetime | None) -> list[tuple[datetime, datetime]]:
        """The times before `begin` of calls that had not ended when they were read; neighbours in one."""
        if begin is None:
            return []
        before: Any = begin
        if not self._database.native_times:
            before = begin.isoformat(timespec="milliseconds")
        windows: list[tuple[datetime, datetime]] = []
        for found in self._database.open_calls(before):
            started = _as_time(found)
            after = started + timedelta(milliseconds=1)
            if windows and started - windows[-1][1] < _NEIGHBOURS:
                windows[-1] = (windows[-1][0], after)
            else:
                windows.append((started, after))
        return windows

    def _compare(self, calls: list[Call]) -> Compared:
        """The calls of a page that are new or have changed."""
        by_place = {call.place: call for call in calls}
        keys = [place.id for place in by_place]
        known = {}
        if self._highest is not None and min(keys) <= self._highest:
            known = self._database.known(keys)
        rows: Rows = {}
        new = changed = 0
        for (_, key), call in by_place.items():
            arrived = sent(call)
            there = known.get(key)
            if there is None:
                new += 1
            elif there.digest == arrived.digest:
                continue
            else:
                _check_same(key, call, there.started)
                changed += 1
            names, values = as_stored(call, arrived, native_times=self._database.native_times)
            rows.setdefault(names, []).append(values)
        newest = max(place.timestamp for place in by_place)
        return Compared(rows, new, changed, len(keys) - new - changed, newest)

    def _write(self, parts: list[Compared], run: int, newest: int | None) -> None:
        """Write what is new or has changed, in one transaction."""
        rows: Rows = {}
        for part in parts:
            for names, values in part.rows.items():
                rows.setdefault(names, []).extend(values)
        if self._database.widen(rows, run) and self._highest is not None:
            self._read_anew = True
        if self._read_anew:
            newest = None  # until it is read anew
        self._database.write(rows, run, newest)
        self.report.new += sum(part.new for part in parts)
        self.report.changed += sum(part.changed for part in parts)
        self.report.unchanged += sum(part.unchanged for part in parts)
        if self._progress:
            self._progress(self.report)


def _batches(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    items = iter(items)
    while batch := list(islice(items, size)):
        yield batch


def _check_same(key: int, call: Call, started: Any) -> None:
    if call.started is None or started is None or abs(call.started - _as_time(started)) < _SAME_CALL:
        return
    raise ConfigurationError(
        f"call {key} is in the table with another beginning: the instance numbers its calls anew, or is another one; "
        "use another database"
    )


def _as_time(stored: Any) -> datetime:
    if isinstance(stored, datetime):
        return stored
    return datetime.fromisoformat(stored)


def _milliseconds(moment: datetime) -> int:
    return (moment - _EPOCH) // timedelta(milliseconds=1)


def _moment(milliseconds: int) -> datetime:
    return _EPOCH + timedelta(milliseconds=milliseconds)


def _write_beside(pbx: Pascom, database: Database, tables: list[str]) -> None:
    if "users" in tables:
        columns = [sa.Column(name, sa.Text, primary_key=name == "login") for name in _USER_COLUMNS]
        database.write_beside("users", columns, {_USER_COLUMNS: [_user(one) for one in pbx.identities() if one.login]})
    if "recordings" in tables:
        database.write_recordings(
            [
                sa.Column("recording", sa.Text, primary_key=True),
                sa.Column("call_id", sa.BigInteger, primary_key=True, autoincrement=False),
                sa.Column("chain", sa.Text),
                sa.Column("started", time_type(database.native_times)),
                sa.Column("user", sa.Text),
                sa.Column("duration", sa.BigInteger),
            ]
        )


def _user(identity: Identity) -> tuple[str | None, ...]:
    values = [getattr(identity, name) for name in _USER_COLUMNS]
    return tuple(None if value is None else str(value) for value in values)
