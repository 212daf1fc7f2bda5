"""Pages of Swagger UI 1 to 5, as frameworks write them."""

from __future__ import annotations

import json

from tests.servers.locate_server import DOCUMENT, PETSTORE, SWAGGER, Case, Reply, document, html, redirect, script

INITIALIZER = html(
    '<div id="swagger-ui"></div><script src="./swagger-ui-bundle.js"></script><script src="./swagger-initializer.js"></script>'
)
TWO = {"/a.json": DOCUMENT, "/b.json": json.dumps(document("B"))}
URLS = 'urls: [{url: "/a.json", name: "A"}, {url: "/b.json", name: "B"}]'

SWAGGER_UI = [
    Case(
        "variable from the query, else a literal",
        "/docs/index.html",
        {
            "/docs/index.html": script(
                """$(function () { var url = window.location.search.match(/url=([^&]+)/);
                if (url && url.length > 1) { url = decodeURIComponent(url[1]); } else { url = "../v2/api-docs"; }
                hljs.configure({ highlightSizeThreshold: 5000 });
                if (window.SwaggerTranslator) { window.SwaggerTranslator.translate(); }
                window.swaggerUi = new SwaggerUi({ url: url, dom_id: "swagger-ui-container", onComplete: function () {
                  if (typeof initOAuth == "function") initOAuth({ clientId: "x" }); } });
                window.swaggerUi.load(); function log() { if ('console' in window) console.log.apply(console, arguments); } });"""
            ),
            "/v2/api-docs": SWAGGER,
        },
        ("/v2/api-docs",),
    ),
    Case(
        "configUrl beats the example left in the call (springdoc)",
        "/swagger-ui.html",
        {
            "/swagger-ui.html": redirect("/swagger-ui/index.html"),
            "/swagger-ui/index.html": INITIALIZER,
            "/swagger-ui/swagger-initializer.js": 'window.onload = function () { window.ui = SwaggerUIBundle({ url: "%s", "configUrl": "/v3/api-docs/swagger-config", presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset], layout: "StandaloneLayout" }); };'
            % PETSTORE,
            "/v3/api-docs/swagger-config": '{"configUrl":"/v3/api-docs/swagger-config","url":"/v3/api-docs","validatorUrl":""}',
            "/v3/api-docs": DOCUMENT,
        },
        ("/v3/api-docs",),
    ),
    Case(
        "configUrl in the address of an old version, groups in the file",
        "/ui?configUrl=/config",
        {
            "/ui": script(f'window.ui = SwaggerUIBundle({{url: "{PETSTORE}"}})'),
            "/config": '{"urls": [{"url": "/a.json", "name": "A"}, {"url": "/b.json", "name": "B"}], "urls.primaryName": "B"}',
            **TWO,
        },
        ("/b.json", "/a.json"),
    ),
    Case(
        "a config file that holds no address",
        "/ui",
        {
            "/ui": script('SwaggerUIBundle({url: "/a.json", configUrl: "/c.json"})'),
            "/c.json": '{"deepLinking": true}',
            **TWO,
        },
        ("/a.json",),
    ),
    Case(
        "several documents, the first is shown",
        "/ui",
        {"/ui": script(f"SwaggerUIBundle({{{URLS}, url: '/x'}})"), **TWO},
        ("/a.json", "/b.json"),
    ),
    Case(
        "several documents, one is primary",
        "/ui",
        {"/ui": script(f"SwaggerUIBundle({{{URLS}, 'urls.primaryName': 'B'}})"), **TWO},
        ("/b.json", "/a.json"),
    ),
    Case(
        "several documents, the address chooses",
        "/ui?urls.primaryName=B",
        {"/ui": script(f"SwaggerUIBundle({{{URLS}, queryConfigEnabled: true}})"), **TWO},
        ("/b.json", "/a.json"),
    ),
    Case(
        "urls pushed one by one (L5-Swagger)",
        "/api/documentation",
        {
            "/api/documentation": script(
                """window.onload = function() { const urls = [];
                urls.push({name: "A", url: "ORIGIN/docs?api-docs.json"}); urls.push({name: "B", url: "ORIGIN/b.json"});
                const ui = SwaggerUIBundle({ dom_id: '#swagger-ui', urls: urls, "urls.primaryName": "A" }); window.ui = ui }"""
            ),
            "/docs?api-docs.json": Reply(DOCUMENT),
            **TWO,
        },
        ("/docs?api-docs.json", "/b.json"),
    ),
    Case(
        "version 5 ignores the address",
        "/ui/?url=/b.json",
        {
            "/ui/": INITIALIZER,
            "/ui/swagger-initializer.js": 'window.onload = () => { window.ui = SwaggerUIBundle({ url: "/a.json" }) }',
            **TWO,
        },
        ("/a.json",),
    ),
    Case(
        "version 5 asked to honour the address",
        "/ui/?url=/b.json",
        {
            "/ui/": INITIALIZER,
            "/ui/swagger-initializer.js": 'SwaggerUIBundle({ url: "/a.json", queryConfigEnabled: true })',
            **TWO,
        },
        ("/b.json",),
    ),
    Case(
        "the address beats an object in an old version",
        "/ui?url=/b.json",
        {"/ui": script(f"SwaggerUIBundle({{spec: {DOCUMENT}}})"), **TWO},
        ("/b.json",),
    ),
    Case(
        "an object beats an address",
        "/ui",
        {"/ui": script(f"SwaggerUIBundle({{url: '/a.json', spec: {DOCUMENT}}})"), **TWO},
        inline=document(),
    ),
    Case(
        "an object of another script, copied in a loop (swagger-ui-express)",
        "/docs/",
        {
            "/docs/": html(
                '<div id="swagger-ui"></div><script src="./swagger-ui-bundle.js"></script><script src="./swagger-ui-init.js"></script>'
            ),
            "/docs/swagger-ui-init.js": """window.onload = function() { var url = window.location.search.match(/url=([^&]+)/);
              if (url && url.length > 1) { url = decodeURIComponent(url[1]); } else { url = window.location.origin; }
              var options = {"swaggerDoc": %s, "customOptions": {}};
              url = options.swaggerUrl || url; var urls = options.swaggerUrls; var customOptions = options.customOptions;
              var spec1 = options.swaggerDoc;
              var swaggerOptions = { spec: spec1, url: url, urls: urls, dom_id: '#swagger-ui', presets: [SwaggerUIBundle.presets.apis] };
              for (var attrname in customOptions) { swaggerOptions[attrname] = customOptions[attrname]; }
              var ui = SwaggerUIBundle(swaggerOptions); if (customOptions.oauth) { ui.initOAuth(customOptions.oauth) } window.ui = ui }"""
            % DOCUMENT,
        },
        inline=document(),
    ),
    Case(
        "a JSON script holds the settings (django-ninja)",
        "/api/docs",
        {
            "/api/docs": script(
                """const configJson = document.getElementById("swagger-settings").textContent;
                const configObject = JSON.parse(configJson); configObject.dom_id = "#swagger-ui";
                configObject.presets = [SwaggerUIBundle.presets.apis]; const ui = SwaggerUIBundle(configObject);""",
                '<script type="application/json" id="swagger-settings">{"layout": "BaseLayout", "url": "/a.json"}</script>',
            ),
            **TWO,
        },
        ("/a.json",),
    ),
    Case(
        "a JSON script holds the document (nelmio)",
        "/api/doc",
        {
            "/api/doc": script(
                """(function () { window.onload = loadSwaggerUI; })();
                function loadSwaggerUI(userOptions = {}) { const data = JSON.parse(document.getElementById('swagger-data').innerText);
                const defaultOptions = { spec: data.spec, dom_id: '#swagger-ui', validatorUrl: null };
                const options = Object.assign({}, defaultOptions, {}); const ui = SwaggerUIBundle(options);
                const storageKey = 'nelmio_api_auth'; if (sessionStorage.getItem(storageKey)) { ui.authActions.authorize(JSON.parse(sessionStorage.getItem(storageKey))); } }""",
                f'<script id="swagger-data" type="application/json">{{"spec": {DOCUMENT}}}</script>',
            )
        },
        inline=document(),
    ),
    Case(
        "settings as a JSON text with relative addresses (Swashbuckle)",
        "/swagger/index.html",
        {
            "/swagger/index.html": script(
                """window.onload = function () {
                var configObject = JSON.parse('{"urls":[{"url":"v1/swagger.json","name":"V1"}],"deepLinking":false,"oauth2RedirectUrl":null}');
                var oauthConfigObject = JSON.parse('{"scopeSeparator":" "}');
                configObject.urls.forEach(function (item) { if (item.url.startsWith("http") || item.url.startsWith("/")) return;
                  item.url = window.location.href.replace("index.html", item.url).split('#')[0]; });
                if (!configObject.hasOwnProperty("oauth2RedirectUrl")) configObject.oauth2RedirectUrl = (new URL("oauth2-redirect.html", window.location.href)).href;
                configObject.dom_id = "#swagger-ui"; configObject.presets = [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset];
                const ui = SwaggerUIBundle(configObject); ui.initOAuth(oauthConfigObject); }"""
            ),
            "/swagger/v1/swagger.json": Reply(b"\xef\xbb\xbf" + DOCUMENT.encode()),
        },
        ("/swagger/v1/swagger.json",),
    ),
    Case(
        "parts put together (Swashbuckle classic)",
        "/swagger/ui/index",
        {
            "/swagger/ui/index": script(
                """window.swashbuckleConfig = { rootUrl: 'ORIGIN', discoveryPaths: arrayFrom('swagger/docs/v1|swagger/docs/v2'), booleanValues: arrayFrom('0|1') };
                function arrayFrom(text) { return text.split('|'); }
                $(function () { window.swaggerUi = new SwaggerUi({ url: swashbuckleConfig.rootUrl + "/" + swashbuckleConfig.discoveryPaths[0], dom_id: "x",
                  booleanValues: swashbuckleConfig.booleanValues }); window.swaggerUi.load(); });"""
            ),
            "/swagger/docs/v1": SWAGGER,
        },
        ("/swagger/docs/v1",),
    ),
    Case(
        "an anchor makes it absolute (fastify)",
        "/documentation/",
        {
            "/documentation/": script(
                "function resolveUrl(url) { const anchor = document.createElement('a'); anchor.href = url; return anchor.href }"
                "window.onload = function () { const config = {}; const resConfig = Object.assign({}, { dom_id: '#swagger-ui' }, config, { url: resolveUrl('./json').replace('static/json', 'json') }); const ui = SwaggerUIBundle(resConfig) }"
            ),
            "/documentation/json": DOCUMENT,
        },
        ("/documentation/json",),
    ),
    Case(
        "the bundle is loaded by a script (Micronaut)",
        "/swagger-ui",
        {
            "/swagger-ui": html(
                """<div id="swagger-ui"></div><script>
                const extract = function (v) { return decodeURIComponent(v.replace(/(?:(?:^|.*;\\s*)contextPath\\s*\\=\\s*([^;]*).*$)|^.*$/, "$1")); };
                const contextPath = extract(document.cookie);
                const head = document.getElementsByTagName('head')[0]; const f = document.createElement('script');
                f.src = contextPath + "/res/swagger-ui-bundle.js"; f.onload = function () {
                  window.ui = SwaggerUIBundle({ url: contextPath + '/swagger/pets.yml', dom_id: '#swagger-ui' }); }; head.appendChild(f);</script>"""
            ),
            "/swagger/pets.yml": "openapi: 3.0.1\ninfo: {title: Pets, version: '1'}\npaths: {}\n",
        },
        ("/swagger/pets.yml",),
    ),
    Case(
        "settings in an attribute, read with jQuery (grape)",
        "/swagger",
        {
            "/swagger": "<!DOCTYPE html><html data-swagger-options='{&quot;app_url&quot;:&quot;&quot;,&quot;url&quot;:&quot;/a.json&quot;}'><body><script>"
            "$(function () { var options = $('html').data('swagger-options'); window.swaggerUi = new SwaggerUi({ url: options.app_url + options.url, dom_id: 'x' }); swaggerUi.load() })</script>",
            **TWO,
        },
        ("/a.json",),
    ),
    Case(
        "a script knows its own attribute",
        "/docs",
        {
            "/docs": html(
                '<div id="ui"></div><script src="swagger-ui-bundle.js"></script><script src="/start.js" data-url="/a.json"></script>'
            ),
            "/start.js": "const url = document.currentScript.dataset.url; window.addEventListener('load', () => { SwaggerUIBundle({ url, dom_id: '#ui' }) })",
            **TWO,
        },
        ("/a.json",),
    ),
    Case(
        "a list is fetched first (springfox 2)",
        "/app/swagger-ui.html",
        {
            "/app/swagger-ui.html": html('<select id="select_baseUrl"></select><script src="springfox.js"></script>'),
            "/app/springfox.js": """$(function () { var base = /(.*)\\/swagger-ui.html.*/.exec(window.location.href)[1];
              $.getJSON(base + "/swagger-resources/configuration/ui", function (data) {
                window.swaggerUi = new SwaggerUi({ dom_id: "swagger-ui-container", validatorUrl: data.validatorUrl });
                $.getJSON(base + "/swagger-resources", function (data) { var $urls = $('#select_baseUrl'); $urls.empty();
                  $.each(data, function (i, resource) { $urls.append($('<option></option>').attr("value", base + resource.location).text(resource.name)); }); $urls.change(); }); }); });""",
            "/app/swagger-resources/configuration/ui": Reply(
                '{"validatorUrl": null}', headers={"Content-Type": "application/json"}
            ),
            "/app/swagger-resources": Reply(
                '[{"name": "default", "location": "/app/v2/api-docs?group=x", "url": "/app/v2/api-docs?group=x", "swaggerVersion": "2.0"}]',
                headers={"Content-Type": "application/json"},
            ),
            "/app/v2/api-docs?group=x": SWAGGER,
        },
        ("/app/v2/api-docs?group=x",),
    ),
    Case(
        "given after the start",
        "/ui",
        {
            "/ui": script(
                "const ui = SwaggerUIBundle({dom_id: '#x'}); ui.specActions.updateUrl('/a.json'); ui.specActions.download('/a.json')"
            ),
            **TWO,
        },
        ("/a.json",),
    ),
    Case(
        "fetched by the script, changed and handed over",
        "/ui",
        {
            "/ui": script(
                "fetch('/a.json').then(r => r.json()).then(spec => { spec.host = location.host; SwaggerUIBundle({spec, dom_id: '#x'}) })"
            ),
            **TWO,
        },
        ("/a.json",),
    ),
    Case(
        "settings fetched with await in a module",
        "/ui",
        {
            "/ui": html(
                """<script type="module">import SwaggerUI from 'https://cdn.example/swagger-ui.js'; import { base } from './base.js';
                const config = await (await fetch(base + '/config.json')).json(); SwaggerUI({ url: config.where, dom_id: '#x' });</script>"""
            ),
            "/base.js": "export const base = '/conf';",
            "/conf/config.json": '{"where": "/a.json"}',
            **TWO,
        },
        ("/a.json",),
    ),
    Case(
        "the later onload counts",
        "/ui",
        {
            "/ui": script(
                "window.onload = () => SwaggerUIBundle({url: '/b.json'}); window.onload = () => SwaggerUIBundle({url: '/a.json'})"
            ),
            **TWO,
        },
        ("/a.json",),
    ),
    Case(
        "a comment is no configuration",
        "/ui",
        {
            "/ui": script(
                "/* SwaggerUIBundle({url: '/b.json'}) */ SwaggerUIBundle({ // url: '/b.json'\n url: '/a.json'})",
                "<!-- <redoc spec-url='/b.json'></redoc> -->",
            ),
            **TWO,
        },
        ("/a.json",),
    ),
    Case(
        "started by RequireJS",
        "/ui",
        {
            "/ui": html(
                "<script>requirejs(['swagger-ui'], function (SwaggerUI) { SwaggerUI({url: '/a.json', dom_id: '#x'}) })</script>"
            ),
            **TWO,
        },
        ("/a.json",),
    ),
    Case(
        "several documents in a select (flasgger)",
        "/apidocs/",
        {
            "/apidocs/": script(
                "$(function () { window.swaggerUi = new SwaggerUi({url: '/b.json', dom_id: 'x'}); window.swaggerUi.load() })",
                '<select id="input_baseUrl"><option value="/a.json">A</option><option value="/b.json">B</option></select>',
            ),
            **TWO,
        },
        ("/b.json", "/a.json"),
    ),
]
