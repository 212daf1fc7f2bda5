"""Errors repeat nothing of a server's words that could be a secret, a number, or a trick; what can't be sent isn't."""

from __future__ import annotations

import asyncio
import base64
import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from pascom_facade import AsyncPascom, CdrOptions, ConfigurationError, Pascom, PascomError, errors
from pascom_facade.answers import Answer
from pascom_facade.settings import Address, Credentials
from tests.servers.scripted_server import OK, answer, serving

SECRET = "Sup3rS3cr3tPassw0rd"
NUMBER = "0049991296910"
BASIC = base64.b64encode(f"moby:{SECRET}".encode()).decode()


def refusal(reply: bytes, path: str = "cdr/", method: str = "GET", **options: Any) -> PascomError:
    with serving(reply) as server, Pascom(server.origin, "v", password=SECRET, retries=0, **options) as pbx:
        with pytest.raises(PascomError) as caught:
            pbx.request(method, path)
    return caught.value


@pytest.mark.parametrize(
    ("location", "told"),
    [
        ("/login", "/login"),
        ("login.php", "login.php"),
        ("https://sso.corp.test/login", "https://sso.corp.test/login"),
        ("//sso.corp.test/login", "//sso.corp.test/login"),
        ("https://192.168.1.5:8443/login", "https://192.168.1.5/login"),
        (f"https://pbx/v/services/voicemailbox/{NUMBER}", "https://pbx/v/services/voicemailbox/…"),
        ("https://pbx/a/0049%31234/b", "https://pbx/a/…/b"),
        (f"https://user:{SECRET}@sso/login?x=1", "https://sso/login"),
        (f"//user:{SECRET}@sso/login", "//sso/login"),
        (f"user:{SECRET}@sso/login", "…/login"),
        (f"https:\\\\user:{SECRET}@sso", "…"),
        (f"/login;jsessionid={SECRET}?next={NUMBER}#{SECRET}", "/login"),
        (f"https://{NUMBER}.sso.test/", "https://….sso.test/"),
        (f"https://sso.test:{NUMBER}/", "https://sso.test/"),
        (f"https://[{NUMBER}/", "…"),
        (f"/hello/{BASIC}", "/hello/…"),
        (f"/hello/{BASIC.rstrip('=')}", "/hello/…"),
        ("/hello/Sup3r%533cr3tPassw0rd", "/hello/…"),
        ("/hello/Sup3r%25533cr3tPassw0rd/x", "/hello/…/x"),
        ("/hello%3Fpassword=Secret1", "/hello"),
        ("https://[fe80::1%eth0049991]/login", "https://[fe80::1]/login"),
        ("/a%0d%0ab%1b[31m", "/a b [31m"),
        ("/" + "x" * 5000, "/…"),
        ("tel:" + NUMBER, "…"),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_where_a_redirect_leads(location: str, told: str, method: str) -> None:
    error = refusal(f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode(), method=method)
    assert f"redirected to {told!r}:" in str(error)
    assert error.may_have_happened is (method == "POST")


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("Not Found", "404 Not Found:"),
        ("voicemailbox 00491701234567 unknown", "404 voicemailbox … unknown:"),
        ("call +49 (170) 123-45/67 now", "404 call … now:"),
        ("\x1b[31mbad\x07", "404 [31mbad:"),
        (f"user moby:{SECRET}@pbx", "404 user …@pbx:"),
        (f"no {SECRET} here", "404 no … here:"),
        (f"Basic {BASIC}", "404 Basic …:"),
        (f"Basic {BASIC.rstrip('=')} refused", "404 Basic … refused:"),
        ("no Sup3r%533cr3tPassw0rd here", "404 no … here:"),
        ("call %30%30%34%39%39%39%31 now", "404 call … now:"),
        ("see /login?user=x&y=z now", "404 see /login now:"),
        ("", "404:"),
    ],
)
def test_reasons(reason: str, told: str) -> None:
    assert told in str(refusal(f"HTTP/1.1 404 {reason}\r\nContent-Length: 0\r\n\r\n".encode()))


def test_kilobytes_of_reasons_are_cut() -> None:
    assert len(str(refusal(b"HTTP/1.1 404 " + b"long words " * 1000 + b"\r\nContent-Length: 0\r\n\r\n"))) < 200


