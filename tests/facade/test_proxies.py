"""Through which proxy, and what is said when it doesn't work."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from pascom_facade import AsyncPascom, CertificateChanged, ConfigurationError, ConnectionFailed, Pascom, PascomError
from pascom_facade._ground import SOCKS_EXTRA
from pascom_facade._proxies import exempted, read
from pascom_facade._tls import fetch_fingerprint
from pascom_facade.settings import Address
from pascom_facade.simulator import Simulator
from tests.servers.proxy_server import ProxyServer
from tests.servers.scripted_server import OK, ScriptedServer, answer, serving

LOGIN = "jörg:p@ss:wörd"
WRITTEN = "j%C3%B6rg:p%40ss%3Aw%C3%B6rd"


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.lower().endswith("_proxy") or name.startswith("SSL_CERT_"):
            monkeypatch.delenv(name)


def ask_sync(server: str, **options: Any) -> Any:
    with Pascom(server, "v", password="Geheim-7", retries=0, **options) as pbx:
        return pbx.request("GET", "cdr/").json()


def ask_async(server: str, **options: Any) -> Any:
    async def main() -> Any:
        async with AsyncPascom(server, "v", password="Geheim-7", retries=0, **options) as pbx:
            return (await pbx.request("GET", "cdr/")).json()

    return asyncio.run(main())


@pytest.fixture(params=[ask_sync, ask_async], ids=["sync", "async"])
def ask(request: pytest.FixtureRequest) -> Callable[..., Any]:
    asker: Callable[..., Any] = request.param
    return asker


def named(server: ScriptedServer | Simulator, scheme: str = "http") -> str:
    """An address that only the proxy can reach."""
    port = server.port if isinstance(server, ScriptedServer) else server.server.rsplit(":", 1)[1]
    return f"{scheme}://pbx.corp.test:{port}"


@pytest.fixture(scope="module")
def secure() -> Iterator[Simulator]:
    with Simulator(3, tls=True) as sim:
        yield sim


@pytest.mark.parametrize("variable", ["http_proxy", "HTTP_PROXY", "ALL_PROXY"])
@pytest.mark.parametrize("kind", ["http", "socks5", "socks5h", ""])
def test_is_asked(ask: Callable[..., Any], variable: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(OK) as server, ProxyServer() as proxy:
        monkeypatch.setenv(variable, f"{kind}://127.0.0.1:{proxy.port}" if kind else f"127.0.0.1:{proxy.port}")
        assert ask(named(server), allow_http=True) == []
        assert proxy.seen[0][0] == ("SOCKS" if kind.startswith("socks") else "GET")
        with pytest.raises(ConfigurationError, match="allow_http"):
            ask(named(server))


def test_for_https_too(ask: Callable[..., Any], secure: Simulator, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = fetch_fingerprint(Address.of(secure.server, "v"))
    with ProxyServer(login=LOGIN) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://{WRITTEN}@127.0.0.1:{proxy.port}")
        assert fetch_fingerprint(Address.of(named(secure, "https"), "v")) == shown
        with pytest.raises(PascomError, match=r"40[14]"):
            ask(named(secure, "https"), fingerprint=shown)
        assert {method for method, _ in proxy.seen} == {"CONNECT"}


LOOPBACK = ["127.0.0.1", "localhost", "LOCALHOST.", "127.8.9.1", "sim.localhost", "[::1]", "[::ffff:127.0.0.1]"]


@pytest.mark.parametrize("host", LOOPBACK)
def test_never_to_this_machine(ask: Callable[..., Any], host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(OK) as server, ProxyServer() as proxy:
        for variable in ("HTTP_PROXY", "ALL_PROXY", "HTTPS_PROXY"):
            monkeypatch.setenv(variable, f"http://127.0.0.1:{proxy.port}")
        try:
            assert ask(f"http://{host}:{server.port}") == []
        except ConnectionFailed as error:
            assert "proxy" not in str(error)  # no IPv6 here, or no such name
        assert proxy.seen == []


@pytest.mark.parametrize(
    ("entries", "origin", "expected"),
    [
        ("*", "https://pbx.corp.test", True),
        ("pbx.corp.test", "https://pbx.corp.test", True),
        ("PBX.Corp.Test", "https://pbx.corp.test", True),
        ("corp.test", "https://pbx.corp.test", True),
        (".corp.test", "https://pbx.corp.test", True),
        ("*.corp.test", "https://pbx.corp.test", True),
        (".corp.test", "https://corp.test", True),
        ("corp.test.", "https://pbx.corp.test.", True),
        ("orp.test", "https://pbx.corp.test", False),
        ("x.pbx.corp.test", "https://pbx.corp.test", False),
        ("other.test, corp.test", "https://pbx.corp.test", True),
        (" other.test  corp.test ", "https://pbx.corp.test", True),
        ("pbx.corp.test:443", "https://pbx.corp.test", True),
        ("pbx.corp.test:8443", "https://pbx.corp.test", False),
        ("pbx.corp.test:8443", "https://pbx.corp.test:8443", True),
        (".corp.test:443", "https://pbx.corp.test", True),
        ("https://pbx.corp.test", "https://pbx.corp.test", True),
        ("http://pbx.corp.test", "https://pbx.corp.test", False),
        ("müller.test", "https://xn--mller-kva.test", True),
        ("xn--mller-kva.test", "https://müller.test", True),
        ("10.1.2.3", "https://10.1.2.3", True),
        ("10.1.2.3:443", "https://10.1.2.3", True),
        ("10.0.0.0/8", "https://10.1.2.3", True),
        ("10.1.2.3/8", "https://10.9.9.9", True),
        ("10.0.0.0/8", "https://11.1.2.3", False),
        ("10.1.*", "https://10.1.2.3", True),
        ("fd07::1", "https://[fd07::1]", True),
        ("[fd07::1]", "https://[fd07:0:0::1]", True),
        ("[fd07::1]:443", "https://[fd07::1]", True),
        ("[fd07::1]:8443", "https://[fd07::1]", False),
        ("fd07:b51a:cc66:f0::/64", "https://[fd07:b51a:cc66:f0::5]", True),
        ("[fd07:b51a:cc66:f0::]/64", "https://[fd07:b51a:cc66:f0::5]", True),
        ("fd07:b51a:cc66:f0::/64", "https://[fd07:b51a:cc66:f1::5]", False),
        ("fd07::/16", "https://pbx.corp.test", False),
        ("::::,[,]:x,/,/99,10.0.0.0/99,://,.,:1,%,*[", "https://pbx.corp.test", False),
        ("", "https://pbx.corp.test", False),
    ],
)
def test_no_proxy_as_the_field_reads_it(entries: str, origin: str, expected: bool) -> None:
    address = Address.of(origin, "v")
    port = address.origin.rpartition(":")[2]
    assert exempted(entries, "https", address.host, int(port) if port.isdigit() else 443) is expected


@pytest.mark.parametrize("variable", ["NO_PROXY", "no_proxy"])
def test_exceptions_are_reached_directly(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with ProxyServer() as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        monkeypatch.setenv(variable, "localhost,.invalid,fd07::/64")
        with pytest.raises(ConnectionFailed, match="cannot be reached") as caught:
            ask_sync("https://pbx.invalid")
        assert "proxy" not in str(caught.value)
        assert proxy.seen == []


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("socks://127.0.0.1:7891/", "by socks://"),
        ("socks4://127.0.0.1:7891/", "by socks4://"),
        ("ftp://127.0.0.1:7891/", "by ftp://"),
        ("http://proxy:80a", "no address of a proxy"),
        ("http://proxy:99999", "no address of a proxy"),
        ("http://proxy:-1", "no address of a proxy"),
        ("http://proxy:0", "port 0"),
        ("http://", "no address of a proxy"),
        ("http://pro xy:3128", "no address of a proxy"),
        ("http://[::1:3128", "no address of a proxy"),
        ("http://pro..xy:3128", "no address of a proxy"),
        ("http://user:Geheim-8@proxy:3128x", "no address of a proxy"),
    ],
)
@pytest.mark.parametrize("variable", ["ALL_PROXY", "https_proxy"])
def test_what_cannot_be_used_is_said_in_one_line(
    ask: Callable[..., Any], variable: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(ConfigurationError, match=said) as caught:
        ask("https://pbx.corp.test")
    text = str(caught.value)
    assert variable in text and "\n" not in text and "Geheim" not in text


def test_socks_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ConfigurationError, match=rf"ALL_PROXY .*pip install '{re.escape(SOCKS_EXTRA)}'"):
        read("ALL_PROXY", "socks5://127.0.0.1:7891")


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_wants_a_login_is_named(
    ask: Callable[..., Any], scheme: str, secure: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(OK) as server, ProxyServer(login=LOGIN) as proxy:
        monkeypatch.setenv("ALL_PROXY", f"http://user:Geheim-8@127.0.0.1:{proxy.port}")
        where = named(server) if scheme == "http" else named(secure, "https")
        with pytest.raises(ConnectionFailed, match=r"407.* wants a login") as caught:
            ask(where, allow_http=True)
        text = str(caught.value)
        assert f"127.0.0.1:{proxy.port} (ALL_PROXY)" in text
        assert "Geheim" not in text and not caught.value.may_have_happened


@pytest.mark.parametrize("fault", [{"status": "503 Down 0049891234567"}, {"silent": True}, None])
def test_errors_behind_a_proxy_name_it(
    ask: Callable[..., Any], fault: dict[str, Any] | None, secure: Simulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ProxyServer(**fault or {}) as proxy:
        port = proxy.port if fault else 1
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
        with pytest.raises(
            ConnectionFailed, match=rf"pbx\.corp\.test.* the proxy 127\.0\.0\.1:{port} \(HTTPS_PROXY\)"
        ) as caught:
            ask(named(secure, "https"), timeout=0.5)
        assert "0049" not in str(caught.value)


def test_doctor_shows_the_fingerprint_through_the_proxy(secure: Simulator) -> None:
    with ProxyServer() as proxy:
        environ = {
            **os.environ,
            "HTTPS_PROXY": f"http://127.0.0.1:{proxy.port}",
            "PASCOM_SERVER": named(secure, "https"),
        }
        environ |= {"PASCOM_INSTANCE": "voipjack", "PASCOM_PASSWORD": "x"}
        command = [sys.executable, "-m", "pascom_facade.cli", "doctor", "-o", "table"]
        told = subprocess.run(command, env=environ, capture_output=True, encoding="utf-8").stdout
        assert "PASCOM_FINGERPRINT=" in told and f"127.0.0.1:{proxy.port} (HTTPS_PROXY)" in " ".join(told.split())
        changed = subprocess.run(
            command, env={**environ, "PASCOM_FINGERPRINT": "ab" * 32}, capture_output=True, encoding="utf-8"
        )
    assert "STOP" in changed.stdout and "pin it" not in changed.stdout and changed.returncode == 5
    broken = {**environ, "PASCOM_SERVER": "http://127.0.0.1:1", "ALL_PROXY": "socks://127.0.0.1:7891/"}
    said = subprocess.run(command, env=broken, capture_output=True, encoding="utf-8")
    assert said.returncode == 2 and "ALL_PROXY" in said.stdout


def test_a_changed_certificate_is_an_error_of_its_own(ask: Callable[..., Any], secure: Simulator) -> None:
    shown, before = fetch_fingerprint(Address.of(secure.server, "v")), len(secure.requests)
    with pytest.raises(CertificateChanged, match="STOP") as caught:
        ask(secure.server, fingerprint="ab" * 32)
    text = str(caught.value)
    assert shown in text and "ab" * 32 in text and "renewed" in text
    assert "pin it" not in text and "doctor" not in text and "('" not in text
    assert (caught.value.pinned, caught.value.shown) == ("ab" * 32, shown)
    assert len(secure.requests) == before and not caught.value.may_have_happened


@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "SSL_CERT_DIR"])
@pytest.mark.parametrize("what", ["missing", "no PEM", "of the other kind"])
def test_authorities_that_cannot_be_read_are_named(
    ask: Callable[..., Any], variable: str, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "file"
    file.write_text("no certificate")
    is_file = variable == "SSL_CERT_FILE"
    named = {"missing": tmp_path / "x", "no PEM": file, "of the other kind": tmp_path if is_file else file}[what]
    monkeypatch.setenv(variable, str(named))
    with pytest.raises(ConfigurationError, match=rf"{variable} .* cannot be used") as caught:
        ask("https://127.0.0.1:1")
    assert str(named) in str(caught.value)
    with pytest.raises(ConnectionFailed):
        ask("http://127.0.0.1:1")


def test_authorities_of_the_environment_are_trusted(
    ask: Callable[..., Any], secure: Simulator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(secure.ca_file))
    with pytest.raises(PascomError, match=r"40[14]"):
        ask(secure.server)


def test_a_refused_forward_may_have_happened(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy that answers 5xx to a POST may have passed it on; one that wants a login has not."""
    for status, happened in (("502 Bad Gateway", True), ("407 Login", False)):
        with serving(answer("200 OK")) as server, ProxyServer(status=status) as proxy:
            monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{proxy.port}")
            with Pascom(named(server), "v", password="x", allow_http=True) as pbx, pytest.raises(PascomError) as caught:
                pbx.dial("mpasquay", "1")
            assert caught.value.may_have_happened is happened
            assert f"127.0.0.1:{proxy.port} (HTTP_PROXY)" in str(caught.value)


