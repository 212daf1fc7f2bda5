"""Master data: the instance's own keys, and readable names for those that are publicly known.

The instance answers flat objects with the columns of its database as keys (`003use_bez`: table 3 "user", "Bezeichnung";
vendor's API page and public facts §6). All values are text in every sample, so they stay as they come.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Self

from .answers import Answer


class _Column:
    """A readable name for one of the instance's keys; None where the instance doesn't have it."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.__doc__ = f"`{key}`"

    def __get__(self, record: MasterData | None, owner: type) -> Any:
        if record is None:
            return self
        return record.get(self.key)


class MasterData(Mapping[str, Any]):
    """One object as the instance has it: `record["003use_bez"]`, or `record.display_name`; nothing is hidden."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        self._fields = dict(fields)

    def __getitem__(self, key: str) -> Any:
        return self._fields[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def __repr__(self) -> str:
        # No values: they hold names, numbers and passwords, and reprs end in logs.
        named = ", ".join(name for name, value in vars(type(self)).items() if isinstance(value, _Column))
        return f"<{type(self).__name__} of {len(self)} fields: {named}, and by key>"

    @classmethod
    def read(cls, answer: Answer) -> Self:
        """Raises UnexpectedAnswer if the answer is not one object."""
        from ._records import records_of  # not in a process that only dials

        value, kind = answer.json(), cls.__name__.lower()
        found = [row for row in records_of(answer, has_columns) or () if has_columns(row)]
        if len(found) == 1:
            return cls(found[0])
        if found or not isinstance(value, dict):
            raise answer.unexpected(f"no object of a {kind}")
        return cls(value)

    @classmethod
    def all_of(cls, rows: list[Any], answer: Answer) -> list[Self]:
        """From an answer's records, without rows that are not objects. Raises UnexpectedAnswer if no row is one."""
        found = [cls(row) for row in rows if isinstance(row, dict)]
        if rows and not found:
            raise answer.unexpected("no list of objects")
        return found


_COLUMN = r"\d{3}[a-z]+_\w"


def has_columns(value: Any) -> bool:
    """Whether a value is an object with keys like the instance's columns (`003use_bez`)."""
    return isinstance(value, dict) and any(re.match(_COLUMN, name) for name in value)


class Identity(MasterData):
    """A user. Keys: A for XMPP, assumed for REST (public facts §6); `003use_bez`: vendor's API page."""

    id = _Column("003use_id")
    login = _Column("003use_name")
    display_name = _Column("003use_bez")
    enabled = _Column("003use_enabled")
    last_login = _Column("003use_lastlogin")
    notes = _Column("003use_doc")
    changed = _Column("003use_tmstmp")
    extension = _Column("009ext_extension")
    account_id = _Column("011acc_id")
    caller_id = _Column("011acc_calleridnum")
    mailbox = _Column("016voi_mailbox")
    fax_extension = _Column("faxextension")
    phonebook_id = _Column("028pho_id")


class Device(MasterData):
    """A phone (public facts §6)."""

    id = _Column("010dev_id")
    display_name = _Column("010dev_bez")
    mac = _Column("071ipp_mac")
    sip_user = _Column("013pee_username")


class Voicemailbox(MasterData):
    """A voicemail box; `016voi_email` is proven by a vendor script (public facts §4, row 20)."""

    id = _Column("016voi_id")
    display_name = _Column("016voi_name")
    mailbox = _Column("016voi_mailbox")
    email = _Column("016voi_email")
    changed = _Column("016voi_tmstmp")
