"""Rows in the form the vendor's connector accepts: UTF-8 CSV, header first, fields quoted, lines ended by CRLF.

(Public facts §9: code that ran against real instances.) All rows are written to a temporary file before anything is
sent: a push that broke off midway could remove every record after that point.
"""

from __future__ import annotations

import codecs
import csv
import io
import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import asdict, is_dataclass
from typing import IO, Any, NamedTuple

from .errors import ConfigurationError

HEAD = 10_000  # characters in which the header ends
SHOWN = 3  # rows, before they are sent
IN_MEMORY = 1_000_000  # bytes; more goes to a file
Rows = Iterable[Any] | str | os.PathLike[str] | IO[bytes] | IO[str]
"""Mappings or dataclasses; a CSV file's path, or an open CSV file; or a data frame (pandas, polars)."""


def spooled(rows: Rows, *, allow_empty: bool) -> IO[bytes]:
    """A temporary file with the rows, open at its beginning.

    Raises ConfigurationError for rows with other columns than the first, for text that isn't UTF-8, and for an empty
    push unless `allow_empty`.
    """
    with ExitStack() as closing:
        file: IO[bytes] = closing.enter_context(tempfile.SpooledTemporaryFile(IN_MEMORY))
        _fill(file, rows)
        if counted(file).rows < 1 and not allow_empty:
            raise ConfigurationError(
                "nothing to push: a profile in its default mode would remove all it imported before; "
                "allow_empty=True if you mean it"
            )
        closing.pop_all()  # from here on, the caller closes it
    return file


class Contents(NamedTuple):
    """What a CSV file holds: its header, how many rows, and the first of them."""

    columns: list[str]
    rows: int
    first: list[list[str]]


def _fill(file: IO[bytes], rows: Rows) -> None:
    try:
        _copy(rows, file)
    except OSError as error:
        raise ConfigurationError(f"the rows cannot be read: {error}") from None
    except UnicodeEncodeError:
        raise ConfigurationError("the rows hold text that is not Unicode (half of a surrogate pair)") from None


def _copy(rows: Any, file: IO[bytes]) -> None:
    if isinstance(rows, str | os.PathLike):
        with open(rows, "rb") as source:  # noqa: PTH123
            _copy_text(source, file)
    elif hasattr(rows, "read"):
        _copy_text(rows, file)
    elif hasattr(rows, "to_csv"):  # pandas
        file.write(rows.to_csv(index=False, lineterminator="\r\n").encode())
    elif hasattr(rows, "write_csv"):  # polars
        file.write(rows.write_csv(line_terminator="\r\n").encode())
    else:
        _write(rows, file)


def _copy_text(source: Any, file: IO[bytes]) -> None:
    """Without the byte order mark that Excel writes: it would be a part of the first column's name."""
    end = type(source.read(0))()  # not any empty value: None means "nothing yet"
    is_first = True
    for piece in iter(lambda: source.read(65_536), end):
        if isinstance(piece, str):
            piece = piece.encode()
        if piece and is_first:
            piece = piece.removeprefix(codecs.BOM_UTF8)
            is_first = False
        file.write(piece)


def _write(rows: Iterable[Any], file: IO[bytes]) -> None:
    text = io.TextIOWrapper(file, "utf-8", newline="", write_through=True)
    writer: csv.DictWriter[str] | None = None
    for number, row in enumerate(rows, 1):
        if is_dataclass(row) and not isinstance(row, type):
            row = asdict(row)
        if not isinstance(row, Mapping):
            raise ConfigurationError(f"row {number} is neither a mapping nor a dataclass")
        if writer is None:
            writer = csv.DictWriter(text, list(row), quoting=csv.QUOTE_ALL, lineterminator="\r\n")
            writer.writeheader()
        unknown = row.keys() - set(writer.fieldnames)
        if unknown:
            raise ConfigurationError(f"row {number} has columns that the first has not: {', '.join(sorted(unknown))}")
        writer.writerow(row)
    text.detach()


def counted(file: IO[bytes]) -> Contents:
    """What a CSV file holds, read to its end and put back to its beginning.

    A row is what a reader of CSV finds: a header with line breaks in it is one, too.

    Raises ConfigurationError for what isn't UTF-8, and for a file that ends amid a row.
    """
    file.seek(0)
    text = io.TextIOWrapper(file, "utf-8", newline="")
    try:
        return _read(text)
    except UnicodeDecodeError:
        file.seek(0)
        line = _bad_line(file)
        raise ConfigurationError(f'line {line} of the CSV is not UTF-8: save it as "CSV UTF-8"') from None
    except csv.Error as error:
        raise ConfigurationError(f"the CSV cannot be read: {error}") from None
    finally:
        text.detach()
        file.seek(0)


def _bad_line(file: IO[bytes]) -> int:
    """The first line that isn't UTF-8; a character that is cut at the end is on the last."""
    number = 0
    for line in file:
        number += 1
        try:
            line.decode()
        except UnicodeDecodeError:
            break
    return number


def _read(text: io.TextIOWrapper) -> Contents:
    delimiter = _delimiter(text.read(HEAD))
    try:
        return _rows(text, delimiter, strict=True)
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            raise ConfigurationError("the CSV ends within quotes: is it still being written?") from None
        return _rows(text, delimiter, strict=False)  # quotes as people write them


def _delimiter(head: str) -> str:
    """What stands most often between the names of the header, quoted ones aside."""
    unquoted = re.sub(r'"(?:[^"]|"")*"', "", head)
    first = re.split(r"[\r\n]", unquoted.lstrip("\r\n"), maxsplit=1)[0]
    return max(",;\t|", key=first.count)


def _rows(text: io.TextIOWrapper, delimiter: str, *, strict: bool) -> Contents:
    text.seek(0)
    columns: list[str] = []
    first: list[list[str]] = []
    count = 0
    for row in csv.reader(text, delimiter=delimiter, strict=strict):
        if any("\0" in cell for cell in row):
            raise ConfigurationError('the CSV has NUL characters: is it UTF-16? Save it as "CSV UTF-8"')
        if not any(cell.strip() for cell in row):
            continue
        if not columns:
            columns = row
            continue
        count += 1
        if len(first) < SHOWN:
            first.append(row)
    return Contents(columns, count, first)
