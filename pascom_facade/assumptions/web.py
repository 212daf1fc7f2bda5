"""Checks of the web server: logins, errors, slashes, headers."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .instance import Instance
from .words import Told, Why

RATE_HEADERS = ("ratelimit", "ratelimit-limit", "ratelimit-remaining", "ratelimit-reset", "ratelimit-policy",
                "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset", "x-rate-limit-limit",
                "x-rate-limit-remaining", "x-rate-limit-reset", "retry-after")  # fmt: skip
VERSION_HEADERS = ("api-version", "x-api-version", "x-version", "x-pascom-version", "x-app-version", "x-powered-by")
SERVERS = ("apache", "nginx")


def challenge(look: Instance) -> Told:
    """What a request without a login is answered."""
    seen = look.anonymous
    if seen.status != 401:
        return Told(str(seen.status) if seen.status >= 300 else "an answer")
    scheme = seen.headers.get("www-authenticate", "none").split()[0].lower()
    return Told(f"401 {scheme}")


def login_body(look: Instance) -> Told:
    seen = look.anonymous
    return Told(seen.body) if seen.status == 401 else Told(why=Why.OTHER_ANSWER)


def not_found(look: Instance) -> Told:
    """What a path is answered that isn't there."""
    return Told(str(look.missing.status))


def error_body(look: Instance) -> Told:
    seen = next((one for one in (look.nobody, look.missing) if one.status >= 400), None)
    return Told(seen.body) if seen else Told(why=Why.OTHER_ANSWER)


def slash(look: Instance) -> Told:
    """What `identity` is answered, without its slash."""
    first, *_ = look.all_answers("identity")
    if 300 <= first.status < 400:
        place = first.headers.get("location", "").split("?")[0]
        return Told("redirected to it" if place.endswith("/identity/") else "redirected elsewhere")
    return Told("the same" if first.status < 300 else str(first.status))


def etag(look: Instance) -> Told:
    """Whether what is unchanged needn't be sent again."""
    seen = look.users
    if not (tag := seen.headers.get("etag")):
        return Told("none")
    again = look.ask("identity/", headers={"If-None-Match": tag})
    return Told("honoured" if again.status == 304 else "ignored")


def rate_limit(look: Instance) -> Told:
    return _names(look, RATE_HEADERS)


def version(look: Instance) -> Told:
    return _names(look, VERSION_HEADERS)


def cookies(look: Instance) -> Told:
    return Told("set" if any("set-cookie" in headers for headers in look.headers) else "none")


def server(look: Instance) -> Told:
    said = look.users.headers.get("server", "none").lower()
    return Told(next((name for name in (*SERVERS, "none") if said.startswith(name)), "others"))


def json_type(look: Instance) -> Told:
    seen = look.journal.plain.seen
    return Told(seen.media_type) if seen.body == "json" else Told(why=Why.OTHER_ANSWER)


def compression(look: Instance) -> Told:
    return Told(look.journal.plain.seen.headers.get("content-encoding", "none"))


def idle_seconds(look: Instance) -> Told:
    return _keep_alive(look, "timeout")


def requests_each(look: Instance) -> Told:
    return _keep_alive(look, "max")


def _keep_alive(look: Instance, part: str) -> Told:
    """The largest that is said: the server counts down."""
    said = [headers.get("keep-alive", "") for headers in look.headers]
    numbers = [int(found[1]) for one in said if (found := re.search(rf"\b{part}=(\d{{1,9}})\b", one))]
    return Told(max(numbers) if numbers else "not said")


def _names(look: Instance, known: Iterable[str]) -> Told:
    """Which of the headers come."""
    there = {name for headers in look.headers for name in headers}
    return Told(", ".join(name for name in known if name in there) or "none")
