"""The simulated instance's document: its own copy, independent of what `update` makes of `openapi/`."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from .calls import CallLog
from .options import Options, Profile
from .row_since_19 import raw

JSON_TYPES = {bool: "boolean", int: "integer", str: "string", dict: "object"}


def document(profile: Profile = 18) -> dict[str, Any]:
    """The reconstructed document; `19` with the CDR structure since 19.09 (assumed)."""
    text = (files(__package__) / "pascom.json").read_text(encoding="utf-8")
    published: dict[str, Any] = json.loads(text)
    if profile == 19:
        _as_of_19(published)
    return published


def _as_of_19(published: dict[str, Any]) -> None:
    """Describe the record that `row_since_19.raw` writes; a sample has its fields and their types."""
    sample = json.loads(raw(CallLog(Options(calls=1, seed=1))[0]))
    record = published["components"]["schemas"]["CallRecord"]
    record.pop("example")
    record["description"] = (
        "One call. pascom 19.09 changed this structure without publishing the new one; assumed here to be the "
        "columns of the statistics table mdphonecallrecord, without their prefix."
    )
    record["x-assumed"] = True
    record["properties"] = {key: _schema(key, value) for key, value in sample.items()}
    published["info"]["version"] = "19"


def _schema(key: str, value: object) -> dict[str, object]:
    schema: dict[str, object] = {"type": JSON_TYPES[type(value)]}
    if key == "timestamp":
        schema["format"] = "int64"
    schema["description"] = f"Column `phonecallrecord_{key}`."
    return schema