@pytest.mark.parametrize(
    "reply",
    [
        b"HTTP/1.1 0049991296910 no\r\n\r\n",
        b"0049991296910\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n0049991296910 x: y\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0049991296910x\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 0049991296910x\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 13\r\n\r\n0049991296910",
    ],
)
def test_what_is_no_http_is_not_repeated(reply: bytes) -> None:
    text = str(refusal(reply + b"Connection: close", timeout=1))
    assert NUMBER not in text and "bytearray" not in text and "\n" not in text


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("device/a", "device/a"),
        (f"device/{NUMBER}/x", "device/…/x"),
        ("device/00 49 99 12", "device/…"),
        ("device/4-9-9-1-2-9", "device/…"),
        ("device/%30%30%34%39%39%39", "device/…"),
        ("a%0ab%1b[31m", "a b [31m"),
        ("a%e2%80%aeb", "a b"),
        ("x" * 5000, "x" * 59 + "…"),
    ],
)
def test_paths_that_were_asked_for(path: str, told: str) -> None:
    error = refusal(answer("404 X"), path)
    assert str(error).startswith(f"GET {told}: 404 X:")
    assert error.path == told


def in_an_hour(zone: str) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=zone == "GMT").replace("GMT", zone)


@pytest.mark.parametrize(
    ("asked", "low", "high"),
    [
        ("60", 60, 60),
        ("1.5", 1.5, 1.5),
        ("GMT", 3500, 3601),
        ("-0000", 3500, 3601),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0, 0),
        ("Wed, 21 Oct 2099 07:28:00 GMT", 1e7, 4e7),
        ("9" * 400, 1e7, 4e7),
        ("-5", None, None),
        ("nan", None, None),
        ("Wed, 99 Foo 2099", None, None),
        ("soon", None, None),
        ("", None, None),
    ],
)
def test_when_to_come_again(asked: str, low: float | None, high: float | None) -> None:
    said = in_an_hour(asked) if asked in ("GMT", "-0000") else asked
    error = refusal(answer("429 Slow", Retry_After=said))
    assert isinstance(error, errors.RateLimited)
    found = error.retry_after
    assert found is None if low is None or high is None else found is not None and low <= found <= high
    assert ("try again in" in str(error)) is (low is not None)


WAYS_OUT = [
    *("..", "../x", "a/../../x", "./x", "a/./b", "%2e%2e/%2e%2e/other/services/", "%2E%2e/x", ".%2e/x", "a/%2e/b"),
    *("..%2f..%2fother", "a%2f..%2f..", "..;/x", "..;a=b/x", "%2e%2e%3b/x", "..\\x", "a\\..\\..\\x", "%5c..%5cx"),
    *("%252e%252e/x", "%25252e./x", "..%00/x", "..%20/x", "..%09/x", "%c0%ae%c0%ae/x", "%u002e%u002e/x", "．．/x"),
]


@pytest.mark.parametrize("path", WAYS_OUT)
def test_no_way_out_of_services(path: str) -> None:
    with serving(OK) as server, Pascom(server.origin, "v", password=SECRET) as pbx:
        for given in (path, "/" + path, f"{pbx._address.services}{path}"):
            with pytest.raises(ConfigurationError, match="refused to send"):
                pbx.request("GET", given)
    assert server.requests == []


@pytest.mark.parametrize("path", ["//evil.test/x", "http://evil.test/x", "mailto:x", "javascript:x", "https:x"])
def test_no_other_server(path: str) -> None:
    with serving(OK) as server, Pascom(server.origin, "v", password=SECRET) as pbx:
        with pytest.raises(ConfigurationError, match="refused to send the credentials outside"):
            pbx.request("GET", path)
    assert server.requests == []


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("device/a.b", "device/a.b"),
        ("device/..a", "device/..a"),
        ("device/...", "device/..."),
        ("device/a%2Fb", "device/a%2Fb"),
        ("/cdr/?x=../..", "cdr/?x=../.."),
        ("device/a:b", "device/a:b"),
        ("device//x", "device//x"),
        ("Müller", "M%C3%BCller"),
    ],
)
def test_other_paths_are_sent(path: str, sent: str) -> None:
    with serving(OK) as server, Pascom(server.origin, "v", password=SECRET) as pbx:
        pbx.request("GET", path)
    assert server.requests[0].startswith(f"GET /v/services/{sent} HTTP/1.1\r\n".encode())