@contextmanager
def answering(*pieces: bytes) -> Iterator[tuple[int, threading.Event]]:
    """A server that answers what it is sent with one piece after the other; the event is set when it is left."""
    left = threading.Event()

    def serve() -> None:
        with suppress(OSError):
            connection, _ = listener.accept()
            with connection:
                for piece in pieces:
                    connection.recv(65536)
                    connection.sendall(piece)
                while connection.recv(65536):
                    pass
        left.set()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, daemon=True).start()
        yield listener.getsockname()[1], left


METHOD = b"\x05\x00"
SOCKS_ANSWERS: dict[str, tuple[Any, ...]] = {
    "another version": (b"\x04\x00", "did not answer in time"),
    "no method": (b"\x05\xff", "it said Requested NO AUTHENTICATION"),
    "one byte": (b"\x05", "is not SOCKS"),
    "another protocol": (b"HTTP/1.1 400 0049991296910\r\n\r\n", "is not SOCKS"),
    "refused": (METHOD, b"\x05\x05\x00\x01" + bytes(6), "it said Proxy Server could not connect"),
    "an unknown refusal": (METHOD, b"\x05\x77\x00\x01" + bytes(6), "is not SOCKS"),
    "an unknown address": (METHOD, b"\x05\x00\x00\x09" + bytes(6), "is not SOCKS"),
    "cut": (METHOD, b"\x05\x00", "is not SOCKS"),
    "silent at once": ("did not answer in time",),
    "silent then": (METHOD, "did not answer in time"),
}


