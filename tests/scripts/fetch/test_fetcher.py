"""The fetcher over real sockets: what it never sends, never reads to the end, and never waits for."""

from __future__ import annotations

import contextlib
import gzip
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import trustme

from pascom_facade._tls import fetch_fingerprint
from pascom_facade.settings import Address, Credentials
from scripts.errors import NotReachable, WrongUsage
from scripts.fetch.fetcher import Fetcher
from tests.servers.locate_server import Reply, redirect, served

LOGIN = Credentials("moby", "Geheim-7:x")


def test_credentials_go_to_the_home_origin_only() -> None:
    with (
        served({"/doc": "{}"}) as other,
        served({"/away": redirect(other.origin + "/doc"), "/doc": "{}"}) as home,
    ):
        with Fetcher(home.origin, LOGIN) as fetcher:
            assert fetcher.get(home.origin + "/doc").status == 200
            assert fetcher.get(home.origin + "/away").address == other.origin + "/doc"
            assert fetcher.get(other.origin + "/doc").status == 200
        assert home.authorized == ["/doc", "/away"]
        assert other.requests
        assert other.authorized == []


@pytest.mark.parametrize(
    ("home", "sends"),
    [
        ("http://127.0.0.1:1", True),
        ("http://localhost", True),
        ("http://pbx.example", False),
        ("https://pbx.example", True),
    ],
)
def test_credentials_are_not_sent_over_plain_http_to_another_machine(home: str, sends: bool) -> None:
    assert Fetcher(home, LOGIN).sends_credentials is sends


