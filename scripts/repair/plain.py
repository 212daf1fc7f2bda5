"""Step 1: plain JSON. A copy of what was decoded, as a tree with text for keys, of bounded size and depth.

YAML written by hand brings dates, numbers as keys (`200:`) and shared or circular nodes; lenient decoders bring NaN,
as Python's own json writes it, and lone surrogates. None of that can be written as JSON, and no later step has to
know of it.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Mapping
from typing import Any

from ..errors import DocumentUnusable
from ..tree import At, pointer
from .log import Log

DEEPEST = 150
MOST_NODES = 3_000_000
READ_BY_PEOPLE = ("title", "summary", "description")
TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""What makes text run the other way: in code, it shows otherwise than it is."""


def plain(document: Mapping[str, Any], log: Log) -> dict[str, Any]:
    """A copy of `document` that JSON can hold."""
    copied = _Copy(log).value(document, ())
    assert isinstance(copied, dict)
    return copied


class _Copy:
    def __init__(self, log: Log) -> None:
        self.log = log
        self.nodes = 0

    def value(self, value: Any, at: At) -> Any:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise DocumentUnusable(f"the document has more than {MOST_NODES:,} values, or refers to itself")
        if len(at) > DEEPEST:
            raise DocumentUnusable(f"the document is nested more than {DEEPEST} deep, at {pointer(at[:6])}/…")
        if isinstance(value, Mapping):
            return {self.key(key, at): self.value(inner, (*at, str(key))) for key, inner in value.items()}
        if isinstance(value, (list, tuple, set, frozenset)):
            return [self.value(inner, (*at, str(number))) for number, inner in enumerate(value)]
        return self.scalar(value, at)

    def key(self, key: Any, at: At) -> str:
        if isinstance(key, str):
            return self.text(key, at)
        self.log.fix((*at, str(key)), "a key that isn't text", "read as text")
        if key is None:
            return "null"
        return str(key).lower() if isinstance(key, bool) else str(key)

    def scalar(self, value: Any, at: At) -> Any:
        if value is None or isinstance(value, (bool, int)):
            return value
        if isinstance(value, str):
            return self.text(str(value), at)
        if isinstance(value, float):
            if math.isfinite(value):
                return value
            self.log.fix(at, "a number JSON doesn't have (NaN or infinity)", "read as null")
            return None
        if isinstance(value, (datetime.date, datetime.time)):
            self.log.fix(at, "a date or time without quotes", "read as text")
            return value.isoformat()
        self.log.fix(at, f"a {type(value).__name__}, which JSON doesn't have", "read as text")
        return self.text(str(value), at)

    def text(self, text: str, at: At) -> str:
        clean = text.encode("utf-8", "replace").decode("utf-8")
        if clean != text:
            self.log.fix(at, "text that is no Unicode (lone surrogates)", "replaced them by question marks")
        if at and at[-1] in READ_BY_PEOPLE and TURNS.search(clean):
            self.log.fix(at, "text that makes what follows run the other way", "left these characters out")
            return TURNS.sub("", clean)
        return clean