@pytest.mark.parametrize("colour", ["sync", "async"])
@pytest.mark.parametrize("kind", SOCKS_ANSWERS)
def test_what_a_socks_proxy_may_answer(kind: str, colour: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line, in time, and no connection is left open while the client lives."""
    *pieces, told = SOCKS_ANSWERS[kind]
    options: dict[str, Any] = {"password": "Geheim-7", "allow_http": True, "retries": 0, "timeout": 0.5}

    def sync() -> PascomError:
        with Pascom("http://pbx.corp.test", "v", **options) as pbx:
            with pytest.raises(ConnectionFailed) as caught:
                pbx.dial("a", "1")
            assert left.wait(10)
        return caught.value

    async def other() -> PascomError:
        async with AsyncPascom("http://pbx.corp.test", "v", **options) as pbx:
            with pytest.raises(ConnectionFailed) as caught:
                await pbx.dial("a", "1")
            assert await asyncio.to_thread(left.wait, 10)
        return caught.value

    with answering(*pieces) as (port, left):
        monkeypatch.setenv("ALL_PROXY", f"socks5h://127.0.0.1:{port}")
        begun = time.monotonic()
        error = sync() if colour == "sync" else asyncio.run(other())
        assert time.monotonic() - begun < 4  # CONNECTING would be 5
    assert told in str(error) and f"through the proxy 127.0.0.1:{port} (ALL_PROXY)" in str(error)
    assert not error.may_have_happened


@pytest.mark.parametrize("colour", [ask_sync, ask_async], ids=["sync", "async"])
def test_a_proxy_that_ends_the_tunnel(colour: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(b"HTTP/1.1 200 OK\r\n\r\nConnection: close") as server:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{server.port}")
        with pytest.raises(ConnectionFailed) as caught:
            colour("https://pbx.corp.test")
    assert "_ssl.c" not in str(caught.value) and "no address" not in str(caught.value)