@pytest.mark.parametrize(
    ("address", "exempt", "through"),
    [
        ("http://127.0.0.1:{port}/doc", "", False),
        ("http://pbx.invalid/doc", "", True),
        ("http://pbx.invalid/doc", "pbx.invalid:80", False),
    ],
)
def test_a_proxy_is_used_as_the_facade_uses_it(
    address: str, exempt: str, through: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    with served({"/doc": "home"}) as home, served({"http://pbx.invalid/doc": "proxy"}) as proxy:
        for name in ("http_proxy", "all_proxy", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
            monkeypatch.delenv(name.upper(), raising=False)
        monkeypatch.setenv("http_proxy", proxy.origin)
        monkeypatch.setenv("no_proxy", exempt)
        with Fetcher("https://pbx.invalid") as fetcher, contextlib.suppress(NotReachable):
            fetcher.get(address.format(port=home.origin.rpartition(":")[2]))
        assert (bool(proxy.requests), bool(home.requests)) == (through, "127" in address)


def test_a_proxy_that_cannot_be_used_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "ftp://proxy.example")
    monkeypatch.setenv("no_proxy", "")
    with Fetcher("https://pbx.invalid") as fetcher, pytest.raises(WrongUsage, match="https_proxy asks for a proxy by"):
        fetcher.get("https://pbx.invalid/doc")


def test_each_address_is_asked_for_once() -> None:
    with served({"/a": "x"}) as site, Fetcher(site.origin) as fetcher:
        assert fetcher.get(site.origin + "/a#one").text == fetcher.get(site.origin + "/a#two").text == "x"
        assert site.requests == ["/a"]


def test_requests_are_counted() -> None:
    with served({"/": "x"}) as site, Fetcher(site.origin, most_requests=3) as fetcher:
        for number in range(3):
            fetcher.get(f"{site.origin}/?{number}")
        with pytest.raises(NotReachable, match="3 requests"):
            fetcher.get(f"{site.origin}/?more")


@pytest.mark.parametrize(
    ("reply", "problem"),
    [
        (Reply(b"x" * 300_000), "more than"),
        (Reply(gzip.compress(bytes(5_000_000)), headers={"Content-Encoding": "gzip"}), "more than"),
        (Reply(b"\x1f\x8bnonsense", headers={"Content-Encoding": "gzip"}), "damaged"),
        (redirect("/file?again"), "redirects more than"),
        (redirect("http://[::1"), "not reachable"),
        (redirect("ftp://127.0.0.1/x"), "not an http or https address"),
    ],
    ids=["too large", "too large once unpacked", "damaged", "for ever", "nowhere", "another scheme"],
)
def test_what_a_hostile_server_sends_has_an_end(reply: Reply, problem: str) -> None:
    with served({"/file": reply}) as site, Fetcher(site.origin, most_bytes=200_000) as fetcher:
        with pytest.raises(NotReachable, match=problem):
            fetcher.get(site.origin + "/file")


def test_where_a_redirect_leads_is_told_without_login_number_and_query() -> None:
    target = "http://u:Geheim@Geheim@127.0.0.1:1/call/0049991296910?token=Geheim"
    with served({"/file": redirect(target)}) as site, Fetcher(site.origin) as fetcher:
        with pytest.raises(NotReachable, match=r"redirects: http://127\.0\.0\.1/call/… is not reachable") as caught:
            fetcher.get(site.origin + "/file")
    assert "Geheim" not in str(caught.value)


def test_a_server_that_sends_a_byte_now_and_then_is_left() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            connection, _ = listening.accept()
            with connection:
                try:
                    while True:
                        connection.sendall(b"H")
                        time.sleep(0.05)
                except OSError:
                    pass

        threading.Thread(target=drip, daemon=True).start()
        address = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        began = time.monotonic()
        with Fetcher(address, most_seconds=0.5) as fetcher, pytest.raises(NotReachable, match="in time"):
            fetcher.get(address)
        assert time.monotonic() - began < 5


def test_nobody_there_is_one_clear_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with Fetcher(f"http://127.0.0.1:{port}/") as fetcher, pytest.raises(NotReachable, match="not reachable"):
        fetcher.get(f"http://127.0.0.1:{port}/")


@pytest.mark.parametrize("address", ["pbx", "ftp://pbx/", "https://", "http://[x", "https://moby:secret@pbx/"])
def test_what_is_no_address_is_wrong_usage_and_shows_no_password(address: str) -> None:
    with pytest.raises(WrongUsage) as raised:
        Fetcher(address)
    assert "secret" not in str(raised.value)


def test_a_certificate_of_its_own_needs_to_be_named(tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    with https(authority.issue_cert("127.0.0.1")) as origin:
        with Fetcher(origin) as fetcher, pytest.raises(NotReachable, match="PASCOM_CA_FILE"):
            fetcher.get(origin + "/")
        with Fetcher(origin, LOGIN, ca_file=str(tmp_path / "ca.pem")) as fetcher:
            assert fetcher.get(origin + "/").text == "authorized"
        where = Address(origin, "")
        with Fetcher(origin, LOGIN, fingerprint=fetch_fingerprint(where)) as fetcher:
            assert fetcher.get(origin + "/").text == "authorized"
        with (
            Fetcher(origin, LOGIN, fingerprint="0" * 64) as fetcher,
            pytest.raises(NotReachable, match="pinned"),
        ):
            fetcher.get(origin + "/")
        with Fetcher(origin, verify=False) as fetcher, pytest.warns(match="not verified"):
            fetcher.get(origin + "/")
        # What holds for the instance's own server holds for no other.
        with (
            Fetcher("https://127.0.0.1:1", fingerprint=fetch_fingerprint(where)) as fetcher,
            pytest.raises(NotReachable, match="not trusted"),
        ):
            fetcher.get(origin + "/")
    (tmp_path / "empty.pem").write_text("")
    with (
        Fetcher(origin, ca_file=str(tmp_path / "empty.pem")) as fetcher,
        pytest.raises(WrongUsage, match=r"empty\.pem"),
    ):
        fetcher.get(origin + "/")


@contextmanager
def https(certificate: trustme.LeafCert) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

        def do_GET(self) -> None:
            body = b"authorized" if self.headers.get("Authorization") else b"anonymous"
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None: ...  # a client that refuses the certificate

    server = Server(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield f"https://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
