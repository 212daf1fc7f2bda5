"""`pascom cdr --follow`: the calls that are added to the journal, each once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .._sync.client import Pascom
    from ..cdr import Call, Place

LOOK_BACK = timedelta(hours=2)
"""A call gets into the journal when it ends, under the time it began (assumed): longer calls would be missed."""


def following(
    pbx: Pascom, wanted: dict[str, Any], since: datetime | None, every: float, limit: int | None
) -> Iterator[Call]:
    """The calls since `since` (without: what is added from now on), then new ones as they appear, until interrupted."""
    known: dict[Place, datetime] = {}
    silent = since is None
    given = 0
    while True:
        horizon = datetime.now(UTC) - LOOK_BACK
        first = horizon if silent or known else since
        for call in pbx.cdr(since=first, newest_first=False, **wanted):
            if call.place in known:
                continue
            known[call.place] = call.started or horizon
            if not silent:
                yield call
                given += 1
                if given == limit:
                    return
        silent = False
        known = {place: started for place, started in known.items() if started >= horizon - LOOK_BACK}
        time.sleep(every)
