"""Rows in the form the vendor's connector accepts: UTF-8 CSV, header first, fields quoted, lines ended by CRLF.

(Public facts §9: code that ran against real instances.) All rows are written to a temporary file before anything is
sent: a push that broke off midway could remove every record after that point.
"""

from __future__ import annotations

import codecs
import csv
import io
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, is_dataclass
from typing import IO, Any

from .errors import ConfigurationError

IN_MEMORY = 1_000_000  # bytes; more goes to a file
Rows = Iterable[Any] | str | os.PathLike[str] | IO[bytes] | IO[str]
"""Mappings or dataclasses; a CSV file's path, or an open CSV file; or a data frame (pandas, polars)."""


def spooled(rows: Rows, *, allow_empty: bool) -> IO[bytes]:
    """A temporary file with the rows, open at its beginning.

    Raises ConfigurationError for rows with other columns than the first, for text that isn't UTF-8, and for an empty
    push unless `allow_empty`.
    """
    file: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (the caller closes it)
    try:
        _copy(rows, file)
    except OSError as error:
        raise ConfigurationError(f"the rows cannot be read: {error}") from None
    _check(file, allow_empty)
    return file


def _copy(rows: Any, file: IO[bytes]) -> None:
    if isinstance(rows, str | os.PathLike):
        with open(rows, "rb") as source:  # noqa: PTH123
            shutil.copyfileobj(source, file)
    elif hasattr(rows, "read"):
        end = type(rows.read(0))()  # not any empty value: None means "nothing yet"
        for piece in iter(lambda: rows.read(65_536), end):
            if isinstance(piece, str):
                piece = piece.encode()
            file.write(piece)
    elif hasattr(rows, "to_csv"):  # pandas
        file.write(rows.to_csv(index=False, lineterminator="\r\n").encode())
    elif hasattr(rows, "write_csv"):  # polars
        file.write(rows.write_csv(line_terminator="\r\n").encode())
    else:
        _write(rows, file)


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


def _check(file: IO[bytes], allow_empty: bool) -> None:
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines = 0
    for line in file:
        lines += bool(line.strip())
        try:
            decoder.decode(line)
        except UnicodeDecodeError:
            raise ConfigurationError(f"line {lines} of the CSV is not UTF-8") from None
    if lines < 2 and not allow_empty:
        raise ConfigurationError(
            "nothing to push: a profile in its default mode would remove all it imported before; "
            "allow_empty=True if you mean it"
        )
    file.seek(0)
