# pyright: standard
"""Turns values into requests: what a value is in its place, by the standard's tables of `style` and `explode`.

(They go back to RFC 6570, which also says what becomes of nothing: a null, an empty list or object is left out.)
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, quote

from .types import UNSET, File, FileTypes, encoded

# Between the parts of a list or an object that isn't exploded, where that is no comma.
# (`tabDelimited` is Swagger 2.0's `tsv`; OpenAPI has no style for it.)
SEPARATORS = {"spaceDelimited": " ", "pipeDelimited": "|", "tabDelimited": "\t"}
# What `allowReserved` leaves as it is: not `&`, `+`, `#`, which would end a value or change it, nor brackets.
RESERVED = "/:?@!$'()*,;="
HEXADECIMAL = "0123456789abcdefABCDEF"

Escape = Callable[[str], str]
Entries = list[tuple[str, str]]


def as_json(value: Any, ascii_only: bool = False) -> str:
    separators = (",", ":")
    return json.dumps(
        value, ensure_ascii=ascii_only, allow_nan=False, separators=separators, default=_file_text
    )


def _file_text(value: Any) -> str:
    """A file where only text can stand: its text, or Base64 where it holds none."""
    content = value.payload.read() if isinstance(value, File) else value
    if isinstance(content, str):
        return content
    if not isinstance(content, bytes):
        raise TypeError(f"a value of type {type(value).__name__} can't be sent")
    try:
        return content.decode()
    except UnicodeDecodeError:
        from base64 import b64encode

        return b64encode(content).decode()


def text_of(value: Any) -> str:
    """A value as it stands in addresses, headers and forms."""
    value = encoded(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (File, bytes)):
        return _file_text(value)
    return as_json(value) if isinstance(value, (list, dict)) else str(value)


def escaped(text: str) -> str:
    """Percent-encoded whole: a slash in a value is no part of the address."""
    return quote(text, safe="")


def _reserved_kept(text: str) -> str:
    """What is percent-encoded already stays so (RFC 6570, 3.2.3)."""
    first, *others = text.split("%")
    kept = quote(first, safe=RESERVED)
    for other in others:
        is_triple = len(other) > 1 and other[0] in HEXADECIMAL and other[1] in HEXADECIMAL
        kept += ("%" if is_triple else "%25") + quote(other, safe=RESERVED)
    return kept


def _unescaped(text: str) -> str:
    return text


def _texts(value: Any, explode: bool, escape: Escape) -> list[str]:
    """The parts of a list or an object, or the one of anything else; null has none (RFC 6570: undefined)."""
    if isinstance(value, dict):
        pairs = [
            (escape(text_of(key)), escape(text_of(inner)))
            for key, inner in value.items()
            if inner is not None
        ]
        if explode:
            return [f"{key}={text}" for key, text in pairs]
        return [text for pair in pairs for text in pair]
    values = value if isinstance(value, list) else [value]
    return [escape(text_of(inner)) for inner in values if inner is not None]


def _separator(style: str, escape: Escape) -> str:
    return escape(SEPARATORS[style]) if style in SEPARATORS else ","


def entries(name: str, value: Any, style: str, explode: bool, escape: Escape) -> Entries:
    """The pairs of name and text that a value is in a query, a cookie or a form; none of an empty list or object."""
    value = encoded(value)
    if isinstance(value, dict) and style == "deepObject":
        return [
            pair
            for key, inner in value.items()
            for pair in entries(f"{name}[{key}]", inner, style, True, escape)
        ]
    if isinstance(value, dict) and explode:
        return [
            (escape(text_of(key)), text)
            for key, inner in value.items()
            for text in _texts(inner if isinstance(inner, list) else text_of(inner), True, escape)
            if inner is not None
        ]
    texts = _texts(value, explode, escape)
    if isinstance(value, list) and explode:
        return [(escape(name), text) for text in texts]
    return [(escape(name), _separator(style, escape).join(texts))] if texts else []


def in_path(name: str, value: Any, style: str = "simple", explode: bool = False, media: str = "") -> str:
    """`simple`, `label` (`.a,b`) or `matrix` (`;name=a,b`)."""
    value = _as_media(value, media) if media else value
    if value is UNSET or value is None:
        raise ValueError(f"{name}: it is a part of the address, and can't be left out")
    if style == "matrix":
        pairs = entries(name, value, style, explode, escaped)
        return "".join(f";{key}={text}" if text else f";{key}" for key, text in pairs)
    texts = _texts(encoded(value), explode, escaped)
    if style == "label":
        return f".{('.' if explode else ',').join(texts)}"
    return _separator(style, escaped).join(texts)


def address(template: str, /, **values: str) -> str:
    """The path with its values, none of which may make it another address."""
    return checked_path(template, template.format(**values))


def checked_path(template: str, path: str) -> str:
    """The path; raises ValueError if a value in it is one that is lost on the way, or leads elsewhere."""
    if "/." in path or "//" in path or path.endswith("/"):
        for segment, meant in zip(path.split("/"), template.split("/"), strict=False):
            if segment in ("", ".", "..") and segment != meant:
                name = meant.replace("{", "").replace("}", "")
                raise ValueError(f"{name}: {segment!r} would be another address")
    return path


def in_query(
    name: str,
    value: Any,
    style: str = "form",
    explode: bool = True,
    *,
    reserved: bool = False,
    empty: bool = False,
    media: str = "",
    whole: bool = False,
) -> Entries:
    """A query parameter; nothing when it isn't set. `reserved` and `empty` are the document's `allow…`.

    `whole`: it is the query, not a part of it (OpenAPI 3.2's `querystring`).
    """
    value = _as_media(value, media) if media else value
    if value is UNSET or value is None:
        return []
    if whole:
        return [("", value if _essence(media) == FORM else escaped(text_of(value)))]
    found = entries(name, value, style, explode, _reserved_kept if reserved else escaped)
    return found or ([(escaped(name), "")] if empty else [])


def with_query(url: str, *parameters: Entries) -> str:
    """The address with a query, behind the one that its path may bring."""
    pairs = [pair for entries_of_one in parameters for pair in entries_of_one]
    query = "&".join(f"{name}={text}" if name else text for name, text in pairs)
    if not query:
        return url
    return f"{url}&{query}" if "?" in url else f"{url}?{query}"


def in_header(
    name: str, value: Any, style: str = "simple", explode: bool = False, media: str = ""
) -> dict[str, str]:
    """A header; nothing when it isn't set. Headers know no percent-encoding: what they can't hold is a ValueError."""
    value = _as_media(value, media) if media else value
    if value is UNSET or value is None:
        return {}
    texts = _texts(encoded(value), explode, _unescaped)
    if not texts:
        return {}
    return {name: _printable(name, _separator(style, _unescaped).join(texts), "a header")}


def _printable(name: str, text: str, place: str) -> str:
    if not text.isascii() or not text.replace("\t", " ").isprintable() or text != text.strip():
        raise ValueError(f"{name}: {place} can hold printable ASCII only, without spaces around it")
    return text


def in_cookie(
    name: str, value: Any, style: str = "form", explode: bool = True, media: str = ""
) -> dict[str, str]:
    """A cookie parameter, percent-encoded, but for OpenAPI 3.2's style `cookie`. A list that is exploded is several
    cookies of one name: a server reads no `&` in them.
    """
    value = _as_media(value, media) if media else value
    found: dict[str, str] = {}
    if value is UNSET:
        return found
    for key, text in entries(name, value, style, explode, _cookie_text if style == "cookie" else escaped):
        found[key] = f"{found[key]}; {key}={text}" if key in found else text
    return found


def _cookie_text(text: str) -> str:
    if set(text) & set('"\\,; \t'):
        raise ValueError(f"a cookie can't hold {text!r}")
    return _printable("cookie", text, "a cookie")


def _as_media(value: Any, media: str) -> Any:
    """The text of a parameter that is serialized by a media type (`content`) and not by a style."""
    if value is UNSET:
        return value
    value = encoded(value)
    if is_json(media):
        return as_json(value, ascii_only=True)
    if _essence(media) == FORM and isinstance(value, dict):
        return _as_form(value, {})
    return None if value is None else text_of(value)


FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
BYTES = "application/octet-stream"


def is_json(media_type: str) -> bool:
    kind = _essence(media_type)
    return kind.endswith(("/json", "+json", "/x-json")) or kind in ("*/*", "application/*")


def _essence(media_type: str | None) -> str:
    return (media_type or "").partition(";")[0].strip().lower()


def media_type_for(body: Any, said: str, documented: tuple[str, ...], text: str = "") -> str:
    """What a body is sent as: as the caller says, or the first documented type that holds it as it is."""
    if said:
        return said
    if isinstance(body, str) and text:
        return text
    if not isinstance(body, (File, bytes)) and not hasattr(body, "read"):
        return documented[0]
    own = _essence(getattr(body, "mime_type", None))
    same = [kind for kind in documented if own and _essence(kind) == own]
    return (same or sorted(documented, key=_unlike_bytes))[0]


def _unlike_bytes(media_type: str) -> int:
    kind = _essence(media_type)
    if kind in (FORM, MULTIPART):
        return 3
    if is_json(kind) and "*" not in kind:
        return 2
    return int("xml" in kind or kind.startswith("text/"))


def _by_name(file: File) -> str:
    """The media type of a file by its name, where nothing else tells one."""
    if not file.file_name:
        return BYTES
    from mimetypes import guess_type  # not above: few requests need it

    return guess_type(file.file_name)[0] or BYTES


def in_body(
    body: Any, content_type: str, encodings: Mapping[str, Mapping[str, Any]] | None = None
) -> tuple[dict[str, Any], dict[str, str]]:
    """A body as the media type: the arguments for httpx, and the headers. `encodings` say how fields are written.

    Raises ValueError for what the media type can't hold: nothing is sent under a name that isn't its own.
    """
    kind, encoding = _essence(content_type), (encodings or {}).get(content_type, {})
    if kind == MULTIPART:
        return _multipart(body, encoding)
    if isinstance(body, File):
        own = body.mime_type or _by_name(body)
        is_own = "*" in kind or _essence(own) == kind  # it may say more: a charset, a boundary
        return {"content": body.payload}, {"Content-Type": own if is_own else content_type}
    if isinstance(body, bytes) or hasattr(body, "read"):
        return {"content": body}, {"Content-Type": BYTES if "*" in kind else content_type}
    value = encoded(body)
    if is_json(kind):
        return {"content": as_json(value).encode()}, {
            "Content-Type": "application/json" if "*" in kind else content_type
        }
    if kind == FORM:
        if not isinstance(value, dict):
            raise ValueError(f"{content_type} is sent as an object of fields")
        return {"content": _as_form(value, encoding).encode()}, {"Content-Type": content_type}
    if value is None or isinstance(value, (dict, list)):
        raise ValueError(f"{content_type} is sent as it is given: as text, bytes or a File")
    return {"content": text_of(value).encode()}, {"Content-Type": content_type.replace("*", "plain")}


def _as_form(fields: Mapping[str, Any], encoding: Mapping[str, Any]) -> str:
    """The fields as forms have written them since HTML: a space is a plus sign."""
    pairs = [pair for name, inner in fields.items() for pair in _field(name, inner, encoding.get(name, {}))]
    return "&".join(f"{name}={text}" for name, text in pairs).replace("%20", "+")


def _field(name: str, value: Any, how: Mapping[str, Any]) -> Entries:
    """A field of a form: by its style, as its media type, or as forms do it: lists exploded, objects as JSON."""
    if value is None:
        return []
    escape = _reserved_kept if how.get("allowReserved") else escaped
    if "style" in how or "explode" in how or "allowReserved" in how:
        style = how.get("style", "form")
        return entries(name, value, style, how.get("explode", style == "form"), escape)
    if is_json(how.get("contentType", "")) or isinstance(value, dict):
        return [(escape(name), escape(as_json(value)))]
    return entries(name, value, "form", True, escape)


def _multipart(body: Any, encoding: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """httpx chooses the boundary and writes the header, but knows no message without parts."""
    value = encoded(body)
    if value is None:
        raise ValueError(f"{MULTIPART} is sent as an object of fields")
    fields = value if isinstance(value, dict) else {"file": value}
    parts = [part for name, inner in fields.items() for part in _parts(name, inner, encoding.get(name, {}))]
    if parts:
        return {"files": parts}, {}
    return {"content": b"--empty--\r\n"}, {"Content-Type": f"{MULTIPART}; boundary=empty"}


def _parts(name: str, value: Any, how: Mapping[str, Any]) -> list[tuple[str, FileTypes]]:
    """The parts of a field: a file's own media type first, then the document's, then the standard's."""
    listed = [one.strip() for one in how.get("contentType", "").split(",")]
    media = next((one for one in listed if one and "*" not in one), "")
    headers = dict(how.get("headers", {}))
    if value is None:
        return []
    if isinstance(value, File):
        headers |= value.headers or {}
        return [
            (
                name,
                (
                    value.file_name or name,
                    value.payload,
                    value.mime_type or media or _by_name(value),
                    headers,
                ),
            )
        ]
    if isinstance(value, bytes):
        return [(name, (name, value, media or BYTES, headers))]
    if isinstance(value, list) and any(isinstance(inner, (File, bytes)) for inner in value):
        return [part for inner in value for part in _parts(name, inner, how)]
    if "style" in how or "explode" in how:
        style = how.get("style", "form")
        pairs = entries(name, value, style, how.get("explode", style == "form"), _unescaped)
        return [(key, (None, text, "text/plain", headers)) for key, text in pairs]
    if is_json(media):
        return [(name, (None, as_json(value), media, headers))]
    if isinstance(value, list):
        return [part for inner in value for part in _parts(name, inner, how)]
    if isinstance(value, dict):
        if media:
            raise ValueError(f"{name}: {media} is sent as it is given: as text, bytes or a File")
        return [(name, (None, as_json(value), "application/json", headers))]
    return [(name, (None, text_of(value), media or "text/plain", headers))]


def sent(request: Callable[..., Any], kwargs: dict[str, Any]) -> Any:
    """What a method of an httpx client makes of a request, where httpx alone would not do what is meant.

    It would replace the query by the client's own, reads files for its synchronous client only, and deprecates cookies
    of a single request.
    """
    client: Any = getattr(request, "__self__")
    cookies: dict[str, str] = kwargs.pop("cookies", {})
    if cookies:
        kwargs.setdefault("headers", {})["Cookie"] = _with_own_cookies(client, kwargs["url"], cookies)
    if client.params:
        kwargs["params"] = parse_qsl(kwargs["url"].partition("?")[2], keep_blank_values=True)
    file: Any = kwargs.get("content")
    if hasattr(file, "read") and hasattr(client, "aclose"):
        if file.seekable():
            at = file.tell()
            kwargs["headers"]["Content-Length"] = str(file.seek(0, 2) - at)
            file.seek(at)
        kwargs["content"] = _pieces(file)
    return request(**kwargs)


def _with_own_cookies(client: Any, url: str, cookies: Mapping[str, str]) -> str:
    """A `Cookie` header: what the client would send to the address anyway, and these; httpx adds none to one given."""
    own = client.build_request("GET", url).headers.get("Cookie", "")
    kept = [pair for pair in own.split("; ") if pair and pair.partition("=")[0] not in cookies]
    return "; ".join([*kept, *(f"{name}={text}" for name, text in cookies.items())])


async def _pieces(file: Any) -> AsyncIterator[bytes]:
    while piece := file.read(65_536):
        yield piece
