"""CSV that spreadsheet programs open right, and that carries nothing they would carry out.

* A cell that a spreadsheet would compute gets an apostrophe in front, which is seen there (CSV has no mark for text;
  OWASP's advice): what begins with `= + - @`, a tab or a line break (formulas; a caller's name comes from outside), and
  what would lose a leading zero or a plus sign when read as a number (`030…`, `+49…`), or its last digits (more than
  15). `exact` writes every value as it is, for programs.
* UTF-8. A file gets a byte order mark, without which Excel takes umlauts for Windows-1252; a pipe gets none, because
  programs would take it for a part of the first column's name. `soffice --convert-to` looks for no mark: it wants
  `--infilter=CSV:44,34,76` (seen with LibreOffice 7.4).
* Commas, lines end with CRLF (RFC 4180). Where Excel wants semicolons (Germany), `delimiter=";"`.
"""

from __future__ import annotations

import csv
import os
import re
import stat
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import IO, Any

from .._printable import paragraphs

BOM = "\ufeff"
_COMPUTED = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]|'|0\d|\d{16}")
_NUMBER = re.compile(r"-\d{1,15}(\.\d+)?")


def cell(value: Any) -> Any:
    """A value that a spreadsheet shows as it is."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return value
    if _COMPUTED.match(value) and not _NUMBER.fullmatch(value):
        return "'" + value
    return value


def _exact(value: Any) -> Any:
    return "" if value is None else value


def _shown(kept: Callable[[Any], Any], value: Any) -> Any:
    """For a terminal."""
    value = kept(value)
    return paragraphs(value) if isinstance(value, str) else value


def write_csv(
    rows: Iterable[Mapping[str, Any]],
    columns: Iterable[str],
    stream: IO[str],
    *,
    delimiter: str = ",",
    exact: bool = False,
    bom: bool | None = None,
) -> None:
    """Write rows as they come; `stream` must have been opened with `newline=""`."""
    columns = tuple(columns)
    if is_file(stream) if bom is None else bom:
        stream.write(BOM)
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerow(columns)
    kept: Callable[[Any], Any] = _exact if exact else cell
    if stream.isatty():
        kept = partial(_shown, kept)
    for row in rows:
        writer.writerow([kept(row.get(column)) for column in columns])


def is_file(stream: IO[str]) -> bool:
    """Whether this ends in a file that somebody may open in a spreadsheet."""
    try:
        return stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError):
        return False
