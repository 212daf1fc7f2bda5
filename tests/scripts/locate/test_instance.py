"""Where an instance's page may be, and what is made of several documents on it: over real sockets, each world small."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from pascom_facade.cli.app import run
from pascom_facade.settings import Address, Credentials
from scripts.combine.instance import Obtained, of_instance, offered_for
from scripts.combine.source import fetcher_at
from scripts.errors import DocumentNotFound, WrongUsage

from ...servers.locate_server import DOCUMENT, Reply, Site, html, redirect, script, served

SERVICES = "/voipjack/services/"
APIDOC = f"{SERVICES}apidoc/"
FORBIDDEN = Reply("<h1>Forbidden</h1>", 403)
UI = script(f'SwaggerUIBundle({{url: "{APIDOC}openapi.json"}})')
LOGIN_PAGE = html('<form><input type="password"></form>')

Routes = dict[str, str | Reply]


def found(site: Site, *, page: str | None = None, name: str | None = None) -> Obtained:
    address = Address.of(site.origin, "voipjack")
    login = Credentials("moby", "Geheim-7:x")
    with fetcher_at(address, page, login, login_to_page=False) as fetcher:
        return of_instance(offered_for(address, page, fetcher), name, address, fetcher)


@pytest.mark.parametrize(
    "pages",
    [
        {APIDOC: UI},
        {APIDOC: redirect("index.html"), f"{APIDOC}index.html": UI},
        {APIDOC: redirect("/voipjack/doc/"), "/voipjack/doc/": UI},
        {APIDOC: redirect(f"{SERVICES}apidoc"), f"{SERVICES}apidoc": UI},
        {f"{SERVICES}apidoc": UI},
        {SERVICES: UI},
        {f"{SERVICES}index.html": UI},
        {SERVICES.rstrip("/"): UI},
        {APIDOC: FORBIDDEN, f"{APIDOC}index.html": UI},
        {APIDOC: FORBIDDEN, f"{SERVICES}apidoc": redirect(APIDOC), f"{APIDOC}index.html": UI},
        {APIDOC: FORBIDDEN, f"{APIDOC}index.php": UI},
        {APIDOC: Reply("busy", 500), SERVICES: UI},
        {APIDOC: redirect(APIDOC), SERVICES: UI},
        {APIDOC: redirect("http://127.0.0.1:1/docs"), SERVICES: UI},
        {APIDOC: html("<h1>It works</h1>"), SERVICES: UI},
        {APIDOC: '{"status": "ok"}', SERVICES: UI},
        {APIDOC: LOGIN_PAGE, f"{APIDOC}index.html": UI},
        {APIDOC: FORBIDDEN},  # nothing but the document, at a well-known place
    ],
)
def test_the_page_is_found_where_a_browser_would_go(pages: Mapping[str, str | Reply]) -> None:
    with served({**pages, f"{APIDOC}openapi.json": DOCUMENT}) as site:
        assert found(site).document == json.loads(DOCUMENT)


@pytest.mark.parametrize(
    ("routes", "words"),
    [
        ({}, [APIDOC, "404", f"{APIDOC}index.html", "--page", "--document"]),
        ({APIDOC: FORBIDDEN}, [APIDOC, "403", "--page", "--document"]),
        ({APIDOC: html("<h1>It works</h1>")}, ["no document is shown on", "Tried as well", "--page", "--document"]),
        ({APIDOC: Reply("", 401)}, [APIDOC, "401", "PASCOM_PASSWORD"]),
        ({APIDOC: LOGIN_PAGE}, ["login page"]),
    ],
)
def test_what_was_tried_is_said(routes: Routes, words: list[str]) -> None:
    with served(routes) as site, pytest.raises(DocumentNotFound) as raised:
        found(site)
    said = str(raised.value)
    assert [word for word in words if word not in said] == []
    assert "\n" not in said


def test_a_refused_login_ends_the_search() -> None:
    with served({APIDOC: Reply("", 401), SERVICES: UI, f"{APIDOC}openapi.json": DOCUMENT}) as site:
        with pytest.raises(DocumentNotFound, match="401"):
            found(site)
        assert site.requests == [APIDOC]


def module(base: str | None, *paths: str, schema: Any = None, title: str = "API", **more: Any) -> dict[str, Any]:
    """A document with a GET at each path."""
    answer: dict[str, Any] = {"200": {"description": "ok"}}
    if schema is not None:
        answer["200"]["content"] = {"application/json": {"schema": {"$ref": "#/components/schemas/Item"}}}
        more["components"] = {"schemas": {"Item": schema}}
    servers = {} if base is None else {"servers": [{"url": base}]}
    paths_listed = {path: {"get": {"responses": answer}} for path in paths}
    return {"openapi": "3.0.3", "info": {"title": title, "version": "1"}, **servers, "paths": paths_listed, **more}


def shown(documents: Mapping[str, Any], first: str = "") -> Routes:
    """A page that lists these documents; those that are None aren't there."""
    urls = [{"url": f"{name}.json", "name": name} for name in documents]
    routes: Routes = {
        APIDOC: script(f'SwaggerUIBundle({{urls: {json.dumps(urls)}, "urls.primaryName": {json.dumps(first)}}})')
    }
    return routes | {f"{APIDOC}{name}.json": json.dumps(one) for name, one in documents.items() if one}


