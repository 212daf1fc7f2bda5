"""From the bytes a server sent to the object they mean, JSON or YAML.

Servers send documents with a BOM, in Latin-1, compressed, as text/html, with a PHP warning in front. The bytes decide;
what the content type claims is only a hint for the character set.
"""

from __future__ import annotations

import codecs
import json
import math
import re
import zlib
from contextlib import suppress
from typing import Any

from ..errors import DocumentUnusable

MOST_BYTES = 64 * 1024 * 1024
MOST_BROKEN = 4 * 1024 * 1024  # of JSON that isn't quite: reading it as YAML takes a hundred times as long
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PAGE = re.compile(r"<(?:!doctype|html|head|body|script)\b", re.IGNORECASE)


def decode(data: bytes, content_type: str = "") -> object:
    """The object that `data` (a JSON or YAML text, maybe gzipped) holds.

    Raises DocumentUnusable, with a few words for what the bytes are instead.
    """
    if data[:2] == b"\x1f\x8b":
        data = inflate(data)
    text = as_text(data, content_type).strip()
    if not text:
        raise DocumentUnusable("an empty answer")
    try:
        return _json(text)
    except RecursionError:
        raise DocumentUnusable("JSON nested too deeply") from None
    except ValueError as failure:
        not_json = str(failure)
    after_warning = _json_after_a_warning(text)
    if after_warning is not None:
        return after_warning
    if text.startswith("<"):
        raise DocumentUnusable("an HTML or XML page")
    if text.startswith("{") and '"' in text[:40]:
        return _broken_json(text, not_json)
    from .yaml_reader import read_yaml  # only a few documents are YAML: import it for those

    return read_yaml(text)


def _broken_json(text: str, problem: str) -> object:
    """JSON with a comma too many is YAML, and the documentation viewers read it so."""
    from .yaml_reader import read_yaml

    value: object = None
    if len(text) <= MOST_BROKEN:
        with suppress(DocumentUnusable):
            value = read_yaml(text)
    if not is_document(value):
        raise DocumentUnusable(f"broken JSON ({problem})")
    return value


def as_text(data: bytes, content_type: str = "") -> str:
    """`data` as text: by BOM, as UTF-8 where it is, else as its content type says, else as Windows Latin-1."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace")
    if data[:1] == b"\0" or data[1:2] == b"\0":
        return data.decode(json.detect_encoding(data), "replace")
    encodings = ["utf-8", "cp1252"]
    declared = re.search(r"charset\s*=\s*[\"']?([\w-]+)", content_type, re.IGNORECASE)
    if declared:
        encodings.insert(1, declared[1])
    for encoding in encodings:
        with suppress(LookupError, UnicodeError):
            return data.decode(encoding)
    return data.decode("latin-1")


def inflate(data: bytes, most: int = MOST_BYTES) -> bytes:
    """Uncompress gzip or zlib `data`, but never to more than `most` bytes. Raises DocumentUnusable."""
    unpack = zlib.decompressobj(zlib.MAX_WBITS | 32)
    try:
        plain = unpack.decompress(data, most)
    except zlib.error as failure:
        raise DocumentUnusable(f"damaged compressed data ({failure})") from None
    if unpack.unconsumed_tail:
        raise DocumentUnusable(f"more than {most // 2**20} MB once uncompressed")
    return plain


def is_document(value: object) -> bool:
    """Whether `value` is an API description: OpenAPI 3, Swagger 2, or a Swagger 1 resource listing."""
    if not isinstance(value, dict):
        return False
    if str(value.get("openapi", "")).startswith("3") or str(value.get("swagger", "")) in ("2.0", "2"):
        return any(isinstance(value.get(key), dict) for key in ("paths", "webhooks", "components"))
    return "swaggerVersion" in value and isinstance(value.get("apis"), list)


def _json(text: str) -> object:
    # Not strict: strings written by hand hold tabs and line ends.
    value = json.loads(text, parse_constant=_no_number, parse_float=_finite, strict=False)
    if re.search(r"\\u[dD][89abAB]", text):  # maybe half a character, which no UTF-8 file could hold
        return json.loads(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))
    return value


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if math.isinf(number):
        raise ValueError(f"{digits[:20]} is out of range")
    return number


def _json_after_a_warning(text: str) -> object | None:
    """The API description after (and before) what a broken PHP page prints around it, unless it is a page."""
    decoder = json.JSONDecoder(parse_constant=_no_number, parse_float=_finite, strict=False)
    for count, start in enumerate(re.finditer(r"\{\s*\"", text)):
        if count == 20 or _PAGE.search(text, 0, start.start()):
            return None
        try:
            value, _ = decoder.raw_decode(text, start.start())
        except (ValueError, RecursionError):
            continue
        if is_document(value):
            return value  # type: ignore[no-any-return]
    return None
