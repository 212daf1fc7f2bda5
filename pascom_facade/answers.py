"""An answer of the instance, read tolerantly: text around the JSON is skipped, never the data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ._discreet import discreet
from ._json import read
from .errors import UnexpectedAnswer

_PAGE = r"(?i)<(?:!doctype\s|html\b|head\b|title\b|body\b|form\b)"
_DIED = r"(?i)\b(?:fatal|parse) error\b"
_WORDS = ("response", "message", "msg", "text", "result", "status")


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

        Text before or after the JSON, such as a PHP warning, is skipped. Raises UnexpectedAnswer for anything else,
        such as a login page.
        """
        try:
            return read(self.content)
        except ValueError:
            pass
        self.check_no_page()
        raise self.unexpected("text that is not JSON")

    @discreet
    def accepted(self) -> str:
        """The text of an answer whose status accepts the request: the vendor's `{"response": TEXT}`, else the text in
        other JSON, or the text that came instead of JSON; empty if there is none.

        Raises UnexpectedAnswer for a page (a login?), and for JSON that reports a failure.
        """
        try:
            value = read(self.content)
        except ValueError:
            self.check_no_page()
            return self.text.strip()
        if isinstance(value, dict):
            self.check_success(value)
        return _words(value)

    def check_no_page(self) -> None:
        """Raises UnexpectedAnswer for an HTML page, and for the last words of PHP."""
        text = self.text[:2000]
        if re.search(_PAGE, text):
            raise self.unexpected("an HTML page (a login page?)")
        if re.search(_DIED, text):
            raise self.unexpected("an error of its own program (PHP)")

    def check_success(self, value: Mapping[str, Any]) -> None:
        """Raises UnexpectedAnswer if the answer's object reports that the request failed."""
        failed = any(value.get(name) is False for name in ("success", "ok"))
        if failed or any(value.get(name) for name in ("error", "errors")):
            raise self.unexpected("that it failed")

    def unexpected(self, seen: str) -> UnexpectedAnswer:
        """The error for an answer that is not as documented; `seen` describes it."""
        return UnexpectedAnswer(
            f"{self.method} {self.path}: the instance answered {seen}; check the address, or try `pascom doctor`",
            method=self.method,
            path=self.path,
            status=self.status,
            may_have_happened=self.method not in ("GET", "HEAD"),
        )


def _words(value: Any) -> str:
    """The text in a JSON value; empty if there are several, and none has a usual name."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and len(value) == 1:
        return _words(value[0])
    if not isinstance(value, dict):
        return ""
    for name in _WORDS:
        if name in value and (named := _words(value[name])):
            return named
    texts = [text for text in value.values() if isinstance(text, str)]
    if len(texts) == 1:
        return texts[0]
    return ""
