"""`services/apidoc/`: Swagger UI, its files from the package flask-swagger-ui, showing the simulator's document."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from .document import document
from .options import Profile

# Its address on a real instance is not published: name and folder are assumed.
DOCUMENT = "pascom.json"

_PAGE = f"""<!DOCTYPE html>
<html lang="en">
<head>
  <meta charset="UTF-8">
  <title>pascom REST API</title>
  <link rel="stylesheet" type="text/css" href="./index.css">
  <link rel="stylesheet" type="text/css" href="./swagger-ui.css">
  <link rel="icon" type="image/png" href="./favicon-32x32.png" sizes="32x32">
</head>
<body>
  <div id="swagger-ui"></div>
  <script src="./swagger-ui-bundle.js" charset="UTF-8"></script>
  <script src="./swagger-ui-standalone-preset.js" charset="UTF-8"></script>
  <script>
    window.onload = function () {{
      window.ui = SwaggerUIBundle({{
        url: "{DOCUMENT}",
        dom_id: "#swagger-ui",
        deepLinking: true,
        docExpansion: "none",
        presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset],
        layout: "StandaloneLayout",
        requestInterceptor: function (request) {{
          // Browsers refuse to fetch relative to an address with a login in it (http://moby:…@host/…).
          request.url = new URL(request.url, location.origin + location.pathname).href;
          return request;
        }}
      }});
    }};
  </script>
</body>
</html>
"""
_FILES = (
    "index.css",
    "swagger-ui.css",
    "swagger-ui-bundle.js",
    "swagger-ui-standalone-preset.js",
    "favicon-32x32.png",
)


def swagger_ui() -> Path:
    """The folder of Swagger UI's files. The package that brings them is not imported: that would import Flask."""
    package = find_spec("flask_swagger_ui")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("No module named 'flask_swagger_ui'", name="flask_swagger_ui")
    return Path(package.origin).parent / "dist"


def routes(profile: Profile) -> list[Route]:
    published = document(profile)
    files = swagger_ui()

    async def page(_: Request) -> Response:
        return HTMLResponse(_PAGE)

    async def with_slash(request: Request) -> Response:
        return RedirectResponse(request.url.path + "/", status_code=301)

    async def raw_document(_: Request) -> Response:
        return JSONResponse(published)

    async def asset(request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _FILES:
            return Response(status_code=404)
        return FileResponse(files / name)

    return [
        Route("/apidoc", with_slash),
        Route("/apidoc/", page),
        Route(f"/apidoc/{DOCUMENT}", raw_document),
        Route("/apidoc/{name}", asset),
    ]
