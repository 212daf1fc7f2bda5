"""All that is named of httpx and httpcore, and the few private parts of them that are used. The seam stands on it.

Moving to their successors (httpx2, httpcore2) is this file and the generator's template. What is private, and what it
buys (`tests/facade/test_ground.py` fails, by its name, when it goes):

- `httpx._main` is not imported: a process that dials once takes 100 ms instead of 170 where rich is installed.
- `HTTPTransport._pool` is ours: with 10 and 50 dials in flight 0.35 and 0.17 of plain httpx's CPU; 1,000 at once are
  answered, where httpx loses all.
- `Response.stream._connection._h11_state`: bytes behind an answer are seen, and the next one is not forged; else it
  takes an HTTP/1.1 of our own.
"""

from __future__ import annotations

import sys
from typing import Any

# httpx imports its own command line with itself, and that rich and pygments. It knows how to do without; others may
# import it later.
_others = sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
import httpx as httpx  # noqa: E402

if _others is None:
    sys.modules.pop("httpx._main", None)

import httpcore as httpcore  # noqa: E402

LOGGERS = ("httpx", "httpcore.http11", "httpcore.http2", "httpcore.proxy", "httpcore.socks", "httpcore.connection")
HEADERS_LOGGED = "receive_response_headers.complete"
"""How a record begins that repeats an answer's headers."""
SOCKS_EXTRA = "httpx[socks]"


def lend(transport: Any, pool: object) -> None:
    """Let an `httpx` transport take its connections from `pool`. (Tools that mock and trace know its class.)"""
    transport._pool = pool


def is_of_socks(error: BaseException) -> bool:
    """Whether httpcore let an error of the package through that speaks SOCKS for it."""
    return type(error).__module__.partition(".")[0] == "socksio"


def left_over(stream: object) -> bool:
    """Whether bytes came behind the answer whose body `stream` was."""
    connection = getattr(stream, "_connection", None)  # none where a test has replaced httpcore's
    state = getattr(connection, "_h11_state", None)
    return state is not None and bool(state.trailing_data[0])
