"""An answer of the instance, read tolerantly: what stands in front of the JSON is skipped, never the data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from ._discreet import discreet
from .errors import UnexpectedAnswer


@dataclass(frozen=True)
class Answer:
    """Status, headers (lower-case names) and body of a 2xx answer."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    content: bytes = field(repr=False)
    method: str
    path: str

    @property
    def text(self) -> str:
        """The body as UTF-8 text; bytes that are not become U+FFFD."""
        return self.content.decode("utf-8", "replace")

    @discreet
    def json(self) -> Any:
        """The body as JSON; None for an empty body (204).

        A PHP warning printed in front of the JSON is skipped. Raises UnexpectedAnswer for anything else, such
        as a login page.
        """
        try:
            return json.loads(self.content) if self.content.strip() else None
        except ValueError:
            pass
        text = self.text
        for opening in ("\n{", "\n[", "{", "["):
            with suppress(ValueError):
                return json.loads(text[text.index(opening) :])
        if text.lstrip()[:200].lower().startswith(("<!doctype", "<html")):
            raise self.unexpected("an HTML page (a login page?)")
        raise self.unexpected("text that is not JSON")

    def unexpected(self, seen: str) -> UnexpectedAnswer:
        """The error that says what was answered instead of what is documented."""
        return UnexpectedAnswer(
            f"{self.method} {self.path}: the instance answered {seen}; check the address, or try `pascom doctor`",
            method=self.method,
            path=self.path,
            status=self.status,
            may_have_happened=self.method not in ("GET", "HEAD"),
        )