S = "/voipjack/services"
SWAGGER_2 = {"swagger": "2.0", "info": {"title": "API", "version": "1"}, "basePath": f"{S}/queue"}
SWAGGER_2 |= {"paths": {"/": {"get": {"responses": {"200": {"description": "ok"}}}}}}
OTHER_API = module("https://localhost:8443/api/v1", "/containers/")

BELONGING = [
    ("one base", {"a": module(S, "/a/"), "b": module(S, "/b/")}, f"{S}", ["/a/", "/b/"], []),
    ("own bases", {"a": module(f"{S}/a", "/"), "b": module(f"{S}/b", "/")}, S, ["/a/", "/b/"], []),
    ("Swagger 2 too", {"a": module(S, "/a/"), "queue": SWAGGER_2}, S, ["/a/", "/queue/"], []),
    ("no servers", {"a": module(None, "/a/"), "b": module(None, "/b/")}, None, ["/a/", "/b/"], []),
    ("relative servers", {"a": module("../a", "/"), "b": module("..", "/b/")}, S, ["/a/", "/b/"], []),
    ("beside the page", {"a": module("./docs", "/a/"), "b": module(S, "/b/")}, S, ["/a/", "/b/"], []),
    ("an absolute server", {"a": module(f"ORIGIN{S}", "/a/"), "b": module(S, "/b/")}, None, ["/a/", "/b/"], []),
    ("another product", {"Host": OTHER_API, "rest": module(S, "/a/")}, S, ["/a/"], ["'Host'", "--name"]),
    (
        "another product, and a server that means nothing here",
        {"Host": OTHER_API, "rest": module("http://localhost:8080", "/a/")},
        None,
        ["/a/"],
        ["'Host'"],
    ),
    (
        "another product among modules",
        {"a": module(S, "/a/"), "Host": OTHER_API, "b": module(S, "/b/")},
        S,
        ["/a/", "/b/"],
        ["'Host' is of another API (https://localhost:8443/api/v1)"],
    ),
    (
        "another host",
        {"a": module(S, "/a/"), "x": module(f"https://pbx.example.com{S}", "/x/")},
        S,
        ["/a/"],
        ["'x' is of another API (https://pbx.example.com"],
    ),
    (
        "another instance",
        {"a": module("/other/services", "/a/"), "b": module(S, "/b/")},
        S,
        ["/b/"],
        ["'a' is of another API"],
    ),
    (
        "an older edition",
        {"v19": module(S, "/a/", "/b/"), "v7": module(S, "/a/", "/old/")},
        S,
        ["/a/", "/b/"],
        ["'v7' is another edition of 'v19'"],
    ),
    ("once more", {"json": module(S, "/a/"), "copy": module(S, "/a/")}, S, ["/a/"], []),
    ("one is missing", {"a": module(S, "/a/"), "gone": None, "b": module(S, "/b/")}, S, ["/a/", "/b/"], ["gone"]),
]


@pytest.mark.parametrize(
    ("documents", "server", "paths", "notes"), [case[1:] for case in BELONGING], ids=[case[0] for case in BELONGING]
)
def test_what_belongs_to_the_instance_is_joined(
    documents: dict[str, Any], server: str | None, paths: list[str], notes: list[str]
) -> None:
    with served(shown(documents)) as site:
        made = found(site)
    assert list(made.document["paths"]) == paths
    if server is not None:
        assert [one["url"].partition("/voip")[2] for one in made.document["servers"]] == [server.partition("/voip")[2]]
    said = "\n".join(made.warnings)
    assert [note for note in notes if note not in said] == []
    assert bool(said) == bool(notes)


