"""CSV that spreadsheet programs read correctly, and in which they find no formula to execute.

* An apostrophe precedes a cell that a spreadsheet would compute, and is visible there (CSV has no mark for text; OWASP
  advises it): a cell that begins with `= + - @`, a tab or a line break (formulas; a caller's name comes from outside),
  and one that would lose a leading zero or a plus sign when read as a number (`030…`, `+49…`), or its last digits (more
  than 15). `exact` writes every value unchanged, for programs.
* UTF-8. A file begins with a byte order mark, without which Excel reads umlauts as Windows-1252; a pipe has none,
  because programs would read it as a part of the first column's name. `soffice --convert-to` ignores the mark and needs
  `--infilter=CSV:44,34,76` (seen with LibreOffice 7.4).
* Commas, lines end with CRLF (RFC 4180). Excel expects semicolons in Germany: `delimiter=";"`.
"""

from __future__ import annotations

import csv
import os
import re
import stat
from collections.abc import Callable, Iterable, Mapping
from typing import IO, Any

from .._printable import paragraphs

BOM = "\ufeff"
_COMPUTED = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]|'|0\d|\d{16}")
_NUMBER = re.compile(r"-\d{1,15}(\.\d+)?")


def cell(value: Any) -> Any:
    """The value, escaped if a spreadsheet would compute it."""
    if isinstance(value, str) and _COMPUTED.match(value) and not _NUMBER.fullmatch(value):
        return "'" + value
    return _exact(value)


def _exact(value: Any) -> Any:
    if value is None:
        return ""
    return value


def write_csv(
    rows: Iterable[Mapping[str, Any]],
    columns: Iterable[str],
    stream: IO[str],
    *,
    delimiter: str = ",",
    exact: bool = False,
    bom: bool | None = None,
) -> None:
    """Write rows as they arrive; `stream` must have been opened with `newline=""`."""
    columns = tuple(columns)
    if bom is None:
        bom = is_file(stream)
    if bom:
        stream.write(BOM)
    writer = csv.writer(stream, delimiter=delimiter)
    writer.writerow(columns)
    to_cell: Callable[[Any], Any] = _exact if exact else cell
    for_terminal = stream.isatty()
    for row in rows:
        cells = [to_cell(row.get(column)) for column in columns]
        if for_terminal:
            cells = [paragraphs(value) if isinstance(value, str) else value for value in cells]
        writer.writerow(cells)


def is_file(stream: IO[str]) -> bool:
    """Whether the stream writes to a file, which somebody may open in a spreadsheet."""
    try:
        return stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError):
        return False
