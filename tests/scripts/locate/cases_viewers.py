"""Pages of the other viewers: Redoc, RapiDoc, Scalar, Elements, and bundled applications."""

from __future__ import annotations

import json

from tests.servers.locate_server import DOCUMENT, Case, document, html

TWO = {"/a.json": DOCUMENT, "/b.json": json.dumps(document("B"))}
REDOC = '<script src="https://cdn.example/redoc.standalone.js"></script>'
ESCAPED = DOCUMENT.replace('"', "&quot;")
STATE = json.dumps(
    {
        "menu": {"activeItemIdx": -1},
        "spec": {"url": "/gone.yaml", "data": document()},
        "searchIndex": {"store": ["a/b"]},
    }
)


def shows(name: str, body: str, *expect: str, inline: object = None, **files: str) -> Case:
    routes = {
        "/docs": html(body),
        **TWO,
        **{f"/{key.replace('_', '.')}": text for key, text in files.items()},
    }
    return Case(name, "/docs", routes, expect or (() if inline else ("/a.json",)), inline)


VIEWERS = [
    shows("Redoc element, unquoted", f"<redoc spec-url=/a.json></redoc>{REDOC}"),
    shows("Redoc element, single quotes and spaces", f"<redoc  spec-url = '/a.json' ></redoc>{REDOC}"),
    shows(
        "Redoc.init with an address",
        f"<div id=r></div>{REDOC}<script>Redoc.init('/a.json', {{scrollYOffset: 50}}, document.getElementById('r'))</script>",
    ),
    shows(
        "Redoc.init with an object",
        f"<div id=r></div>{REDOC}<script>Redoc.init({DOCUMENT}, {{}}, document.getElementById('r'))</script>",
        inline=document(),
    ),
    shows(
        "Redoc, prerendered",
        f"<div id=redoc>text</div>{REDOC}<script>const __redoc_state = {STATE}; var container = document.getElementById('redoc'); Redoc.hydrate(__redoc_state, container);</script>",
        inline=document(),
    ),
    shows(
        "Redoc element made by a script",
        f"<script>var e = document.createElement('redoc'); e.setAttribute('spec-url', location.origin + '/a.json'); document.body.appendChild(e)</script>{REDOC}",
    ),
    shows(
        "Redoc element written as text",
        "<div id=x></div><script>document.getElementById('x').innerHTML = '<redoc spec-url=\"/a.json\"></redoc>'</script>",
    ),
    shows(
        "Redoc as a React component",
        "<script>ReactDOM.render(React.createElement(RedocStandalone, {specUrl: '/a.json', options: {}}), document.body)</script>",
    ),
    shows(
        "Redoc, the library in the page",
        "<script>!function(e,t){'object'==typeof exports?module.exports=t():e.Redoc=t()}(this,function(){return {init(){}}})</script><script>Redoc.init('/a.json')</script>",
    ),
    shows(
        "RapiDoc element",
        '<rapi-doc spec-url="/a.json" render-style="read" server-url="/nowhere"></rapi-doc>',
    ),
    shows(
        "RapiDoc, set later",
        "<rapi-doc id=thedoc></rapi-doc><script>window.addEventListener('DOMContentLoaded', () => document.getElementById('thedoc').setAttribute('spec-url', '/a.json'))</script>",
    ),
    shows(
        "RapiDoc, by property",
        "<rapi-doc></rapi-doc><script>document.querySelector('rapi-doc').specUrl = '/a.json'</script>",
    ),
    shows(
        "RapiDoc, given an object",
        f"<rapi-doc id=d></rapi-doc><script>document.getElementById('d').loadSpec({DOCUMENT})</script>",
        inline=document(),
    ),
    shows("OpenAPI Explorer element", '<openapi-explorer spec-url="/a.json"></openapi-explorer>'),
    shows("Elements, address", '<elements-api apiDescriptionUrl="/a.json" router="hash" layout="sidebar"/>'),
    shows(
        "Elements, object",
        f"<elements-api id=docs></elements-api><script>(async () => {{ const docs = document.getElementById('docs'); docs.apiDescriptionDocument = ({{spec: {DOCUMENT}}}).spec; }})();</script>",
        inline=document(),
    ),
    shows(
        "Elements, fetched",
        "<elements-api id=docs></elements-api><script>(async () => { const docs = document.getElementById('docs'); const text = await fetch('/a.json').then(r => r.text()); docs.apiDescriptionDocument = text; })();</script>",
    ),
    shows(
        "Scalar, data-url",
        '<script id="api-reference" data-url="/a.json"></script><script src="https://cdn.example/@scalar/api-reference"></script>',
    ),
    shows(
        "Scalar, configuration in an attribute",
        '<script id="api-reference" type="application/json" data-configuration="{&quot;spec&quot;:{&quot;url&quot;:&quot;/a.json&quot;},&quot;theme&quot;:&quot;purple&quot;}"></script>',
    ),
    shows(
        "Scalar, document in an attribute",
        f'<script id="api-reference" data-configuration="{{&quot;content&quot;:{ESCAPED}}}"></script>',
        inline=document(),
    ),
    shows(
        "Scalar, document as the script's text",
        f'<script id="api-reference" type="application/json">{DOCUMENT}</script>',
        inline=document(),
    ),
    shows(
        "Scalar, several sources",
        "<script>Scalar.createApiReference('#app', {sources: [{title: 'A', url: '/a.json'}, {title: 'B', url: '/b.json', default: true}]})</script>",
        "/b.json",
        "/a.json",
    ),
    shows(
        "Scalar, several configurations",
        "<script>Scalar.createApiReference('#app', [{url: '/a.json', slug: 'a'}, {url: '/b.json', slug: 'b'}])</script>",
        "/a.json",
        "/b.json",
    ),
    shows(
        "Scalar, content as text",
        f"<script>Scalar.createApiReference('#app', {{content: {DOCUMENT!r}, proxyUrl: 'https://proxy.example'}})</script>",
        inline=document(),
    ),
    shows(
        "Scalar as a module",
        "<div id=app></div><script type=module>import { createApiReference } from 'https://cdn.example/@scalar/api-reference'; createApiReference('#app', { url: '/a.json' })</script>",
    ),
    shows(
        "a global for a bundle that is not run",
        f"<script>window.drsSpec = {DOCUMENT}; window.drsSettings = {{}};</script><script src=/bundle.js></script>",
        inline=document(),
    ),
    shows(
        "an attribute for a bundle that is not run",
        '<div id="swagger-ui" data-source="/a.json"></div><script src="/bundle.js"></script>',
        bundle_js="'" + "x" * 450_000 + "'",
    ),
    shows(
        "an address only in a minified bundle",
        '<div id="root"></div><script src="/main.js"></script>',
        main_js="'" + "x" * 450_000 + '\';var c={url:"/nothing",logo:\'/logo.json\'};e(SwaggerUI,{url:"/a.json"})',
    ),
    shows(
        "a viewer nobody has heard of",
        "<script>new Documentador({ container: '#x', openApiUrl: '/a.json' })</script>",
    ),
    shows(
        "a document as a Blob",
        f"<rapi-doc id=d></rapi-doc><script>const url = URL.createObjectURL(new Blob([{DOCUMENT!r}], {{type: 'application/json'}})); document.getElementById('d').setAttribute('spec-url', url)</script>",
        inline=document(),
    ),
    shows(
        "a document as YAML in a template literal",
        "<script>SwaggerUIBundle({spec: jsyaml.load(`openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths:\n  /pets: {get: {responses: {'200': {description: ok}}}}`)})</script>",
        inline=document(),
    ),
    shows(
        "links beside the address are no documents",
        "<script>Documentor.start({links: [{name: 'Home', url: '/home'}], specUrl: '/a.json'})</script>",
    ),
    shows(
        "Redoc.init with an address that tells nothing",
        "<script>Redoc.init('/zz.x', {}, document.getElementById('r'))</script>",
        "/zz.x",
        zz_x=DOCUMENT,
    ),
    shows(
        "an address with dot segments",
        "<script>SwaggerUIBundle({url: location.origin + '/docs/./../zz.x'})</script>",
        "/zz.x",
        zz_x=DOCUMENT,
    ),
    shows(
        "a component that asks once it is mounted",
        "<script>new Vue({data: () => ({at: '/zz.x'}), methods: {start() { fetch(this.at).then((r) => r.json())"
        ".then((spec) => SwaggerUIBundle({spec})) }}, mounted() { this.start() }})</script>",
        "/zz.x",
        zz_x=DOCUMENT,
    ),
    shows(
        "an element that the page defines",
        "<my-api at=/zz.x></my-api><script>customElements.define('my-api', class extends HTMLElement {"
        "#tag = 'redoc'; connectedCallback() { this.innerHTML = `<${this.#tag} spec-url=${this.getAttribute('at')}>` }"
        "})</script>",
        "/zz.x",
        zz_x=DOCUMENT,
    ),
    shows(
        "a frame whose page is in the page",
        "<iframe srcdoc='&lt;redoc spec-url=/zz.x&gt;&lt;/redoc&gt;'></iframe>",
        "/zz.x",
        zz_x=DOCUMENT,
    ),
    shows(
        "a landing page with tiles to click at",
        """<div onclick="window.location.href='swagger.ui';return false">Swagger</div>""",
        "/zz.x",
        swagger_ui=html("<redoc spec-url=/zz.x></redoc>"),
        zz_x=DOCUMENT,
    ),
    shows(
        "a module named in an import map",
        """<script type=importmap>{"imports": {"settings": "./settings.js"}}</script>"""
        "<script type=module>import { at } from 'settings'; Redoc.init(at)</script>",
        "/zz.x",
        settings_js="export const at = '/zz.x'",
        zz_x=DOCUMENT,
    ),
]
