"""How an instance wants its CDR asked: what isn't published, from the instance's document or the caller."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True)
class CdrOptions:
    """How this instance wants its CDR asked: names of the query parameters, and how times are written.

    The vendor publishes the names of the first two only. time_format: `ms` (since 1970), `s`, `iso`, or `text`
    (`YYYY-MM-DD hh:mm:ss` in `zone`, the server's); None: found out from the answers. rows: to ask for at once.
    """

    timefrom: str = "timefrom"
    timeto: str = "timeto"
    limit: str = "limit"
    time_format: Literal["ms", "s", "iso", "text"] | None = None
    zone: str | None = None
    rows: int = 1000

    @classmethod
    def documented(cls, parameters: Iterable[Mapping[str, Any]]) -> CdrOptions:
        """From the operation's query parameters, as the instance's document describes them."""
        found: dict[str, Any] = {}
        for one in parameters:
            name, about = str(one.get("name")), str(one.get("description") or "").lower()
            for option, pattern in _CDR_NAMES.items():
                if option not in found and re.fullmatch(pattern, name, re.IGNORECASE):
                    found[option] = name
            if found.get("timefrom") == name and "assumed" not in about:
                found["time_format"] = next(
                    (key for key, words in _CDR_FORMATS.items() if words in about), None
                )
        return cls(**found)


_CDR_NAMES = {
    "timefrom": r"(time|date)?_?(from|start|since|begin)_?(time|date)?",
    "timeto": r"(time|date)?_?(to|end|until|till)_?(time|date)?",
    "limit": r"(limit|max|count|rows|page_?size|per_?page)",
}
_CDR_FORMATS = {"ms": "millisecond", "text": "yyyy-mm-dd hh", "iso": "iso 8601", "s": "seconds since"}
