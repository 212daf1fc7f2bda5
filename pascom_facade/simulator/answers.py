"""Answers that several services give."""

from __future__ import annotations

from starlette.responses import JSONResponse, Response


def not_found() -> Response:
    """404 is documented for objects that don't exist; its body isn't."""
    return JSONResponse({"error": "not found"}, status_code=404)


def refused(why: str) -> Response:
    """400 for what can't be understood is assumed, body and all."""
    return JSONResponse({"error": why}, status_code=400)
