"""The child process that runs a page's scripts. Not imported: started by `engine.py` as a program of its own.

It has no network and no files: it reads the page from its standard input and sends what a script requests as a line of
JSON to the parent process, which answers with a line. Memory, time and the size of files are limited.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import suppress
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

sys.path.append(sys.argv[1])  # where quickjs is installed: this process starts without site-packages
import quickjs

MOST_SECONDS = 3  # of the processor; the parent process watches the clock
SCRIPT_MEMORY = 80 * 2**20
PROCESS_MEMORY = 1024 * 2**20
STACK = 768 * 1024
MOST_DEPTH = 120
MOST_ELEMENTS = 60_000
PIECES = ("recorder.js", "dom.js", "window.js", "jquery.js", "run.js")
VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "frame",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_ENDS_PARAGRAPH = frozenset(["p", "li", "dt", "dd", "tr", "td", "th", "option"])


class Tree(HTMLParser):
    """HTML as nested `[tag, attributes, children]`, text as strings; comments are dropped."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.top: list[Any] = ["#fragment", {}, []]
        self._open = [self.top]
        self._elements = 0
        with suppress(AssertionError, ValueError):  # broken markup: keep what was parsed
            self.feed(html)
            self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            return
        if tag in _ENDS_PARAGRAPH and self._open[-1][0] == tag:
            self._open.pop()
        first_of_each = {name: value or "" for name, value in reversed(attributes)}
        element: list[Any] = [tag, first_of_each, []]
        self._open[-1][2].append(element)
        if tag not in VOID and len(self._open) < MOST_DEPTH:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)  # as browsers do, <div/> opens a <div>

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self._open) - 1, 0, -1):
            if self._open[depth][0] == tag:
                del self._open[depth:]
                return

    def handle_data(self, data: str) -> None:
        self._open[-1][2].append(data)


def take_apart(address: str, base: str) -> str:
    """The parts of an address as JSON, as JavaScript's `URL` names them; null if it isn't an address."""
    try:
        parts = urlsplit(urljoin(base, address.strip()))
        port = str(parts.port or "")
    except ValueError:
        return "null"
    if not parts.scheme or (parts.scheme in ("http", "https") and not parts.netloc):
        return "null"
    hostname = parts.hostname or ""
    netloc = hostname
    if port:
        netloc += f":{port}"
    path = parts.path
    if parts.netloc and not path:
        path = "/"
    return json.dumps(
        {
            "href": parts._replace(netloc=netloc, path=path).geturl(),
            "protocol": f"{parts.scheme}:",
            "hostname": hostname,
            "port": port,
            "origin": f"{parts.scheme}://{netloc}",
            "pathname": path,
            "search": _with_mark("?", parts.query),
            "hash": _with_mark("#", parts.fragment),
            "username": "",
            "password": "",
        }
    )


def _with_mark(mark: str, part: str) -> str:
    if not part:
        return ""
    return mark + part


def limit() -> None:
    """Let the operating system end this process when a script takes too much, or when it writes a file."""
    try:
        import resource
    except ImportError:  # Windows: the parent process's clock and the engine's own limit remain
        return
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (PROCESS_MEMORY, PROCESS_MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def ask(message: str) -> str:
    """Send a message to the parent process and return its answer."""
    if "\\ud" in message:  # maybe half a surrogate pair, which can't be encoded
        whole = json.dumps(json.loads(message), ensure_ascii=False)
        message = whole.encode("utf-8", "replace").decode("utf-8")
    sys.stdout.write(message + "\n")
    sys.stdout.flush()
    return sys.stdin.readline()


def run(page: dict[str, Any]) -> None:
    """Run the page's scripts, and report each call of a viewer as it happens."""
    context = quickjs.Context()
    context.set_memory_limit(SCRIPT_MEMORY)
    context.set_max_stack_size(STACK)
    page["tree"] = Tree(page.pop("html")).top
    bases = (attributes.get("href") for tag, attributes in elements(page["tree"]) if tag == "base")
    try:
        page["base"] = urljoin(page["address"], next(bases, None) or "")
    except ValueError:
        page["base"] = page["address"]
    folder = Path(__file__).parent / "browser"
    code = "\n".join((folder / piece).read_text("utf-8") for piece in PIECES)
    start = context.eval(f"(function (say, parseHTML, takeApart, page) {{ {code} }})")
    context.add_callable("say", ask)
    context.add_callable("parseHTML", lambda html: json.dumps(Tree(html).top))
    context.add_callable("takeApart", take_apart)
    hand_over = "(start, page) => start(say, parseHTML, takeApart, page)"
    browser = context.eval(hand_over)(start, context.parse_json(json.dumps(page)))
    advance, remains = (context.eval(f"(it) => it.{name}")(browser) for name in ("next", "remains"))
    ask(remains())  # the page as it came, in case its scripts never end
    while True:
        try:
            script = advance()
            if script is None:
                break
            context.eval(script)
        except quickjs.JSException as failure:
            ask(json.dumps({"saw": "failure", "text": str(failure)[:300]}))
        finish_promises(context)
    ask(remains())
    ask(json.dumps({"saw": "end"}))


def finish_promises(context: Any) -> None:
    for _ in range(5000):
        try:
            if not context.execute_pending_job():
                return
        except quickjs.JSException:
            continue


def elements(tree: list[Any]) -> Iterator[tuple[str, dict[str, str]]]:
    yield tree[0], tree[1]
    for child in tree[2]:
        if isinstance(child, list):
            yield from elements(child)


if __name__ == "__main__":
    limit()
    run(json.loads(sys.stdin.readline()))
