"""httpx and httpcore log addresses with their queries, and answers' headers: not for what goes to an instance.

Their loggers belong to the whole program, so its other requests are left as they are. `pascom_facade` logs what was
asked, without numbers.
"""

from __future__ import annotations

import logging

_instances: set[str] = set()


class _Discreet(logging.Filter):
    """Drops what tells a request to an instance, and the headers of answers: a redirect repeats the address there, and
    nobody can tell whose answer it is.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        return "receive_response_headers.complete" not in said and not any(
            base in said for base in _instances
        )


_discreet = _Discreet()


def keep_quiet(base: str) -> None:
    """From now on."""
    _instances.add(base)
    for name in ("httpx", "httpcore.http11", "httpcore.http2"):
        logging.getLogger(name).addFilter(_discreet)
