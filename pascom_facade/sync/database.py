"""The database: its tables, made and widened, never dropped, and writing calls into them.

Beside the calls lies the state (`calls_sync`), which is written in the same transaction: how far the journal has been
read, and which run is the newest. A run whose number is no longer the newest writes nothing more, so that of two at
once one goes on from what the other has written; one that was killed leaves whole transactions behind.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from .._files import PRIVATE
from ..cdr_row import FIELDS
from ..errors import ConfigurationError, PascomError
from .rows import DIGEST, Rows, raw_columns

_KINDS = ("sqlite", "postgresql")
_LOCK = 7_204_815  # any number: of PostgreSQL's lock while tables are made
_PATIENCE = 60  # seconds to wait for another writer (SQLite)


class TakenOver(Exception):
    """Another run has begun, and goes on from here."""


class State(NamedTuple):
    """How far the journal has been read."""

    run: int
    since: int | None
    """The beginning of what is wanted; None: everything. Milliseconds since 1970, as `newest`."""
    newest: int | None
    """The newest call that was read, where a run goes on."""


class Known(NamedTuple):
    """What the table has of a call."""

    digest: int | None
    started: Any


class Database:
    """One database; raises PascomError in one line, without its password."""

    def __init__(self, url: str) -> None:
        self._url = _parsed(url)
        dialect = import_module(f"sqlalchemy.dialects.{self._url.get_backend_name()}")  # the other takes 0.1 s
        self._insert: Any = dialect.insert
        self.native_times = self._url.get_backend_name() == "postgresql"
        arguments: dict[str, Any] = {}
        style: Any = "format"
        if not self.native_times:
            arguments, style = {"timeout": _PATIENCE}, "qmark"
            _make_private(self._url.database)
        with self.failing_clearly():
            self._engine = sa.create_engine(self._url, connect_args=arguments, hide_parameters=True, paramstyle=style)
        self._tables = sa.MetaData()
        self.calls = self._table("calls", _call_columns(self.native_times))
        self._state = self._table("calls_sync", _state_columns())
        sa.Index("calls_started", self.calls.c.started)
        # Of its own dialect alone: naming another one loads that.
        of_open: Any = {f"{self._url.get_backend_name()}_where": ~self.calls.c.is_final}
        sa.Index("calls_open", self.calls.c.started, **of_open)

    def _table(self, name: str, columns: Iterable[sa.Column[Any]]) -> sa.Table:
        return sa.Table(name, self._tables, *columns)

    @contextmanager
    def failing_clearly(self) -> Iterator[None]:
        """Errors of the database as one line, without its password and without values."""
        try:
            yield
        except ModuleNotFoundError as missing:
            raise ConfigurationError(f"{self._shown} needs {missing.name}, which is not installed") from None
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or error).strip().partition("\n")[0]
            if password := self._url.password:
                reason = reason.replace(str(password), "…")
            raise PascomError(f"the database {self._shown}: {reason}") from None

    @property
    def _shown(self) -> str:
        return self._url.set(username=None, password=None, query={}).render_as_string()

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def _alone(self) -> Iterator[sa.Connection]:
        """A transaction that waits for others of its kind."""
        with self.failing_clearly(), self._engine.connect() as connection:
            if self.native_times:
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
            else:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            yield connection
            connection.commit()

    def begin(self, since: int | None) -> State:
        """Make what is missing, and begin a run. since: where the first run begins, or one that goes further back."""
        with self._alone() as connection:
            for table in self._tables.sorted_tables:
                connection.execute(sa.schema.CreateTable(table, if_not_exists=True))
            self._widen(connection, [])
            for index in self.calls.indexes:
                connection.execute(sa.schema.CreateIndex(index, if_not_exists=True))
            found = connection.execute(sa.select(self._state)).first()
            state = State(1, since, None)
            if found is None:
                connection.execute(self._state.insert().values(state._asdict()))
                return state
            state = State(found.run + 1, found.since, found.newest)
            if since is not None and found.since is not None and since < found.since:
                state = State(found.run + 1, since, since)
            connection.execute(self._state.update().values(state._asdict()))
            return state

    def widen(self, rows: Rows, run: int) -> bool:
        """Add the columns that the rows have and the table hasn't; returns whether there were any.

        The journal is to be read from its beginning then: with new columns, pascom may say more of old calls, too.
        Raises TakenOver.
        """
        missing = [name for name in raw_columns(rows) if name not in self.calls.c]
        if not missing:
            return False
        anew = self._state.update().where(self._state.c.run == run).values(newest=None)
        with self._alone() as connection:
            if connection.execute(anew).rowcount != 1:
                raise TakenOver
            self._widen(connection, missing)
        return True

    def _widen(self, connection: sa.Connection, wanted: list[str]) -> None:
        there = {str(column["name"]) for column in sa.inspect(connection).get_columns("calls")}
        for name in [*there, *wanted]:
            if name not in self.calls.c:
                self.calls.append_column(sa.Column(name, sa.Text))
        for column in self.calls.c:
            if column.name not in there:
                name = connection.dialect.identifier_preparer.quote(column.name)
                kind = column.type.compile(connection.dialect)
                connection.exec_driver_sql(f"ALTER TABLE calls ADD COLUMN {name} {kind}")

    def highest(self) -> int | None:
        """The highest id in the table."""
        with self._reading() as connection:
            highest: int | None = connection.scalar(sa.select(sa.func.max(self.calls.c.id)))
            return highest

    def open_calls(self, before: Any) -> list[Any]:
        """When the calls began that hadn't ended when they were read, as the table has it."""
        calls = self.calls.c
        wanted = sa.select(calls.started).where(~calls.is_final, calls.started < before).order_by(calls.started)
        with self._reading() as connection:
            return list(connection.scalars(wanted))

    def known(self, ids: list[int]) -> dict[int, Known]:
        """What the table has of these calls."""
        calls = self.calls.c
        wanted = sa.select(calls.id, calls[DIGEST], calls.started).where(calls.id.in_(ids))
        with self._reading() as connection:
            return {number: Known(digest, started) for number, digest, started in connection.execute(wanted)}

    @contextmanager
    def _reading(self) -> Iterator[sa.Connection]:
        with self.failing_clearly(), self._engine.connect() as connection:
            yield connection

    def write(self, rows: Rows, run: int, newest: int | None) -> None:
        """Write calls and how far the journal was read, both or nothing. Raises TakenOver."""
        progress: dict[str, Any] = {"run": run}
        if newest is not None:
            progress["newest"] = newest
        mine = self._state.update().where(self._state.c.run == run).values(progress)
        with self.failing_clearly(), self._engine.begin() as connection:
            if connection.execute(mine).rowcount != 1:  # first: from here on other writers wait
                raise TakenOver
            self._fill(connection, self.calls, rows)

    def write_beside(self, name: str, columns: Iterable[sa.Column[Any]], rows: Rows) -> None:
        """Make a table if it is missing, and write rows into it; no row is deleted."""
        table = self._table(name, columns)
        with self._alone() as connection:
            connection.execute(sa.schema.CreateTable(table, if_not_exists=True))
            self._fill(connection, table, rows, only_changed=True)

    def write_recordings(self, columns: Iterable[sa.Column[Any]]) -> None:
        """The table of recordings, from that of the calls."""
        table = self._table("recordings", columns)
        calls = self.calls.c
        chosen = sa.select(calls.recording, calls.id, calls.chain, calls.started, calls.user, calls.duration)
        chosen = chosen.where(calls.recording.is_not(None))
        names = ["recording", "call_id", "chain", "started", "user", "duration"]
        with self._alone() as connection:
            connection.execute(sa.schema.CreateTable(table, if_not_exists=True))
            filled = self._insert(table).from_select(names, chosen)
            connection.execute(_overwriting(filled, table, only_changed=True))

    def _fill(self, connection: sa.Connection, table: sa.Table, rows: Rows, *, only_changed: bool = False) -> None:
        """Write rows. (Handed to the driver itself: SQLAlchemy takes as long as SQLite.)"""
        for names, values in rows.items():
            statement = _overwriting(self._insert(table), table, only_changed=only_changed)
            compiled = statement.compile(dialect=connection.dialect, column_keys=names)
            in_order = itemgetter(*map(names.index, compiled.positiontup or ()))
            connection.exec_driver_sql(str(compiled), [*map(in_order, values)])


