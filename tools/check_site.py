"""Look at the built site as a reader does: in headless Chromium, on a desktop and a phone.

    python -m tools.check_site site [FOLDER for screenshots]

Fails for a link that leads nowhere, a request to another host, an error on the console, a page that is heavy or wider
than a phone. Says so and skips the browser's part where there is none.
"""

from __future__ import annotations

import functools
import json
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--enable-logging=stderr",
    "--virtual-time-budget=15000",
)  # fmt: skip
PHONE = 390
HEAVY = 300_000  # bytes of a page
PICTURED = (
    "/",
    "/first-steps/",
    "/calls/",
    "/reference/client/",
    "/reference/cli/",
    "/services/",
    "/services/identity/",
)
LOADED = {"script": "src", "img": "src", "iframe": "src", "link": "href"}
FRAMES = """<!doctype html><ul></ul><script>
for (const path of PAGES) {
    const frame = document.createElement("iframe");
    frame.width = WIDTH; frame.height = 800; frame.src = path;
    frame.onload = () => setTimeout(() => {
        const line = document.createElement("li");
        line.textContent = path + " " + frame.contentDocument.documentElement.scrollWidth;
        document.querySelector("ul").append(line);
    }, 500);
    document.body.append(frame);
}
</script>"""


class Page(HTMLParser):
    """Links and anchors of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if source := dict(attrs).get(LOADED.get(tag, "")):
            self.loaded.append(source)
        for name, value in attrs:
            if value and name in ("href", "src"):
                self.links.append(value)
            elif value and name in ("id", "name"):
                self.anchors.add(value)


def broken_links(site: Path) -> Iterator[str]:
    """Links within the site that lead nowhere; nothing is asked of other sites."""
    pages = {file: Page(file.read_text("utf-8")) for file in site.rglob("*.html")}
    for file, page in pages.items():
        here = "/" + str(file.relative_to(site))
        if file.name == "404.html":
            continue  # its links are made for the address it is published at
        for link in page.links:
            parts = urlsplit(urljoin(here, link))
            if parts.scheme or parts.netloc:
                continue
            target = site / unquote(parts.path).lstrip("/")
            target = target / "index.html" if target.is_dir() else target
            if not target.exists():
                yield f"{here}: {link}"
            elif parts.fragment and target in pages and unquote(parts.fragment) not in pages[target].anchors:
                yield f"{here}: {link} (no such anchor)"


def costly(site: Path) -> Iterator[str]:
    """Pages that load something from another host, or are too heavy."""
    for file in sorted(site.rglob("*.html")):
        here = "/" + str(file.relative_to(site))
        text = file.read_text("utf-8")
        for source in Page(text).loaded:
            if urlsplit(source).netloc:
                yield f"{here}: loads {source}"
        if file.stat().st_size > HEAVY:
            yield f"{here}: {file.stat().st_size:,} bytes, more than {HEAVY:,}"


def addresses(site: Path) -> list[str]:
    """The pages as a browser asks for them."""
    return sorted(f"/{file.parent.relative_to(site)}/".replace("/./", "/") for file in site.rglob("index.html"))


class Quiet(SimpleHTTPRequestHandler):
    """The site, and at /_phone.html its pages in frames as wide as a phone."""

    def do_GET(self) -> None:
        if self.path != "/_phone.html":
            super().do_GET()
            return
        pages = addresses(Path(self.directory))
        body = FRAMES.replace("PAGES", json.dumps(pages)).replace("WIDTH", str(PHONE)).encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def served(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def browse(browser: str, address: str, *options: str) -> tuple[str, list[str]]:
    """The page after its scripts ran, and what the console said."""
    with tempfile.TemporaryDirectory() as profile:
        command = [browser, *FLAGS, f"--user-data-dir={profile}", *options, address]
        done = subprocess.run(command, capture_output=True, text=True, timeout=90, check=False)
    return done.stdout, [line for line in done.stderr.splitlines() if "CONSOLE" in line]


def seen_in(browser: str, site: Path, address: str, pictures: Path | None) -> Iterator[str]:
    """What is wrong in the browser."""
    dom, said = browse(browser, f"{address}/_phone.html", "--dump-dom")
    yield from said
    widths = dict(re.findall(r"<li>(\S+) (\d+)</li>", dom))
    for path in addresses(site):
        if path not in widths:
            yield f"{path}: not loaded"
        elif int(widths[path]) > PHONE:
            yield f"{path}: {widths[path]} pixels wide on a phone of {PHONE}"
    if pictures:
        for path in PICTURED:
            for columns in (1280, 500):
                file = pictures / f"{path.strip('/').replace('/', '-') or 'index'}-{columns}.png"
                browse(browser, address + path, f"--window-size={columns},900", f"--screenshot={file}")


def main(site: Path, pictures: Path | None) -> int:
    wrong = [*broken_links(site), *costly(site)]
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        print("no Chromium here: console and phone are not checked")
    else:
        with served(site) as address:
            wrong += seen_in(browser, site, address, pictures)
    for line in wrong:
        print(line, file=sys.stderr)
    print(f"{len(list(site.rglob('*.html')))} pages, {len(wrong)} problems")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None))
