"""The pool's sockets by httpcore; by asyncio: `_async/_sockets.py`. The pair is written by hand."""

from __future__ import annotations

from typing import Any

import httpcore


class Backend(httpcore.SyncBackend):
    """httpcore's own sockets, read in larger pieces (a recording of 500 MB: 0.85 of plain httpx's time, else 1.0)."""

    def connect_tcp(self, *where: Any, **how: Any) -> httpcore.NetworkStream:
        stream = super().connect_tcp(*where, **how)
        read = stream.read
        stream.read = lambda max_bytes, timeout=None: read(2 * max_bytes, timeout)  # type: ignore[method-assign]
        return stream