def test_names_that_clash_are_told_apart() -> None:
    """A schema, an operation's scheme of security, and what only refers to another."""
    text, number = {"type": "string"}, {"type": "integer"}
    one, two = module(S, "/a/", schema=text), module(S, "/b/", schema=number)
    for document, name in ((one, "a"), (two, "b")):
        document["components"]["schemas"] |= {"List": {"type": "array", "items": {"$ref": "#/components/schemas/Item"}}}
        document["components"]["securitySchemes"] = {"key": {"type": "apiKey", "in": "query", "name": name}}
        document["security"] = [{"key": []}]
    same = module(S, "/c/", schema=text)
    with served(shown({"a": one, "b": two, "c": same})) as site:
        made = found(site)
    schemas = made.document["components"]["schemas"]
    assert {name: schemas[name] for name in ("Item", "Item_b")} == {"Item": text, "Item_b": number}
    assert schemas["List_b"]["items"] == {"$ref": "#/components/schemas/Item_b"}
    assert set(schemas) == {"Item", "Item_b", "List", "List_b"}
    refs = {
        path: item["get"]["responses"]["200"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
        for path, item in made.document["paths"].items()
    }
    assert refs == {"/a/": "Item", "/b/": "Item_b", "/c/": "Item"}
    assert made.document["paths"]["/b/"]["get"]["security"] == [{"key_b": []}]
    assert "Item_b" in json.dumps([repair._asdict() for repair in made.repairs])


def test_one_request_in_two_documents_is_as_the_first_documents_it() -> None:
    one, two = module(S, "/a/", "/x/"), module(S, "/a/", "/y/", "/z/")
    two["paths"]["/a/"]["get"]["summary"] = "Otherwise"
    two["paths"]["/a/"] |= {
        "post": {"responses": {"200": {"description": "ok"}}},
        "parameters": [{"$ref": "#/components/parameters/n"}],
    }
    two["components"] = {"parameters": {"n": {"name": "n", "in": "query", "schema": {"type": "string"}}}}
    with served(shown({"one": one, "two": two})) as site:
        made = found(site)
    assert list(made.document["paths"]) == ["/a/", "/x/", "/y/", "/z/"]
    assert "summary" not in made.document["paths"]["/a/"]["get"]
    assert made.document["paths"]["/a/"]["post"]["parameters"] == [{"$ref": "#/components/parameters/n"}]
    assert any("one and two" in repair.problem for repair in made.repairs)


def test_the_one_that_is_shown_comes_first_and_a_name_picks_one() -> None:
    documents = {"a": module(S, "/a/", title="A"), "b": module(S, "/b/", title="B"), "Host": OTHER_API}
    with served(shown(documents, first="b")) as site:
        assert list(found(site).document["paths"]) == ["/b/", "/a/"]
        picked = found(site, name="Host")
        assert (picked.document, picked.warnings) == (OTHER_API, [])
        with pytest.raises(WrongUsage, match="'b', 'a', 'Host'"):
            found(site, name="c")


def links(*targets: str) -> str:
    return html("".join(f'<li><a href="{target}">{target} API</a>' for target in targets))


OPTIONS = "".join(f'<option value="{name}.json">{name}</option>' for name in "abc")


@pytest.mark.parametrize(
    "page",
    [
        {"": links("a.json", "b.json", "c.json")},
        {"": links("a.html", "b.html", "c.html")} | {f"{n}.html": script(f'Redoc.init("{n}.json")') for n in "abc"},
        {"": script('SwaggerUIBundle({url: "b.json"})', f'<div id="swagger-ui"></div>{links("a.json", "c.json")}')},
        {"": script('SwaggerUIBundle({url: m.value}); var m', f'<select id="m">{OPTIONS}</select>')},
        {"": script('SwaggerUIBundle({url: $("#m").val()})', f'<select id="m">{OPTIONS}</select>')},
        {"": script('const m = document.getElementById("m"); SwaggerUIBundle({url: m.value})',
                    f'<select id="m">{OPTIONS.replace(">b", " selected>b")}</select>')},
    ],
    ids=["links", "links to pages", "a viewer and links", "a select by name", "a select by jQuery", "a select"],
)  # fmt: skip
def test_all_that_a_page_leads_to_are_found(page: dict[str, str]) -> None:
    routes: Routes = {f"{APIDOC}{name}": text for name, text in page.items()}
    routes |= {f"{APIDOC}{name}.json": json.dumps(module(S, f"/{name}/")) for name in "abc"}
    with served(routes) as site:
        assert sorted(found(site).document["paths"]) == ["/a/", "/b/", "/c/"]


def test_live_goes_the_same_way(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    documents = {"a": module(S, "/a/", title="A"), "b": module(S, "/b/", title="B"), "Host": OTHER_API}
    routes = shown(documents)
    routes[SERVICES] = str(routes.pop(APIDOC)).replace('"url": "', f'"url": "{APIDOC}')

    def services(*more: str) -> tuple[int, list[str], str]:
        status = run(["services", "--live", *more])
        said = capsys.readouterr()
        return status, [one["path"] for one in json.loads(said.out or "[]")], said.err

    with served(routes) as site, served({}) as empty:
        settings = {"SERVER": site.origin, "INSTANCE": "voipjack", "PASSWORD": "Geheim-7:x"}
        for name, value in settings.items():
            monkeypatch.setenv(f"PASCOM_{name}", value)
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
        status, paths, said = services()
        assert (status, paths) == (0, ["/a/", "/b/"])
        assert "'Host'" in said
        status, paths, said = services()
        assert (status, paths) == (0, ["/a/", "/b/"])
        assert "'Host'" not in said  # said once
        assert services("--name", "b")[:2] == (0, ["/b/"])
        monkeypatch.setenv("PASCOM_SERVER", empty.origin)
        status, paths, said = services()
        assert (status, paths) == (4, [])
        assert "--page" in said
        assert "index.html (404)" in said