def _overwriting(insert: Any, table: sa.Table, *, only_changed: bool) -> Any:
    """only_changed: rows that are there as they are aren't written again: PostgreSQL would keep both for some time."""
    keys = [column.name for column in table.primary_key]
    others = [column for column in table.c if column.name not in keys]
    values = {column.name: insert.excluded[column.name] for column in others}
    differs = None
    if only_changed:
        differs = sa.or_(*(column.is_distinct_from(values[column.name]) for column in others))
    return insert.on_conflict_do_update(index_elements=keys, set_=values, where=differs)


def _parsed(url: str) -> sa.URL:
    """Raises ConfigurationError, which quotes nothing of what may hold a password."""
    try:
        parsed = sa.make_url(url)
        if parsed.get_backend_name() in _KINDS:
            return parsed
    except (ArgumentError, ValueError, NoSuchModuleError):
        pass
    raise ConfigurationError(
        "the database's address is none that is understood: sqlite:///calls.db, postgresql+psycopg://user@host/database"
    )


def _make_private(file: str | None) -> None:
    """A new SQLite file that only its owner can read: it holds personal data."""
    if not file or file == ":memory:" or file.startswith("file:"):
        return
    with suppress(FileExistsError):
        try:
            os.close(os.open(Path(file), os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE))
        except FileExistsError:
            raise
        except OSError as error:
            raise ConfigurationError(f"the database {file} can't be made: {error.strerror}") from None


_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")  # SQLite keeps rows by one that is called INTEGER
_TYPES: dict[type, Any] = {int: sa.BigInteger, bool: sa.Boolean}


def time_type(native: bool) -> Any:
    """PostgreSQL has times with a zone; for SQLite they are text, which sorts as they do."""
    if native:
        return sa.DateTime(timezone=True)
    return sa.Text()


def _call_columns(native_times: bool) -> Iterator[sa.Column[Any]]:
    for field in FIELDS:
        kind: Any = _TYPES.get(field.type, sa.Text)
        if field.name in ("started", "answered", "ended"):
            kind = time_type(native_times)
        if field.name == "id":
            yield sa.Column("id", _ID, primary_key=True, autoincrement=False)
        else:
            yield sa.Column(field.name, kind)
    yield sa.Column(DIGEST, sa.BigInteger)


def _state_columns() -> Iterator[sa.Column[Any]]:
    for name in State._fields:
        yield sa.Column(name, sa.BigInteger)
