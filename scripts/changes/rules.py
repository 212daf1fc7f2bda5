"""What each difference means for callers: a row for each keyword, where it stands, and what happened to it.

`where` is the operation as a whole, or what is sent (parameter, request) or received (response, error). What a row
doesn't hold is no difference for callers. `kind` is the name that machines read, `text` what people read.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from .model import Finding, Severity

BREAKING, MAYBE, COMPATIBLE = Severity.BREAKING, Severity.MAYBE, Severity.COMPATIBLE


class Rule(NamedTuple):
    keyword: str
    where: str
    change: str
    kind: str
    severity: Severity
    text: str


NO_FIELDS = "no longer says which fields it has (it had {values})"
_ROWS = (
    # Operations
    ("operation", "operation", "removed", "operation-removed", BREAKING, "removed"),
    ("operation", "operation", "added", "operation-added", COMPATIBLE, "added"),
    ("operation", "operation", "moved", "operation-moved", BREAKING, "moved to {new}"),
    (
        "operationId",
        "operation",
        "changed",
        "operation-renamed",
        BREAKING,
        "its function is called {new} now, was {old}",
    ),
    ("deprecated", "operation", "added", "deprecated", COMPATIBLE, "deprecated"),
    ("deprecated", "operation", "removed", "deprecated", COMPATIBLE, "no longer deprecated"),
    ("summary", "operation", "changed", "description-changed", COMPATIBLE, "summary changed"),
    ("description", "operation", "changed", "description-changed", COMPATIBLE, "description changed"),
    ("security", "operation", "widened", "login-changed", COMPATIBLE, "{old} before, {new} now"),
    ("security", "operation", "changed", "login-changed", MAYBE, "{old} before, {new} now"),
    ("security", "operation", "replaced", "login-changed", BREAKING, "{old} before, {new} now"),
    # Parameters, bodies and responses
    ("parameter", "parameter", "removed", "parameter-removed", BREAKING, "removed"),
    ("parameter", "parameter", "added", "parameter-added", COMPATIBLE, "added"),
    ("parameter", "parameter", "added, required", "parameter-added", BREAKING, "added, and required"),
    ("parameter", "parameter", "added, with default", "parameter-added", COMPATIBLE, "added, and required"),
    ("name", "parameter", "changed", "parameter-renamed", MAYBE, "was called {old}"),
    ("required", "parameter", "added", "parameter-required", BREAKING, "is required now"),
    ("required", "parameter", "removed", "parameter-required", COMPATIBLE, "need not be given now"),
    ("requestBody", "request", "removed", "body-removed", BREAKING, "removed"),
    ("requestBody", "request", "added", "body-added", COMPATIBLE, "added"),
    ("requestBody", "request", "added, required", "body-added", BREAKING, "added, and required"),
    ("required", "request", "added", "body-required", BREAKING, "is required now"),
    ("required", "request", "removed", "body-required", COMPATIBLE, "need not be sent now"),
    ("responses", "response", "added", "response-added", COMPATIBLE, "added"),
    ("responses", "response", "removed", "response-removed", BREAKING, "removed"),
    ("responses", "error", "removed", "response-removed", COMPATIBLE, "removed"),
    ("headers", "response", "removed", "response-header-removed", MAYBE, "removed"),
    # Media types
    ("content", "request", "removed", "request-media-type-removed", BREAKING, "no longer {values}"),
    ("content", "response", "removed", "response-media-type-removed", BREAKING, "no longer {values}"),
    ("content", "request", "added", "request-media-type-added", COMPATIBLE, "can also be {values}"),
    ("content", "response", "added", "response-media-type-added", COMPATIBLE, "can also be {values}"),
    # Types
    ("type", "parameter", "widened", "parameter-type-changed", COMPATIBLE, "type changed from {old} to {new}"),
    ("type", "request", "widened", "request-type-changed", COMPATIBLE, "type changed from {old} to {new}"),
    ("type", "response", "narrowed", "response-type-changed", COMPATIBLE, "type changed from {old} to {new}"),
    ("type", "parameter", "changed", "parameter-type-changed", BREAKING, "type changed from {old} to {new}"),
    ("type", "request", "changed", "request-type-changed", BREAKING, "type changed from {old} to {new}"),
    ("type", "response", "changed", "response-type-changed", BREAKING, "type changed from {old} to {new}"),
    ("null", "parameter", "added", "parameter-nullability-changed", COMPATIBLE, "may be null"),
    ("null", "request", "added", "request-nullability-changed", COMPATIBLE, "may be null"),
    ("null", "response", "added", "response-nullability-changed", BREAKING, "may be null"),
    ("null", "parameter", "removed", "parameter-nullability-changed", BREAKING, "may no longer be null"),
    ("null", "request", "removed", "request-nullability-changed", BREAKING, "may no longer be null"),
    ("null", "response", "removed", "response-nullability-changed", COMPATIBLE, "may no longer be null"),
    ("format", "parameter", "retyped", "parameter-type-changed", BREAKING, "type changed from {old} to {new}"),
    ("format", "request", "retyped", "request-type-changed", BREAKING, "type changed from {old} to {new}"),
    ("format", "response", "retyped", "response-type-changed", BREAKING, "type changed from {old} to {new}"),
    ("format", "parameter", "added", "parameter-format-changed", COMPATIBLE, "format changed from {old} to {new}"),
    ("format", "request", "added", "request-format-changed", COMPATIBLE, "format changed from {old} to {new}"),
    ("format", "response", "added", "response-format-changed", COMPATIBLE, "format changed from {old} to {new}"),
    ("format", "parameter", "removed", "parameter-format-changed", COMPATIBLE, "format changed from {old} to {new}"),
    ("format", "request", "removed", "request-format-changed", COMPATIBLE, "format changed from {old} to {new}"),
    ("format", "response", "removed", "response-format-changed", COMPATIBLE, "format changed from {old} to {new}"),
    ("format", "parameter", "changed", "parameter-format-changed", MAYBE, "format changed from {old} to {new}"),
    ("format", "request", "changed", "request-format-changed", MAYBE, "format changed from {old} to {new}"),
    ("format", "response", "changed", "response-format-changed", MAYBE, "format changed from {old} to {new}"),
    # Values
    ("enum", "parameter", "added", "parameter-enum-added", BREAKING, "is limited to {values} now"),
    ("enum", "request", "added", "request-enum-added", BREAKING, "is limited to {values} now"),
    ("enum", "response", "added", "response-enum-added", COMPATIBLE, "is limited to {values} now"),
    ("enum", "parameter", "removed", "parameter-enum-removed", COMPATIBLE, "is no longer limited to a list of values"),
    ("enum", "request", "removed", "request-enum-removed", COMPATIBLE, "is no longer limited to a list of values"),
    ("enum", "response", "removed", "response-enum-removed", MAYBE, "is no longer limited to a list of values"),
    ("enum", "parameter", "value added", "parameter-enum-value-added", COMPATIBLE, "can also be {values}"),
    ("enum", "request", "value added", "request-enum-value-added", COMPATIBLE, "can also be {values}"),
    ("enum", "response", "value added", "response-enum-value-added", MAYBE, "can also be {values}"),
    ("enum", "parameter", "value removed", "parameter-enum-value-removed", BREAKING, "no longer {values}"),
    ("enum", "request", "value removed", "request-enum-value-removed", BREAKING, "no longer {values}"),
    ("enum", "response", "value removed", "response-enum-value-removed", COMPATIBLE, "no longer {values}"),
    ("limit", "parameter", "narrowed", "parameter-limit-changed", BREAKING, "{keyword} changed from {old} to {new}"),
    ("limit", "request", "narrowed", "request-limit-changed", BREAKING, "{keyword} changed from {old} to {new}"),
    ("limit", "response", "narrowed", "response-limit-changed", COMPATIBLE, "{keyword} changed from {old} to {new}"),
    ("limit", "parameter", "widened", "parameter-limit-changed", COMPATIBLE, "{keyword} changed from {old} to {new}"),
    ("limit", "request", "widened", "request-limit-changed", COMPATIBLE, "{keyword} changed from {old} to {new}"),
    ("limit", "response", "widened", "response-limit-changed", MAYBE, "{keyword} changed from {old} to {new}"),
    ("pattern", "parameter", "added", "parameter-pattern-changed", BREAKING, "must match {new} now"),
    ("pattern", "request", "added", "request-pattern-changed", BREAKING, "must match {new} now"),
    ("pattern", "response", "added", "response-pattern-changed", COMPATIBLE, "must match {new} now"),
    ("pattern", "parameter", "changed", "parameter-pattern-changed", MAYBE, "must match {new} now"),
    ("pattern", "request", "changed", "request-pattern-changed", MAYBE, "must match {new} now"),
    ("pattern", "response", "changed", "response-pattern-changed", COMPATIBLE, "must match {new} now"),
    ("pattern", "parameter", "removed", "parameter-pattern-changed", COMPATIBLE, "need not match a pattern now"),
    ("pattern", "request", "removed", "request-pattern-changed", COMPATIBLE, "need not match a pattern now"),
    ("pattern", "response", "removed", "response-pattern-changed", COMPATIBLE, "need not match a pattern now"),
    ("default", "parameter", "changed", "request-default-changed", MAYBE, "default changed from {old} to {new}"),
    ("default", "request", "changed", "request-default-changed", MAYBE, "default changed from {old} to {new}"),
    # Fields and alternatives
    ("properties", "parameter", "removed", "parameter-field-removed", BREAKING, "removed"),
    ("properties", "request", "removed", "request-field-removed", BREAKING, "removed"),
    ("properties", "response", "removed", "response-field-removed", BREAKING, "removed"),
    ("properties", "parameter", "added", "parameter-field-added", COMPATIBLE, "added"),
    ("properties", "request", "added", "request-field-added", COMPATIBLE, "added"),
    ("properties", "response", "added", "response-field-added", COMPATIBLE, "added"),
    ("properties", "parameter", "added, required", "parameter-field-added", BREAKING, "added, and required"),
    ("properties", "request", "added, required", "request-field-added", BREAKING, "added, and required"),
    ("properties", "parameter", "undocumented", "parameter-fields-undocumented", BREAKING, NO_FIELDS),
    ("properties", "request", "undocumented", "request-fields-undocumented", BREAKING, NO_FIELDS),
    ("properties", "response", "undocumented", "response-fields-undocumented", BREAKING, NO_FIELDS),
    ("properties", "parameter", "required", "parameter-field-required", BREAKING, "is required now"),
    ("properties", "request", "required", "request-field-required", BREAKING, "is required now"),
    ("properties", "response", "required", "response-field-required", COMPATIBLE, "is always there now"),
    ("properties", "parameter", "required, with default", "parameter-field-required", COMPATIBLE, "is required now"),
    ("properties", "request", "required, with default", "request-field-required", COMPATIBLE, "is required now"),
    ("properties", "parameter", "optional", "parameter-field-optional", COMPATIBLE, "need not be sent now"),
    ("properties", "request", "optional", "request-field-optional", COMPATIBLE, "need not be sent now"),
    ("properties", "response", "optional", "response-field-optional", BREAKING, "may be missing now"),
    ("alternatives", "parameter", "added", "parameter-alternative-added", COMPATIBLE, "can also be {values}"),
    ("alternatives", "request", "added", "request-alternative-added", COMPATIBLE, "can also be {values}"),
    ("alternatives", "response", "added", "response-alternative-added", MAYBE, "can also be {values}"),
    ("alternatives", "parameter", "removed", "parameter-alternative-removed", BREAKING, "can no longer be {values}"),
    ("alternatives", "request", "removed", "request-alternative-removed", BREAKING, "can no longer be {values}"),
    ("alternatives", "response", "removed", "response-alternative-removed", COMPATIBLE, "can no longer be {values}"),
)
RULES = tuple(Rule(*row) for row in _ROWS)
_BY_DIFFERENCE = {(rule.keyword, rule.where, rule.change): rule for rule in RULES}


def finding(keyword: str, where: str, change: str, place: str = "", /, **words: Any) -> Finding:
    """The finding of a rule; `place` is where in the operation, `words` are what its text tells."""
    rule = _BY_DIFFERENCE[keyword, where, change]
    return Finding(rule.severity, rule.kind, place, rule.text.format(**words))