@pytest.mark.parametrize("value", ["", ".", "..", "%2e%2e"])
def test_values_that_are_no_part_of_a_path(value: str) -> None:
    with serving(OK) as server, Pascom(server.origin, "v", password=SECRET) as pbx:
        encoded = value.startswith("%")
        attempts: list[Callable[[], object]] = [
            lambda: pbx.dial(value, "1"),
            lambda: pbx.push(value, [{"a": 1}]),
            lambda: pbx.device(value),
            lambda: pbx.voicemailbox(value),
            lambda: pbx.services.device.get_device(value),
        ]
        for attempt in attempts:
            with pytest.raises(ValueError, match=r"another address|refused to send"):
                attempt()

        async def main() -> None:
            async with AsyncPascom(server.origin, "v", password=SECRET) as other:
                with pytest.raises(ValueError, match=r"another address|refused to send"):
                    await other.services.identity.get_identity(value)

        asyncio.run(main())
        assert server.requests == [] or encoded


def nested(depth: int) -> list[Any]:
    outer: list[Any] = []
    for _ in range(depth):
        outer = [outer]
    return outer


def test_what_is_no_text_or_no_header_is_not_sent() -> None:
    with serving(OK) as server, Pascom(server.origin, "v", password=SECRET) as pbx:
        attempts: list[Callable[[], object]] = [
            lambda: pbx.dial("a\udcff", "1"),
            lambda: pbx.dial("a", "1\udcff"),
            lambda: pbx.request("GET", "a\udcff"),
            lambda: pbx.request("GET", "a\x00b\x1f"),
            lambda: pbx.request("GET", "cdr/", params={"a": "\udcff"}),
            lambda: pbx.request("POST", "cdr/", json={"a": math.nan}),
            lambda: pbx.request("POST", "cdr/", headers={"X-A": "b\r\nHost: evil.test"}),
            lambda: pbx.request("POST", "cdr/", headers={"X-A": "\udcff"}),
            lambda: pbx.request("POST", "cdr/", content=b"abc", headers={"Content-Length": "99"}),
            lambda: pbx.request("POST", "cdr/", content=b"abc", headers={"content-length": "1"}),
            lambda: pbx.request("POST", "cdr/", json=nested(100_000)),
            lambda: pbx.request("GE T", "cdr/"),
            lambda: pbx.request("GET", "x" * 70_000),
        ]
        for attempt in attempts:
            with pytest.raises(ConfigurationError) as caught:
                attempt()
            assert not caught.value.may_have_happened
            assert "\n" not in str(caught.value)
    assert server.requests == []


