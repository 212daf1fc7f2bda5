"""httpx and httpcore log addresses with their queries, and answers' headers: not for what goes to an instance.

Their loggers belong to the whole program, so its other requests are left as they are. `pascom_facade` logs what was
asked, without numbers.
"""

from __future__ import annotations

import logging

_instances: set[str] = set()


class _Instances(logging.Filter):
    """Drops what tells a request to an instance that this package talks to."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not any(base in record.getMessage() for base in _instances)


class _Headers(logging.Filter):
    """Keeps the headers of answers to itself (a redirect repeats the address; nobody can tell whose answer it is)."""

    def filter(self, record: logging.LogRecord) -> bool:
        return "receive_response_headers.complete" not in record.getMessage()


_instances_only, _headers = _Instances(), _Headers()


def keep_quiet(base: str) -> None:
    """From now on."""
    _instances.add(base)
    logging.getLogger("httpx").addFilter(_instances_only)
    for name in ("httpcore.http11", "httpcore.http2"):
        logging.getLogger(name).addFilter(_headers)
