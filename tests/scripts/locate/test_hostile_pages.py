"""Pages and documents that mean harm: where the login goes, what scripts get to read, how long all of it takes."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pascom_facade.cli.app import run
from scripts.download import join
from scripts.download.files import read_document
from scripts.download.join import join_files
from scripts.errors import DocumentNotFound, DocumentUnusable, WrongUsage
from scripts.fetch.fetcher import Fetched, Fetcher
from scripts.locate import engine, limit, locate
from scripts.locate.configuration import is_address_key
from scripts.locate.engine import LIBRARY, Seen
from scripts.locate.evidence import evidence, literals
from scripts.regenerate import main

from ...servers.locate_server import DOCUMENT, Reply, Site, document, html, redirect, script, served

APIDOC = "/voipjack/services/apidoc/"
PAGE = {APIDOC: script('SwaggerUIBundle({url: "openapi.json"})'), f"{APIDOC}openapi.json": DOCUMENT}


# the login


@pytest.fixture
def sites(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[tuple[Site, Site]]:
    """The server, and another; each has the page and document."""
    for name in ("PASCOM_USER", "PASCOM_PASSWORD_COMMAND", "PASCOM_AUTH_STRING", "PASCOM_PAGE", "PASCOM_LIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PASCOM_PASSWORD", "Geheim-7:x")
    monkeypatch.setenv("PASCOM_INSTANCE", "voipjack")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "openapi").mkdir()
    (tmp_path / "openapi/overlay.yaml").touch()  # enough to begin an update, which then fails
    with served(PAGE) as server, served(PAGE) as other:
        monkeypatch.setenv("PASCOM_SERVER", server.origin)
        yield server, other


@pytest.mark.parametrize(
    "command",
    [
        "regenerate locate OTHER",
        "regenerate download OTHER -o x.json",
        "regenerate download --document OTHERopenapi.json -o x.json",
        "regenerate download --login-to-page --document OTHERopenapi.json -o x.json",
        "regenerate update --document OTHERopenapi.json",
        "regenerate update SERVER voipjack --page OTHER",
        "pascom services --page OTHER",
        "PASCOM_PAGE",
    ],
)
def test_the_login_goes_to_the_server_only(
    command: str, sites: tuple[Site, Site], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    server, other = sites
    if command == "PASCOM_PAGE":
        monkeypatch.setenv("PASCOM_PAGE", other.origin + APIDOC)
        command = "pascom services --live"
    program, *words = command.replace("OTHER", other.origin + APIDOC).replace("SERVER", server.origin).split()
    {"regenerate": main, "pascom": run}[program](words)
    assert other.requests
    assert other.authorized == []


@pytest.mark.parametrize(
    "command",
    [
        "regenerate locate OTHER --login-to-page",
        "regenerate download OTHER -o x.json --login-to-page",
        "regenerate update SERVER voipjack --page OTHER --login-to-page",
        "pascom services --page OTHER --login-to-page",
    ],
)
def test_another_origin_gets_the_login_when_told_to(command: str, sites: tuple[Site, Site]) -> None:
    server, other = sites
    program, *words = command.replace("OTHER", other.origin + APIDOC).replace("SERVER", server.origin).split()
    {"regenerate": main, "pascom": run}[program](words)
    assert other.authorized == other.requests != []


def test_the_servers_own_page_and_document_get_the_login(sites: tuple[Site, Site]) -> None:
    server, _ = sites
    assert main(["locate", server.origin + APIDOC]) == 0
    assert main(["download", "--document", f"{server.origin}{APIDOC}openapi.json", "-o", "x.json"]) == 0
    assert server.authorized == server.requests != []


def test_without_a_server_a_page_gets_the_login_and_a_document_does_not(
    sites: tuple[Site, Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, other = sites
    monkeypatch.delenv("PASCOM_SERVER")
    assert main(["locate", other.origin + APIDOC]) == 0
    assert other.authorized == other.requests
    other.authorized.clear()
    assert main(["download", "--document", f"{other.origin}{APIDOC}openapi.json", "-o", "x.json"]) == 0
    assert other.authorized == []


def test_a_login_that_was_not_sent_is_explained(sites: tuple[Site, Site], capsys: pytest.CaptureFixture[str]) -> None:
    with served({APIDOC: Reply("", 401)}) as locked:
        assert main(["locate", locked.origin + APIDOC]) == 3
    assert "--login-to-page" in capsys.readouterr().err


# what a page's scripts and a document get to read


@pytest.mark.parametrize(
    "code",
    [
        'fetch("/r").then((answer) => answer.text()).then((text) => fetch("/heard?" + text))',
        'const x = new XMLHttpRequest(); x.open("GET", "/r", false); x.send(); fetch("/heard?" + x.responseText)',
        'document.write("<script src=/r><\\/script>"); setTimeout(() => fetch("/heard?" + window.secret), 50)',
    ],
)
def test_a_pages_script_reads_nothing_of_another_origin_by_redirect(code: str) -> None:
    with served({"/secret": 'window.secret = "intranet"'}) as intranet:
        routes: dict[str, str | Reply] = {
            "/": html(f"<script>{code}</script>"),
            "/r": redirect(f"{intranet.origin}/secret"),
        }
        with served(routes) as site, Fetcher(site.origin) as fetcher, pytest.raises(DocumentNotFound):
            locate(f"{site.origin}/", fetcher)
        assert [path for path in site.requests if "intranet" in path] == []
        assert intranet.requests == []


@pytest.mark.parametrize(("options", "follows"), [([], False), (["--refs-to-other-hosts"], True)])
@pytest.mark.parametrize("by_redirect", [False, True])
def test_references_to_other_hosts_are_followed_only_when_asked_for(
    options: list[str], follows: bool, by_redirect: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with served({"/part.json": '{"type": "string"}'}) as other:
        part = f"{other.origin}/part.json"
        target = "/here.json" if by_redirect else part
        whole = {**document(), "components": {"schemas": {"Part": {"$ref": target}}}}
        routes: dict[str, str | Reply] = {"/doc.json": json.dumps(whole), "/here.json": redirect(part)}
        with served(routes) as site:
            file = tmp_path / "x.json"
            assert main(["download", "--document", f"{site.origin}/doc.json", "-o", str(file), *options]) == 0
        schema = json.loads(file.read_bytes())["components"]["schemas"]["Part"]
        assert schema == ({"type": "string"} if follows else {"$ref": target})
        assert bool(other.requests) == follows
        assert ("--refs-to-other-hosts" in capsys.readouterr().err) == (not follows and not by_redirect)


# time


def nothing() -> Fetcher:
    return Fetcher("http://127.0.0.1:1")


def page(text: str = "", **headers: str) -> Fetched:
    return Fetched("http://127.0.0.1:1/", 200, headers, text.encode())


LONG: dict[str, Callable[[], object]] = {
    "the name of a library": lambda: LIBRARY.search("/vue" + ".1" * 40 + "!"),
    "the name of a library, in words": lambda: LIBRARY.search("/swagger-ui" + "-es-bundle-core" * 40 + "!"),
    "a word in a script": lambda: literals(page("openapi" * 30_000), Seen("http://127.0.0.1:1/")),
    "spaces in a script": lambda: literals(page("url" + " " * 200_000), Seen("http://127.0.0.1:1/")),
    "a file's name in a script": lambda: literals(page('"' + ".json?" * 100_000), Seen("http://127.0.0.1:1/")),
    "a header of links": lambda: list(
        evidence(page(link="<" * 60_000), Seen("http://127.0.0.1:1/"), nothing())
    ),
    "a header of targets": lambda: list(
        evidence(page(link="<a>" * 20_000), Seen("http://127.0.0.1:1/"), nothing())
    ),
    "a key": lambda: is_address_key("spec" * 20_000),
    "a version": lambda: locate_page('<script src="/swagger-ui@' + "1" * 6_000 + '/x.js"></script>', "?url=/x.json"),
}  # fmt: skip


def locate_page(text: str, query: str) -> None:
    text += "<script>SwaggerUIBundle({})</script>"
    with served({"/": html(text)}) as site, Fetcher(site.origin) as fetcher, pytest.raises(DocumentNotFound):
        locate(f"{site.origin}/{query}", fetcher)


@pytest.mark.parametrize("what", LONG)
def test_no_text_of_a_page_takes_long(what: str) -> None:
    began = time.process_time()
    with limit.limited(5):
        LONG[what]()
    assert time.process_time() - began < 2


def test_a_search_has_a_limit_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    import re

    with pytest.raises(DocumentNotFound, match=r"after 0\.2 seconds"), limit.limited(0.2):
        if hasattr(signal, "setitimer"):
            re.match(r"(a+)+!", "a" * 60)  # hours
        while True:  # a clock in another thread doesn't get into a regular expression
            pass


# messages


FORGED = {
    "no JSON": "{",
    "a number": "1",
    "a list": '[{"saw": "call"}]',
    "null": "null",
    "a text": '"end"',
    "deep": "[" * 200_000,
    "a large number": '{"saw": ' + "9" * 10_000 + "}",
    "no number": '{"saw": "call", "name": "SwaggerUIBundle", "args": [NaN]}',
    "arguments that are none": '{"saw": "call", "name": "SwaggerUIBundle", "args": {"url": 1}}',
    "a name that is none": '{"saw": "call", "name": {}, "args": []}',
    "elements that are none": '{"saw": "remains", "elements": [1, null, [], {}], "globals": {}, "base": "x"}',
    "an element with more": '{"saw": "remains", "elements": [{"tag": "a", "x": 1}], "globals": {}, "base": ""}',
    "attributes that are none": '{"saw": "remains", "elements": [{"tag": "a", "attributes": [], "properties": {}, '
    '"text": ""}], "globals": {}, "base": ""}',
    "attributes of another kind": '{"saw": "remains", "elements": [{"tag": "script", "attributes": {"src": 1, "type": '
    '{}}, "properties": {}, "text": ""}], "globals": {}, "base": "http://127.0.0.1:1/"}',
    "a text of another kind": '{"saw": "remains", "elements": [{"tag": "title", "attributes": {}, "properties": {}, '
    '"text": 5}], "globals": {}, "base": ""}',
    "a base that is none": '{"saw": "remains", "elements": [], "globals": {"a": {"url": "x.json"}}, "base": "http://[/"}',
    "addresses that are none": '{"saw": "go", "address": "http://[/"}',
    "half a character": '{"saw": "call", "name": "Redoc.init", "args": ["http://127.0.0.1:1/\\ud800.json"]}',
    "a request for what is none": '{"ask": "fetch", "method": "GET", "address": "http://127.0.0.1:x/\\ud800"}',
}


def speaking(monkeypatch: pytest.MonkeyPatch, program: str) -> None:
    """In place of the sandbox: a page that has it in its power."""

    def child() -> subprocess.Popen[str]:
        command = [sys.executable, "-I", "-S", "-c", program]
        return subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8",
            errors="replace",
        )  # fmt: skip

    monkeypatch.setattr(engine, "_child", child)


@pytest.mark.parametrize("what", FORGED)
def test_a_forged_message_ends_in_one_line(what: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "said").write_text(FORGED[what])
    speaking(monkeypatch, f"print(open({str(tmp_path / 'said')!r}).read(), flush=True); input(); input()")
    with served({"/": html("<p>x</p>")}) as site, Fetcher(site.origin) as fetcher:
        with pytest.raises(DocumentNotFound) as raised:
            locate(f"{site.origin}/", fetcher)
        assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "program",
    [
        'while True: print(\'{"saw": "call", "name": "x", "args": ["/a.b"]}\')',
        "import sys\nwhile True: sys.stdout.write('[' * 100_000)",
        'while True: print(\'{"saw": "call", "name": "x", "args": ["\' + \'x\' * 1_000_000 + \'"]}\')',
    ],
    ids=["messages", "one line", "large messages"],
)
def test_what_a_page_says_is_counted(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "MOST_HEARD", 8 * 2**20)
    speaking(monkeypatch, program)
    seen = engine.run_page(page("<p>x</p>"), nothing())
    assert seen.stopped
    assert len(json.dumps(seen.calls)) < 8 * 2**20
    assert len(seen.calls) <= engine.MOST_MESSAGES


@pytest.mark.parametrize(
    "before",
    [
        "Array.prototype.toJSON = Object.prototype.toJSON = String.prototype.toJSON = function () { return 'hidden' }",
        'JSON.stringify = () => \'{"saw": "end"}\'',
        "JSON = { stringify: () => 'nonsense', parse: () => null }",
        "Object.keys = () => []; Array.isArray = () => false; Array.prototype.join = () => 'x'",
    ],
)
def test_what_a_script_puts_in_the_place_of_json_hides_nothing(before: str) -> None:
    seen = engine.run_page(page(script(f'{before}; SwaggerUIBundle({{url: "/a.json", list: [1]}})')), nothing())
    assert not seen.stopped
    if "Object.keys" not in before:
        assert seen.calls == [("SwaggerUIBundle", [{"url": "/a.json", "list": [1]}])]


# documents in many files


def test_references_that_double_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(join, "MOST_PARTS", 5_000)

    def load(address: str) -> object:
        number = int(address.rpartition("/")[2].removesuffix(".json"))
        if number == 30:
            return {}
        return {"a": {"$ref": f"{number + 1}.json"}, "b": {"$ref": f"{number + 1}.json"}}

    whole: dict[str, Any] = {**document(), "x-all": {"$ref": "1.json"}}
    with pytest.raises(DocumentUnusable, match="multiply"):
        join_files(whole, "http://127.0.0.1/0.json", load)


def test_files_without_end_are_bounded() -> None:
    def load(address: str) -> object:
        number = int(address.rpartition("/")[2].removesuffix(".json"))
        return {"properties": {"next": {"$ref": f"{number + 1}.json"}}}

    whole = {**document(), "components": {"schemas": {"A": {"$ref": "1.json"}}}}
    with pytest.raises(DocumentUnusable, match=r"files|deep"):
        join_files(whole, "http://127.0.0.1/0.json", load)


@pytest.mark.parametrize(
    "target",
    ["../secret.json", "file:///etc/hostname", "/dev/zero", "link.json", "folder", ".hidden.json", "pipe", "loop.json"],
)
def test_a_document_leads_to_regular_files_of_its_own_folder_only(target: str, tmp_path: Path) -> None:
    import os

    (tmp_path / "secret.json").write_text('{"title": "secret"}')
    own = tmp_path / "own"
    (own / "folder").mkdir(parents=True)
    (own / ".hidden.json").write_text('{"title": "secret"}')
    (own / "link.json").symlink_to(tmp_path / "secret.json")
    (own / "loop.json").symlink_to(own / "loop.json")
    os.mkfifo(own / "pipe")
    whole = {**document(), "components": {"schemas": {"A": {"$ref": target}, "B": {"$ref": "folder/part.json"}}}}
    (own / "folder/part.json").write_text('{"type": "string"}')
    (own / "doc.json").write_text(json.dumps(whole))
    with limit.limited(5):
        schemas = read_document(own / "doc.json")["components"]["schemas"]
    assert schemas == {"A": {"$ref": target}, "B": {"type": "string"}}


def test_a_document_without_end_is_not_read_to_it() -> None:
    with limit.limited(20), pytest.raises((DocumentUnusable, WrongUsage), match="larger than 64 MB"):
        read_document(Path("/dev/zero"))
