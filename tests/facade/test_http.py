"""The seam: what is sent once, what is sent again, and what each failure says. Over real sockets."""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import pascom_facade
from pascom_facade import AsyncPascom, Pascom, errors
from pascom_facade._ground import httpcore, httpx
from tests.servers.scripted_server import OK, RESET, SILENCE, answer, serving

SECRET = "Geheim-7:x"
NUMBER = "004989123456"
Ask = Callable[..., Any]


def ask_sync(origin: str, method: str = "GET", path: str = "cdr/", *, times: int = 1, **options: Any) -> Any:
    with Pascom(origin, "voipjack", password=SECRET, **options) as pbx:
        for _ in range(times):
            body = {"destination": NUMBER} if method == "POST" else None
            got = pbx.request(method, path, json=body)
        return got


def ask_async(origin: str, method: str = "GET", path: str = "cdr/", *, times: int = 1, **options: Any) -> Any:
    async def main() -> Any:
        async with AsyncPascom(origin, "voipjack", password=SECRET, **options) as pbx:
            for _ in range(times):
                body = {"destination": NUMBER} if method == "POST" else None
                got = await pbx.request(method, path, json=body)
            return got

    return asyncio.run(main())


@pytest.fixture(params=[ask_sync, ask_async], ids=["sync", "async"])
def ask(request: pytest.FixtureRequest) -> Ask:
    asker: Ask = request.param
    return asker


def test_credentials_go_along_and_cookies_do_not(ask: Ask) -> None:
    with serving(answer("200 OK", b"[]", Set_Cookie="PHPSESSID=1; Path=/"), OK) as server:
        assert ask(server.origin, times=2).json() == []
    first, second = server.requests
    assert first.startswith(b"GET /voipjack/services/cdr/ HTTP/1.1\r\n")
    assert b"Authorization: Basic bW9ieTpHZWhlaW0tNzp4\r\n" in first
    assert b"cookie" not in second.lower()


@pytest.mark.parametrize("fault", [RESET, answer("502 Bad Gateway"), answer("503 Busy", Retry_After="0")])
def test_a_get_is_tried_again(ask: Ask, fault: bytes) -> None:
    with serving(fault, fault, OK) as server:
        assert ask(server.origin).json() == []
    assert len(server.requests) == 3


@pytest.mark.parametrize(
    "fault",
    [
        RESET,
        answer("502 Bad Gateway"),
        answer("503 Busy", Retry_After="0"),
        answer("429 Slow", Retry_After="0"),
    ],
)
def test_a_post_is_never_sent_twice(ask: Ask, fault: bytes) -> None:
    with serving(fault, OK) as server, pytest.raises(errors.PascomError) as caught:
        ask(server.origin, "POST", "identity/mpasquay/defaultdevice/action")
    assert len(server.requests) == 1
    assert caught.value.may_have_happened is (b" 429 " not in fault)
    assert ("may have been placed" in str(caught.value)) is (b" 429 " not in fault)


def test_a_post_without_an_answer_may_have_happened(ask: Ask) -> None:
    with serving(SILENCE) as server, pytest.raises(errors.TimedOut, match="may have been placed") as caught:
        ask(server.origin, "POST", "identity/mpasquay/defaultdevice/action", timeout=0.2)
    assert caught.value.may_have_happened
    assert len(server.requests) == 1


def test_an_unreachable_server_is_tried_again_and_nothing_happened(ask: Ask) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(errors.ConnectionFailed, match="cannot be reached") as caught:
        ask(f"http://127.0.0.1:{port}", "POST", retries=1)
    assert not caught.value.may_have_happened


@pytest.mark.parametrize(
    ("reply", "kind", "said"),
    [
        (answer("401 Unauthorized"), errors.AuthenticationFailed, "password is wrong"),
        (answer("403 Forbidden"), errors.Forbidden, "REST may be switched off"),
        (answer("404 Not Found"), errors.NotFound, "no instance 'voipjack'"),
        (answer("410 Gone"), errors.NotFound, "not there"),
        (answer("400 Bad Request"), errors.AnsweredWithError, "refused"),
        (answer("429 Slow", Retry_After="60"), errors.RateLimited, "try again in 60 s"),
        (answer("503 Busy", Retry_After="600"), errors.ServerError, "restarting"),
        (answer("599 Odd"), errors.ServerError, "599 Odd"),
        (
            answer("302 Found", Location="/login?next=secret"),
            errors.UnexpectedAnswer,
            "redirected to '/login'",
        ),
    ],
)
def test_anything_but_2xx_raises_one_line(ask: Ask, reply: bytes, kind: type[errors.PascomError], said: str) -> None:
    with serving(reply) as server, pytest.raises(kind, match=said) as caught:
        ask(server.origin)
    assert len(server.requests) == 1
    text = str(caught.value)
    assert text.startswith("GET cdr/: ")
    assert "\n" not in text
    assert "secret" not in text
    assert caught.value.status == int(reply[9:12])


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"])
@pytest.mark.parametrize(
    ("path", "location", "then"),
    [
        ("cdr/?rows=5", "/voipjack/services/cdr?rows=5", b"/voipjack/services/cdr?rows=5"),
        ("cdr?rows=5", "cdr/", b"/voipjack/services/cdr/?rows=5"),
        ("cdr", "https://127.0.0.1:1/voipjack/services/cdr/", b"/voipjack/services/cdr/"),
        ("device/a%2Fb", "/voipjack/services/device/a%2Fb/", b"/voipjack/services/device/a%2Fb/"),
    ],
)
def test_a_get_redirected_to_itself_is_sent_there_once(
    ask: Ask, status: str, path: str, location: str, then: bytes
) -> None:
    moved = answer(status, Location=location)
    with serving(moved, OK) as server:
        assert ask(server.origin, path=path, retries=0).json() == []
    first, second = server.requests
    assert second.startswith(b"GET " + then + b" HTTP/1.1\r\n")
    assert first.split(b"\r\n")[1:] == second.split(b"\r\n")[1:]
    with serving(moved, moved) as server, pytest.raises(errors.UnexpectedAnswer, match="redirected to"):
        ask(server.origin, path=path)
    assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("method", "location"),
    [
        ("POST", "/voipjack/services/cdr"),
        ("GET", "https://elsewhere.example/voipjack/services/cdr"),
        ("GET", "/voipjack/services/cdr?login=1"),
        ("GET", "/voipjack/services/cdr/"),
        ("GET", "/voipjack/services/"),
        ("GET", "http://[broken"),
    ],
)
def test_no_other_redirect_is_followed(ask: Ask, method: str, location: str) -> None:
    moved = answer("301 Moved", Location=location)
    with serving(moved, OK) as server, pytest.raises(errors.PascomError, match="redirected to"):
        ask(server.origin, method)
    assert len(server.requests) == 1


