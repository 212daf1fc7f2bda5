"""How a parameter's value is written into an address or a header (OpenAPI's `style` and `explode`)."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from .._index import Parameter
from .schemas import written

SEPARATORS = {"spaceDelimited": "%20", "pipeDelimited": "%7C"}


def encoded(value: Any) -> str:
    """Percent-encoded whole: a slash in a value is no part of the address."""
    return quote(written(value), safe="")


def in_path(parameter: Parameter, value: Any) -> str:
    """`simple`, `label` or `matrix`."""
    name, style, explode = encoded(parameter["name"]), parameter.get("style", "simple"), _explode(parameter)
    if "media" in parameter:
        return encoded(json.dumps(value, ensure_ascii=False))
    first, between = {"label": (".", "." if explode else ","), "matrix": (";", ";" if explode else ",")}.get(
        style, ("", ",")
    )
    if isinstance(value, list):
        items = [f"{name}={encoded(one)}" if style == "matrix" and explode else encoded(one) for one in value]
    elif isinstance(value, dict):
        items = _pairs(value, explode)
    else:
        items = [encoded(value)]
    named = style == "matrix" and not (explode and isinstance(value, (list, dict)))
    return first + (f"{name}=" if named else "") + between.join(items)


def in_query(parameter: Parameter, value: Any) -> list[str]:
    """`name=value` parts, percent-encoded; `form`, `spaceDelimited`, `pipeDelimited` or `deepObject`."""
    name, style, explode = encoded(parameter["name"]), parameter.get("style", "form"), _explode(parameter)
    if "media" in parameter:
        return [f"{name}={encoded(json.dumps(value, ensure_ascii=False))}"]
    if isinstance(value, dict):
        if style == "deepObject":
            return [f"{name}%5B{encoded(key)}%5D={encoded(part)}" for key, part in value.items()]
        pairs = _pairs(value, explode)
        return pairs if explode else [f"{name}={SEPARATORS.get(style, ',').join(pairs)}"]
    if isinstance(value, list):
        if explode:
            return [f"{name}={encoded(one)}" for one in value]
        return [f"{name}={SEPARATORS.get(style, ',').join(encoded(one) for one in value)}"]
    return [f"{name}={encoded(value)}"]


def in_header(parameter: Parameter, value: Any) -> str:
    """`simple`, as it is."""
    if "media" in parameter:
        return json.dumps(value)
    if isinstance(value, list):
        return ",".join(written(one) for one in value)
    if isinstance(value, dict):
        joint = "=" if _explode(parameter) else ","
        return ",".join(f"{key}{joint}{written(part)}" for key, part in value.items())
    return written(value)


def in_cookie(parameter: Parameter, value: Any) -> str:
    """`name=value`, percent-encoded."""
    joint = "; " if _explode(parameter) else ","
    return joint.join(in_query(parameter, value))


def _explode(parameter: Parameter) -> bool:
    default = parameter.get("style", "form") == "form" and parameter["in"] in ("query", "cookie")
    return bool(parameter.get("explode", default))


def _pairs(value: dict[str, Any], explode: bool) -> list[str]:
    if explode:
        return [f"{encoded(key)}={encoded(part)}" for key, part in value.items()]
    return [encoded(one) for pair in value.items() for one in pair]
