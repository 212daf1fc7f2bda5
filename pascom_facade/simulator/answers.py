"""Error answers that several services share."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response


def not_found() -> Response:
    """404 is documented for objects that don't exist; its body isn't."""
    return JSONResponse({"error": "not found"}, status_code=404)


def refused(reason: str) -> Response:
    """400 for a request that can't be understood: assumed, body and all."""
    return JSONResponse({"error": reason}, status_code=400)
