"""Text of an instance or a document on its way to a terminal, a log or a file that somebody opens.

Escape sequences can rewrite a terminal's screen, overrides of direction a reader's text: both are escaped or replaced.
"""

from __future__ import annotations

import json
import re
from typing import Any

# Characters that JSON does not escape: DEL and the C1 controls, marks and overrides of direction, line separators,
# surrogates. (It escapes all below U+0020.)
_UNSAFE = r"[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"


def printable(text: str, keep: str = "") -> str:
    """The text with a space for each character that isn't printable, except those in `keep`."""
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() or character in keep else " " for character in text)


def paragraphs(text: str) -> str:
    """The same, with its line breaks and tabs."""
    return printable(text, "\n\t")


def json_text(value: Any, indent: int | None = None) -> str:
    """A value as JSON that is as safe to show as it is to read."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    if text.isascii() and "\x7f" not in text:
        return text
    return safe_json(text)


def safe_json(text: str) -> str:
    """JSON with escapes for what a terminal would obey."""
    return re.sub(_UNSAFE, lambda found: f"\\u{ord(found[0]):04x}", text)
