"""What surrounds the viewer: redirects, frames, links, other hosts, other encodings; and what is no document."""

from __future__ import annotations

import gzip
import json

from tests.servers.locate_server import DOCUMENT, PETSTORE, Case, Reply, document, html, redirect, script

UI = script('SwaggerUIBundle({url: "openapi.json"})')
DOCS = {"/docs/": UI, "/docs/openapi.json": DOCUMENT}
FOUND = ("/docs/openapi.json",)
LOGIN = html('<form method="post"><input name="user"><input type="password" name="password"></form>')
DOES_NOT_MATTER = '{"error": "not today", "code": 17}'

AROUND = [
    Case("redirect to the folder", "/docs", {"/docs": redirect("/docs/"), **DOCS}, FOUND),
    Case("a fragment in the copied address", "/docs/#/pets/list", DOCS, FOUND),
    Case(
        "meta refresh",
        "/",
        {"/": html("", '<meta http-equiv="Refresh" content="0; URL=\'docs/\'">'), **DOCS},
        FOUND,
    ),
    Case("script redirect", "/", {"/": html("<script>window.location.href = 'docs/'</script>"), **DOCS}, FOUND),
    Case(
        "script redirect by replace",
        "/",
        {
            "/": html("<script>setTimeout(function () { location.replace('/docs/' + location.hash) }, 100)</script>"),
            **DOCS,
        },
        FOUND,
    ),
    Case("frame", "/", {"/": html('<iframe src="docs/"></iframe>'), **DOCS}, FOUND),
    Case(
        "frameset",
        "/",
        {
            "/": '<html><frameset cols="1,2"><frame src="nav.html"><frame src="docs/"></frameset></html>',
            **DOCS,
        },
        FOUND,
    ),
    Case(
        "frame made by a script",
        "/",
        {
            "/": html(
                "<script>var f = document.createElement('iframe'); f.src = '/docs/'; document.body.appendChild(f)</script>"
            ),
            **DOCS,
        },
        FOUND,
    ),
    Case(
        "base href",
        "/x/y",
        {
            "/x/y": html("<script>SwaggerUIBundle({url: 'openapi.json'})</script>", '<base href="/docs/">'),
            **DOCS,
        },
        FOUND,
    ),
    Case(
        "links of a landing page",
        "/",
        {
            "/": html('<a href="/about">About</a> <a href="/docs/">API documentation</a>'),
            "/about": html("us"),
            **DOCS,
        },
        FOUND,
    ),
    Case(
        "a link to the document itself",
        "/",
        {"/": html('<a href="/docs/openapi.json">OpenAPI description</a>'), **DOCS},
        FOUND,
    ),
    Case("the document's own address", "/docs/openapi.json", DOCS, FOUND),
    Case(
        "Link header service-desc",
        "/",
        {
            "/": Reply(html("<h1>API</h1>"), headers={"Link": '</docs/openapi.json>; rel="service-desc"'}),
            **DOCS,
        },
        FOUND,
    ),
    Case(
        "link element service-desc",
        "/",
        {"/": html("", '<link rel="service-desc" href="/docs/openapi.json">'), **DOCS},
        FOUND,
    ),
    Case(
        "API catalogue by Link header",
        "/",
        {
            "/": Reply(html("<h1>APIs</h1>"), headers={"Link": '</catalog>; rel="api-catalog"'}),
            "/catalog": Reply(
                '{"linkset": [{"anchor": "/api", "service-desc": [{"href": "/docs/openapi.json"}]}]}',
                headers={"Content-Type": "application/linkset+json"},
            ),
            **DOCS,
        },
        FOUND,
    ),
    Case(
        "API catalogue at its well-known place",
        "/",
        {
            "/": html("<h1>APIs</h1>"),
            "/.well-known/api-catalog": '{"linkset": [{"anchor": "/api", "service-desc": [{"href": "/docs/openapi.json"}]}]}',
            **DOCS,
        },
        FOUND,
    ),
    Case(
        "well-known path, as the last thing",
        "/portal/start",
        {"/portal/start": html("<h1>Welcome</h1>"), "/portal/openapi.json": DOCUMENT},
        ("/portal/openapi.json",),
    ),
    Case(
        "the example left in, the document beside it",
        "/docs/",
        {"/docs/": script(f'SwaggerUIBundle({{url: "{PETSTORE}"}})'), "/docs/openapi.json": DOCUMENT},
        FOUND,
    ),
    Case(
        "an address of the developer's machine",
        "/docs/",
        {
            "/docs/": script('SwaggerUIBundle({url: "http://localhost:1/docs/openapi.json"})'),
            "/docs/openapi.json": DOCUMENT,
        },
        FOUND,
    ),
    Case(
        "an address of an internal host",
        "/docs/",
        {
            "/docs/": script('SwaggerUIBundle({url: "http://api.internal:8080/docs/openapi.json"})'),
            "/docs/openapi.json": DOCUMENT,
        },
        FOUND,
    ),
    Case(
        "every path answers with the page",
        "/app",
        {"/app": script('SwaggerUIBundle({url: "/docs/openapi.json"})'), "/docs/openapi.json": DOCUMENT},
        FOUND,
        catch_all="/app",
    ),
    Case(
        "a header read with HEAD",
        "/docs/",
        {
            "/docs/": Reply(
                script(
                    "var r = new XMLHttpRequest(); r.open('HEAD', location.href, false); r.send(); SwaggerUIBundle({url: r.getResponseHeader('Swagger-API-Docs-URL')})"
                ),
                headers={"Swagger-API-Docs-URL": "/docs/openapi.json"},
            ),
            "/docs/openapi.json": DOCUMENT,
        },
        FOUND,
    ),
    Case(
        "gzip that nobody declared",
        "/docs/",
        {"/docs/": UI, "/docs/openapi.json": Reply(gzip.compress(DOCUMENT.encode()))},
        FOUND,
    ),
    Case(
        "a name with a space and an umlaut",
        "/docs/",
        {
            "/docs/": script('SwaggerUIBundle({url: "die größte api.json"})'),
            "/docs/die%20gr%C3%B6%C3%9Fte%20api.json": DOCUMENT,
        },
        ("/docs/die%20gr%C3%B6%C3%9Fte%20api.json",),
    ),
    Case("UTF-16", "/docs/", {"/docs/": UI, "/docs/openapi.json": Reply(DOCUMENT.encode("utf-16"))}, FOUND),
    Case(
        "written into the page",
        "/docs/",
        {
            "/docs/": html(
                "<script>document.write('<script src=\"c.js\"><\\/script>')</script><script>SwaggerUIBundle({url: WHERE})</script>"
            ),
            "/docs/c.js": "var WHERE = 'openapi.json'",
            "/docs/openapi.json": DOCUMENT,
        },
        FOUND,
    ),
    Case(
        "a script before it fails",
        "/docs/",
        {
            "/docs/": script("null.x()", "<script>syntax error here</script><script>throw 1</script>").replace(
                "</body>", "<script>SwaggerUIBundle({url: 'openapi.json'})</script></body>"
            ),
            "/docs/openapi.json": DOCUMENT,
        },
        FOUND,
    ),
    Case(
        "a document of several megabytes in the page",
        "/docs",
        {"/docs": script(f"SwaggerUIBundle({{spec: {json.dumps({**document(), 'x': 'y' * 3_000_000})}}})")},
        inline={**document(), "x": "y" * 3_000_000},
    ),
]