@pytest.mark.parametrize(
    "server",
    [
        *("pascom..cloud", ".pascom.cloud", "☃.de", "x" * 64 + ".de", "a." * 130 + "de", "xn--a.de", "１２７.0.0.1"),
        *("-a.de", "a-.de", "a b.de", "a%20b.de", "a%2fb.de", "a_b..de", "10.0.1", "2130706433", "0x7f.1", "1.2.3.4.5"),
        *(
            "https://a:0",
            "https://a:99999",
            "https://a:x",
            "https://a:-1",
            "ftp://a",
            "https://",
            "[::1",
            "[fe80::1%eth0]",
        ),
        *("::1", "2001:db8::1", "a\x00.de", "a\u202e.de", "https://a\\b"),
    ],
)
def test_hosts_that_cannot_be(server: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Pascom(server, "v", password=SECRET)
    assert SECRET not in str(caught.value)
    if server == "::1":
        assert "[::1]" in str(caught.value)


@pytest.mark.parametrize(
    ("server", "origin"),
    [
        ("müller.de", "https://xn--mller-kva.de"),
        ("PASCOM.cloud", "https://pascom.cloud"),
        ("pascom.cloud.", "https://pascom.cloud."),
        ("[2001:DB8::1]:8443", "https://[2001:db8::1]:8443"),
        ("pbx_1.lan", "https://pbx_1.lan"),
        ("pbx", "https://pbx"),
        ("http://[::ffff:127.0.0.1]", "http://[::ffff:127.0.0.1]"),
    ],
)
def test_hosts_that_can_be(server: str, origin: str) -> None:
    assert Address.of(server, "v").origin in (origin, origin.replace("127.0.0.1", "7f00:1"))


NO_NAMES = ["．．", "‥", "a／b", "％2e", "a？b", "..\u200b", "moby:x@a"]
"""What some servers take for dots, slashes and their like; and a login."""


@pytest.mark.parametrize(
    "instance", ["%2e%2e", "..", ".", "%252e%252e", "a/b", "a%2fb", "a%5cb", "a;b", "a\x00b", "a\udcff", "%", *NO_NAMES]
)
def test_instances_that_cannot_be(instance: str) -> None:
    with pytest.raises(ConfigurationError, match="is not a name"):
        Pascom("pascom.cloud", instance, password=SECRET)


NUMBERS = [-1, math.nan, math.inf, "3", None, True]


@pytest.mark.parametrize("value", NUMBERS)
def test_options_that_cannot_work(value: Any) -> None:
    with serving(OK) as server:
        pbx = Pascom(server.origin, "v", password=SECRET)
        attempts: list[Callable[[], object]] = [
            lambda: Pascom("a", "v", password=SECRET, retries=value),
            lambda: Pascom("a", "v", password=SECRET, timeout=value),
            lambda: Pascom("a", "v", password=SECRET, cdr_options=CdrOptions(rows=value)),
            lambda: pbx.dial("a", "1", wait=True, timeout=value),
            lambda: pbx.watch_states("a", every=value),
            lambda: pbx.watch_calls(every=value),
        ]
        if value is not None:
            attempts.append(lambda: list(pbx.cdr(limit=value)))
        for attempt in attempts:
            with pytest.raises(ConfigurationError, match="="):
                attempt()
    assert server.requests == []


def test_waits_that_no_clock_has() -> None:
    with serving(OK) as server, Pascom(server.origin, "v", password=SECRET) as pbx:
        attempts: list[Callable[[], object]] = [
            lambda: Pascom("a", "v", password=SECRET, timeout=1e300),
            lambda: Pascom("a", "v", password=SECRET, timeout=2**31),
            lambda: pbx.watch_states("a", every=1e300),
            lambda: pbx.watch_calls(every=1e300),
            lambda: pbx.watch_calls(look_back=timedelta.max),
            lambda: pbx.watch_calls(look_back=timedelta(-1)),
            lambda: pbx.watch_calls(look_back=60),  # type: ignore[arg-type]
        ]
        for attempt in attempts:
            with pytest.raises(ConfigurationError, match="="):
                attempt()
    assert server.requests == []


@pytest.mark.parametrize(
    "options",
    [
        {"zone": "Europe/Berln"},
        {"zone": "../../etc/passwd"},
        {"zone": "/etc/localtime"},
        {"zone": ""},
        {"time_format": "us"},
        {"timefrom": ""},
        {"limit": None},
    ],
)
def test_cdr_options_that_cannot_work(options: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError):
        Pascom("pascom.cloud", "v", password=SECRET, cdr_options=CdrOptions(**options))


def test_json_nested_a_thousand_deep() -> None:
    deep = Answer(200, {}, b"[" * 100_000, "GET", "cdr/")
    with pytest.raises(errors.UnexpectedAnswer, match="not JSON"):
        deep.json()


def test_the_first_line_of_a_password_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def password(command: str) -> str:
        return Credentials.from_env({"PASCOM_PASSWORD_COMMAND": command}).reveal()[1]

    assert password("printf 'geheim\\r\\nuser: moby\\n'") == "geheim"
    for command, said in (
        ("printf '\\377\\n'", "UTF-8"),
        ("true", "empty"),
        ("printf '\\nx'", "empty"),
        ("exit 3", "status 3"),
    ):
        with pytest.raises(ConfigurationError, match=said):
            password(command)
    monkeypatch.setattr("pascom_facade.settings.COMMAND_SECONDS", 0.1)
    with pytest.raises(ConfigurationError, match="did not end"):
        password("exec sleep 5")