def test_the_seconds_a_server_asks_for_are_told() -> None:
    with serving(answer("429 Slow", Retry_After="60")) as server, pytest.raises(errors.RateLimited) as caught:
        ask_sync(server.origin)
    assert caught.value.retry_after == 60


@pytest.mark.parametrize(
    "path",
    [
        "https://example.invalid/cdr/",
        "//example.invalid/cdr/",
        "../../other/services/cdr/",
        "/voipjack/",
        "..%2f..",
    ],
)
def test_credentials_never_leave_the_instance(ask: Ask, path: str) -> None:
    with serving(OK) as server:
        try:
            ask(server.origin, "GET", path)
        except errors.ConfigurationError as refusal:
            assert "refused to send the credentials" in str(refusal)
            assert not server.requests
        else:
            assert all(r.startswith(b"GET /voipjack/services/") for r in server.requests)


def test_a_number_in_a_path_is_not_repeated(ask: Ask) -> None:
    with serving(answer("404 Not Found")) as server, pytest.raises(errors.NotFound) as caught:
        ask(server.origin, "GET", f"voicemailbox/{NUMBER}")
    assert NUMBER not in str(caught.value)
    assert "voicemailbox/…" in str(caught.value)


@pytest.mark.parametrize(
    ("body", "value"),
    [
        (b'{"a": 1}', {"a": 1}),
        (b"", None),
        (b" \r\n", None),
        (b"\xef\xbb\xbf[1]", [1]),
        (b"<br />\n<b>Warning</b>: x[0] in /var/www/a.php on line 3<br />\n[1, 2]", [1, 2]),
        (b'PHP Notice: {x}\n{"a": {"b": 2}}', {"a": {"b": 2}}),
    ],
)
def test_json_is_read_whatever_stands_before_it(body: bytes, value: object) -> None:
    with serving(answer("200 OK", body)) as server:
        assert ask_sync(server.origin).json() == value


@pytest.mark.parametrize(
    ("body", "said"),
    [(b"<!DOCTYPE html><p>Login</p>", "login page"), (b"[1, 2", "not JSON"), (b"\xff\xfe", "not JSON")],
)
def test_what_is_not_json_is_said(body: bytes, said: str) -> None:
    with serving(answer("200 OK", body)) as server, pytest.raises(errors.UnexpectedAnswer, match=said):
        ask_sync(server.origin).json()


def test_a_ca_file_that_cannot_be_used_is_said(ask: Ask, tmp_path: Any) -> None:
    with pytest.raises(errors.ConfigurationError, match="ca_file"):
        ask("https://127.0.0.1:9", ca_file=tmp_path / "missing.pem")


def test_trusting_anybody_is_said_aloud() -> None:
    with (
        pytest.warns(UserWarning, match="not verified"),
        Pascom("127.0.0.1:9", "a", password="x", verify=False) as pbx,
    ):
        assert pbx._http is not None


def test_importing_loads_neither_httpx_nor_msgspec_nor_models() -> None:
    import subprocess
    import sys

    code = (
        "import sys, pascom_facade; from pascom_facade import Pascom, AsyncPascom; Pascom('a', 'b', password='c');"
        f"print([m for m in ('{httpx.__name__}', 'attr', 'msgspec', 'pascom_client') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"
    assert set(pascom_facade.__all__) <= set(dir(pascom_facade))


def test_one_seam_to_http() -> None:
    """One module brings httpx and httpcore, private parts included; the seam takes them from there."""
    package = Path(pascom_facade.__file__).parent
    files = {path.relative_to(package).as_posix(): path.read_text("utf-8") for path in package.rglob("*.py")}
    core = {name: text for name, text in files.items() if "simulator/" not in name and "_scripts/" not in name}

    def matching(pattern: str) -> set[str]:
        return {name for name, text in core.items() if re.search(pattern, text, re.MULTILINE)}

    theirs = f"{httpx.__name__}|{httpcore.__name__}|anyio|h11"
    assert matching(rf"^\s*(import|from) ({theirs})\b") == {"_ground.py"}
    seam = {f"{colour}/{module}.py" for colour in ("_async", "_sync") for module in ("http", "pool", "_sockets")}
    assert matching(r"from \.+_ground import") == {"_policy.py", "_proxies.py", "_tls.py", *seam}
    private = r"\b(httpx|httpcore|anyio|asyncio|h11)(\.\w+)*\._|_h11_state|\b_pool\b(?!_)"
    assert matching(private) == {"_ground.py"}