ERRORS = [
    Case("no such page", "/docs/", {}, error="does not exist"),
    Case("forbidden page", "/docs/", {"/docs/": Reply("no", 403)}, error="forbidden"),
    Case("login wanted", "/docs/", {"/docs/": Reply("no", 401)}, error="PASCOM_USER"),
    Case("broken server", "/docs/", {"/docs/": Reply("oops", 500)}, error="status 500"),
    Case("login page", "/docs/", {"/docs/": redirect("/login"), "/login": LOGIN}, error="login page"),
    Case("redirects for ever", "/docs/", {"/docs/": redirect("/docs/?again")}, error="redirects more than"),
    Case("nothing on the page", "/docs/", {"/docs/": html("<h1>Welcome</h1>")}, error="no document is shown"),
    Case("missing document", "/docs/", {"/docs/": UI}, error="does not exist"),
    Case(
        "forbidden document",
        "/docs/",
        {"/docs/": UI, "/docs/openapi.json": Reply("{}", 403)},
        error="forbidden",
    ),
    Case("the document is a page", "/docs/", {"/docs/": UI, "/docs/openapi.json": html("x")}, error="HTML"),
    Case(
        "the document is an error object",
        "/docs/",
        {"/docs/": UI, "/docs/openapi.json": DOES_NOT_MATTER},
        error="error, code",
    ),
    Case(
        "only the example",
        "/docs/",
        {"/docs/": script(f'SwaggerUIBundle({{url: "{PETSTORE}"}})')},
        error="example",
    ),
    Case("neither page nor document", "/docs/", {"/docs/": '{"status": "ok"}'}, error="status"),
    Case("a script that never ends", "/docs/", {"/docs/": html("<script>for (;;);</script>")}, error="stopped"),
    Case(
        "a script that takes all memory",
        "/docs/",
        {"/docs/": html("<script>var a = []; for (;;) a.push('x'.repeat(1e6) + a.length)</script>")},
        error="stopped",
    ),
    Case(
        "a catch-all without a document",
        "/docs/",
        {"/docs/": html("<div id=app></div>")},
        error="no document",
        catch_all="/docs/",
    ),
]
