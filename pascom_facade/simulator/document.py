"""The document the simulated instance shows: its own copy, whatever a regeneration made of `openapi/`."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from .calls import CallLog
from .options import Options, Profile
from .row_since_19 import raw


def document(profile: Profile = 18) -> dict[str, Any]:
    """The reconstructed document; `19` with the CDR structure since 19.09 (assumed)."""
    text = (files(__package__) / "pascom.json").read_text(encoding="utf-8")
    shown: dict[str, Any] = json.loads(text)
    return shown if profile == 18 else _as_of_19(shown)


def _as_of_19(shown: dict[str, Any]) -> dict[str, Any]:
    """The record becomes what `row_since_19.raw` writes; its fields' types are read off a sample."""
    sample = json.loads(raw(CallLog(Options(calls=1, seed=1))[0]))
    record = shown["components"]["schemas"]["CallRecord"]
    record.pop("example")
    record["description"] = (
        "One call. pascom 19.09 changed this structure without publishing the new one; assumed here to be the "
        "columns of the statistics table mdphonecallrecord, without their prefix."
    )
    record["x-assumed"] = True
    record["properties"] = {key: _schema(key, value) for key, value in sample.items()}
    shown["info"]["version"] = "19"
    return shown


def _schema(key: str, value: object) -> dict[str, object]:
    kind = {bool: "boolean", int: "integer", str: "string", dict: "object"}[type(value)]
    wide = {"format": "int64"} if key == "timestamp" else {}
    return {"type": kind, **wide, "description": f"Column `phonecallrecord_{key}`."}
