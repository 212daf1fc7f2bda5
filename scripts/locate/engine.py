"""Run a page as a browser would, in a child process, and record what its scripts called viewers with.

The child (`sandbox.py`) has no network: this process makes its requests, to the page's own origin only.
"""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pascom_facade._extras import needs

from ..errors import NotReachable, WrongUsage
from ..fetch.fetcher import Fetched, Fetcher, origin, urlsplit_or_none

# The child limits its own processor time (three seconds); where the system can't do that, the clock must.
MOST_SECONDS = 10.0 if importlib.util.find_spec("resource") else 4.0
MOST_SCRIPT = 400_000
MOST_UNRELATED_SCRIPT = 60_000
MOST_HEARD = 64 * 2**20  # characters of all messages of one page together
MOST_MESSAGES = 3000
MOST_NAME = 1000
MOST_FETCHED = 100

# Libraries that a page brings along: large, not about this page, and replaced by stand-ins.
LIBRARY = re.compile(
    r"(^|/)(swagger-ui|swagger-client|redoc|rapidoc|openapi-explorer|web-components|standalone|api-reference|"
    r"jquery(-ui)?|backbone|handlebars|underscore|lodash|highlight|marked|es5-shim|js-yaml|jsoneditor|react(-dom)?|"
    r"vue|angular|polyfill|webcomponents(-loader)?|modernizr|moment|require|shred|sanitize-html)"
    r"([.-](bundle|standalone|preset|es|core|min|pack|umd|global|prod|production|development|slim|pack_extended|rc|"
    r"x|\d\w*))*\.m?js$",
    re.IGNORECASE,
)
"""Each word stands between two separators and fits one alternative only, so that a mismatch is found fast."""
ABOUT_DOCUMENTS = re.compile(r"swagger|redoc|rapi-?doc|createApiReference|spec-?url|openapi|api-?doc", re.IGNORECASE)


@dataclass
class Element:
    """An element of the page after its scripts ran, with the properties that these set."""

    tag: str
    attributes: dict[str, str]
    properties: dict[str, Any]
    text: str


@dataclass
class Seen:
    """What came of running a page."""

    base: str
    elements: list[Element] = field(default_factory=list)
    calls: list[tuple[str, list[Any]]] = field(default_factory=list)
    globals: dict[str, Any] = field(default_factory=dict)
    redirects: list[str] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    bundles: list[str] = field(default_factory=list)
    stopped: bool = False

    def find(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]


def run_page(page: Fetched, fetcher: Fetcher) -> Seen:
    """Run `page` and its scripts. Never fails: `stopped` says that its scripts took too much time or memory."""
    return _Run(page, fetcher).result()


class _Run:
    def __init__(self, page: Fetched, fetcher: Fetcher) -> None:
        self._page = page
        self._fetcher = fetcher
        self._seen = Seen(page.address)
        self._seconds_left = MOST_SECONDS
        self._characters_left = MOST_HEARD

    def result(self) -> Seen:
        with _child() as child:
            try:
                self._talk(child)
            except (OSError, ValueError, RecursionError):  # it was killed within a line, or writes no JSON
                self._seen.stopped = True
            finally:
                child.kill()
        return self._seen

    def _talk(self, child: subprocess.Popen[str]) -> None:
        assert child.stdin and child.stdout
        self._say(child, {"address": self._page.address, "html": self._page.text})
        for _ in range(MOST_MESSAGES):
            line = self._listen(child)
            self._characters_left -= len(line)
            if not line or self._characters_left <= 0:
                break
            message = json.loads(line, parse_constant=_no_number)
            if message == {"saw": "end"}:
                return
            self._say(child, self._answer(message))
        self._seen.stopped = True

    def _say(self, child: subprocess.Popen[str], message: object) -> None:
        assert child.stdin
        child.stdin.write(json.dumps(message) + "\n")
        child.stdin.flush()

    def _listen(self, child: subprocess.Popen[str]) -> str:
        """The child's next line; the child is killed when all its lines together took too long."""
        assert child.stdout
        clock = threading.Timer(max(self._seconds_left, 0.01), child.kill)
        started = time.monotonic()
        clock.start()
        try:
            return child.stdout.readline(self._characters_left)
        finally:
            clock.cancel()
            self._seconds_left -= time.monotonic() - started

    def _answer(self, message: object) -> object:
        """The answer to a message of a known shape; a page that controls the child can send anything."""
        seen = self._seen
        match message:
            case {"ask": "fetch", "method": str(method), "address": str(address)}:
                return self._fetch(method, address)
            case {"ask": "script", "address": str(address)}:
                return self._script(address)
            case {"saw": "call", "name": str(name), "args": list(args)}:
                seen.calls.append((name[:MOST_NAME], args))
            case {"saw": "go", "address": str(address)}:
                seen.redirects.append(address)
            case {"saw": "remains", "elements": list(elements), "globals": dict(data), "base": str(base)}:
                seen.elements = list(filter(None, map(_element, elements)))
                seen.globals = data
                if urlsplit_or_none(base):
                    seen.base = base
        return None

    def _fetch(self, method: str, address: str) -> object:
        if len(self._seen.fetched) < MOST_FETCHED and address not in self._seen.fetched:
            self._seen.fetched.append(address)
        if method not in ("GET", "HEAD") or origin(address) != origin(self._page.address):
            return None
        try:
            answer = self._fetcher.get(address, method=method, stay=True)
        except NotReachable:
            return None
        return {"status": answer.status, "headers": answer.headers, "address": answer.address, "body": answer.text}

    def _script(self, address: str) -> str | None:
        """The text of a script if it is the page's own; libraries are not even requested."""
        if origin(address) != origin(self._page.address) or LIBRARY.search(urlsplit(address).path):
            return None
        try:
            answer = self._fetcher.get(address, stay=True)
        except NotReachable:
            return None
        code = answer.text
        if answer.status != 200 or code.lstrip()[:1] == "<":
            return None
        is_too_large = len(code) > MOST_SCRIPT
        if not is_too_large and len(code) > MOST_UNRELATED_SCRIPT:
            is_too_large = not ABOUT_DOCUMENTS.search(code)
        if is_too_large:
            self._seen.bundles.append(code)
            return None
        return code


def _element(said: object) -> Element | None:
    match said:
        case {"tag": str(tag), "attributes": dict(attributes), "properties": dict(properties), "text": str(text)}:
            texts = {name: value for name, value in attributes.items() if isinstance(value, str)}
            return Element(tag, texts, properties, text)
    return None


def _no_number(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


def _child() -> subprocess.Popen[str]:
    engine = importlib.util.find_spec("quickjs")
    if engine is None or engine.origin is None:
        raise WrongUsage(needs("reading a page", "quickjs"))
    program = Path(__file__).with_name("sandbox.py")
    libraries = Path(engine.origin).parents[1]
    return subprocess.Popen(
        [sys.executable, "-I", "-S", str(program), str(libraries)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        errors="replace",
        # Nothing of our environment: no password, no proxy.
        env={"PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8"},
    )
