"""Where the page is, how one gets there, and how many documents it shows."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable

from ..exchange import Reply, html, redirect
from ..world import INSTANCE, Document, World, page_at, page_with
from . import oddity
from .formats import _module

SERVICES = f"/{INSTANCE}/services/"
APIDOC = f"{SERVICES}apidoc/"
FORBIDDEN = html("<h1>Forbidden</h1>", 403)


def _page(name: str, publish: Callable[[World], None]) -> None:
    """Into the table; nothing but the publishing differs."""

    def change(world: World) -> None:
        world.publish = publish

    change.__name__ = name
    oddity("page", "page")(change)


def _document(world: World, where: str, document: Document | None = None) -> str:
    """Lay a document there; its address."""
    address = f"{where}.{world.suffix}"
    kind = "application/json" if world.suffix == "json" else "text/yaml"
    world.files[address] = Reply(200, world.dump(document or world.document), {"Content-Type": kind})
    return address


def _shown(world: World, *places: str) -> None:
    """The page stands at each of these."""
    page = html(page_at(_document(world, f"{APIDOC}openapi")))
    for place in places:
        world.files[place] = page


def _usual(world: World) -> None:
    _shown(world, APIDOC)


def _leads_to_index(world: World) -> None:
    _shown(world, f"{APIDOC}index.html")
    world.files[APIDOC] = redirect("index.html")


def _leads_to_absolute_address(world: World) -> None:
    _shown(world, f"{APIDOC}index.html")
    world.files[APIDOC] = redirect(f"{APIDOC}index.html", 301)


def _leads_to_another_folder(world: World) -> None:
    place = f"/{INSTANCE}/doc/"
    world.files[place] = html(page_at(_document(world, f"{place}openapi")))
    world.files[APIDOC] = redirect(place)


def _leads_to_no_slash(world: World) -> None:
    _shown(world, f"{SERVICES}apidoc")
    world.files[APIDOC] = redirect(f"{SERVICES}apidoc")


def _without_slash_only(world: World) -> None:
    _shown(world, f"{SERVICES}apidoc")


def _at_services_only(world: World) -> None:
    _shown(world, SERVICES)


def _at_services_without_slash_only(world: World) -> None:
    _shown(world, SERVICES.rstrip("/"))


def _in_a_forbidden_folder(world: World) -> None:
    _shown(world, f"{APIDOC}index.html")
    world.files[APIDOC] = FORBIDDEN


def _in_a_folder_without_index(world: World) -> None:
    _shown(world, f"{APIDOC}index.html")


def _in_a_forbidden_folder_without_slash(world: World) -> None:
    _in_a_forbidden_folder(world)
    world.files[APIDOC.rstrip("/")] = redirect(APIDOC, 301)


def _refreshes(world: World) -> None:
    _shown(world, f"{APIDOC}swagger/index.html")
    world.files[APIDOC] = html('<meta http-equiv="refresh" content="0; url=swagger/index.html">')


def _in_a_frame(world: World) -> None:
    _shown(world, f"{APIDOC}ui.html")
    world.files[APIDOC] = html('<html><body><h1>REST</h1><iframe src="ui.html"></iframe></body></html>')


def _is_redoc(world: World) -> None:
    address = _document(world, f"{APIDOC}v1/spec")
    world.files[APIDOC] = html(f'<redoc spec-url="{address}"></redoc><script src="redoc.standalone.js"></script>')


for _name, _publish in (
    ("page_as_usual", _usual),
    ("page_leads_to_index", _leads_to_index),
    ("page_leads_to_absolute_address", _leads_to_absolute_address),
    ("page_leads_to_another_folder", _leads_to_another_folder),
    ("page_leads_to_no_slash", _leads_to_no_slash),
    ("page_without_slash_only", _without_slash_only),
    ("page_at_services_only", _at_services_only),
    ("page_at_services_without_slash_only", _at_services_without_slash_only),
    ("page_in_a_forbidden_folder", _in_a_forbidden_folder),
    ("page_in_a_folder_without_index", _in_a_folder_without_index),
    ("page_in_a_forbidden_folder_without_slash", _in_a_forbidden_folder_without_slash),
    ("page_refreshes", _refreshes),
    ("page_in_a_frame", _in_a_frame),
    ("page_is_redoc", _is_redoc),
):
    _page(_name, _publish)


# several documents


def _modules(world: World, *, own_base: bool = False) -> dict[str, str]:
    """A document for each module: name -> address."""
    parts: dict[str, Document] = {}
    for path, item in world.document["paths"].items():
        module = _module(path)
        part = parts.setdefault(module, {**copy.deepcopy(world.document), "paths": {}})
        part["info"] = {"title": module, "version": "1"}
        part["paths"][path] = item
    if own_base:
        for module, part in parts.items():
            _moved_into_base(module, part)
    return {module: _document(world, f"{APIDOC}docs/{module}", part) for module, part in parts.items()}


def _moved_into_base(module: str, part: Document) -> None:
    """`/cdr/` below `…/services` becomes `/` below `…/services/cdr`, where it is that simple."""
    paths = part["paths"]
    servers = part.get("servers", [])
    plain = [one.get("url") for one in servers] == [SERVICES.rstrip("/")]
    if plain and all(path.startswith(f"/{module}/") for path in paths):
        part["servers"] = [{"url": f"{SERVICES}{module}"}]
        part["paths"] = {path.removeprefix(f"/{module}"): item for path, item in paths.items()}


def _in_urls(world: World) -> None:
    listed = [{"url": address, "name": name} for name, address in _modules(world).items()]
    world.files[APIDOC] = html(page_with(f"urls: {json.dumps(listed)},"))


def _in_urls_with_own_bases(world: World) -> None:
    listed = [{"url": address, "name": name} for name, address in _modules(world, own_base=True).items()]
    world.files[APIDOC] = html(page_with(f'urls: {json.dumps(listed)}, "urls.primaryName": "monitor",'))


def _in_a_select(world: World) -> None:
    options = "".join(f'<option value="{address}">{name}</option>' for name, address in _modules(world).items())
    script = 'SwaggerUIBundle({ url: document.getElementById("module").value, dom_id: "#swagger-ui" });'
    world.files[APIDOC] = html(
        f'<select id="module">{options}</select><div id="swagger-ui"></div>'
        f'<script src="swagger-ui-bundle.js"></script><script>{script}</script>'
    )


def _as_links_to_documents(world: World) -> None:
    items = "".join(f'<li><a href="{address}">{name} (OpenAPI)</a></li>' for name, address in _modules(world).items())
    world.files[APIDOC] = html(f"<html><title>REST API</title><ul>{items}</ul></html>")


def _as_links_to_pages(world: World) -> None:
    links = ""
    for name, address in _modules(world).items():
        world.files[f"{APIDOC}{name}.html"] = html(page_at(address))
        links += f'<li><a href="{name}.html">{name} API documentation</a></li>'
    world.files[APIDOC] = html(f"<html><title>REST API</title><ul>{links}</ul></html>")


def _beside_another_product(world: World) -> None:
    other = {
        "openapi": "3.0.0",
        "info": {"title": "Host management", "version": "1"},
        "servers": [{"url": "https://localhost:8443/api/v1"}],
        "paths": {"/containers/": {"get": {"summary": "Containers", "responses": {"200": {"description": ""}}}}},
    }
    addresses = [_document(world, f"{APIDOC}a-host", other), _document(world, f"{APIDOC}rest")]
    listed = [{"url": address, "name": name} for address, name in zip(addresses, ("Host", "REST"), strict=True)]
    world.files[APIDOC] = html(page_with(f"urls: {json.dumps(listed)},"))


def _old_and_new(world: World) -> None:
    old = copy.deepcopy(world.document)
    old["info"] = {"title": "REST API", "version": "7.14"}
    old["paths"] = dict(list(old["paths"].items())[:4])
    new = _document(world, f"{APIDOC}v19")
    listed = [{"url": _document(world, f"{APIDOC}v7", old), "name": "v7"}, {"url": new, "name": "v19"}]
    world.files[APIDOC] = html(page_with(f'urls: {json.dumps(listed)}, "urls.primaryName": "v19",'))


def _one_is_missing(world: World) -> None:
    listed = [{"url": address, "name": name} for name, address in _modules(world).items()]
    listed.insert(1, {"url": f"{APIDOC}docs/skill.json", "name": "skill"})
    world.files[APIDOC] = html(page_with(f"urls: {json.dumps(listed)},"))


for _name, _publish in (
    ("documents_in_urls", _in_urls),
    ("documents_in_urls_with_own_bases", _in_urls_with_own_bases),
    ("documents_in_a_select", _in_a_select),
    ("documents_as_links", _as_links_to_documents),
    ("documents_as_links_to_pages", _as_links_to_pages),
    ("documents_beside_another_product", _beside_another_product),
    ("documents_old_and_new", _old_and_new),
    ("documents_of_which_one_is_missing", _one_is_missing),
):
    _page(_name, _publish)
