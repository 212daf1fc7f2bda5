"""Damage pages, scripts and documents, and locate all the same: no traceback, no hang, no file written.

    python -m tests.long.fuzz_locate [--runs 10000] [--seed 1] [--jobs 2]

Each run takes one of the pages of the tests, damages one to three of its files, and looks for its document with
the real engine (a child process for each page) over a network that is a dictionary. What may come of it is a
document or one clear line. A run prints its seed and stops at the first that ends in anything else.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from scripts.errors import StepFailed
from scripts.fetch.fetcher import Fetched, Fetcher
from scripts.locate import locate
from scripts.locate.find import Located
from tests.scripts.locate.cases_around import AROUND, ERRORS
from tests.scripts.locate.cases_swagger_ui import SWAGGER_UI
from tests.scripts.locate.cases_viewers import VIEWERS
from tests.servers.locate_server import TYPES, Case, Reply

ORIGIN = "http://127.0.0.1:9"
MOST_SECONDS = 20  # for one page, on a busy machine; a single script is stopped after four
HOSTILE = (
    b"<script>for(;;);</script>",
    b"<script>var a=[];for(;;)a.push(a.slice())</script>",
    b"<script>(function f(){f()})()</script>",
    b"<script>location.href=location.href+'x'</script>",
    b"<script>setInterval(function(){fetch('/'+Math.random())},0)</script>",
    b"<script>document.write('<script src='+Math.random()+'><\\/script>')</script>",
    b"<script>Object.prototype.url={get url(){throw this}};Array.prototype.map=1;JSON.stringify=null</script>",
    b"<script>var o={};o.url=o;SwaggerUIBundle(o);SwaggerUIBundle({urls:[o,[o]],spec:{openapi:{},paths:o}})</script>",
    b"<script>SwaggerUIBundle({url:'\\ud800',urls:[null,1,{url:3},{url:'//['}]})</script>",
    b"<script>Redoc.init('http://[::1',{},'#x');location='//:99999/'</script>",
    b"<base href='http://[x'><iframe src='http://[y'></iframe><redoc spec-url='\x00'>",
    b'<meta http-equiv=refresh content="0;url=">',
    b"\xff\xfe\x00<",
    b"\xed\xa0\x80",
    b"[" * 5000,
    b'{"a":' * 5000,
    b"<!--" * 5000,
    b"<div>" * 5000,
    b"<a b='" * 3000,
    b"&#x110000;&#0;" * 50,
    b"openapi: 3.0.0\npaths: &a {x: *a}\n",
    b'{"openapi":"3.0.0","paths":{},"x":1e999,"y":NaN}',
)
ALL = [case for case in (*SWAGGER_UI, *VIEWERS, *AROUND, *ERRORS) if "several megabytes" not in case.name]
PLAIN = [case for case in ALL if "for (;;)" not in str(case.routes)]  # those that end cost four seconds each


class Dictionary(Fetcher):
    """The network as a dictionary."""

    def __init__(self, case: Case, files: dict[str, bytes]) -> None:
        super().__init__(ORIGIN)
        self._case = case
        self._files = files

    def _exchange(self, method: str, address: str) -> Fetched:
        path = address.removeprefix(ORIGIN) or "/"
        reply = self._case.routes.get(path, self._case.routes.get(path.split("?")[0], Reply("", 404)))
        headers, status = ({}, 200) if isinstance(reply, str) else (dict(reply.headers), reply.status)
        kind = TYPES.get(path.split("?")[0].rpartition(".")[2], TYPES["html"])
        headers = {"content-type": kind, **{name.lower(): value for name, value in headers.items()}}
        body = self._files.get(path, self._files.get(path.split("?")[0], b""))
        return Fetched(address, status, headers, body)


def damage(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """`data` with one thing wrong: bytes changed, cut, moved, doubled, nested, or something hostile put in."""
    a, b = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    way = chance.randrange(9)
    if way == 0:
        changed = bytearray(data)
        for _ in range(chance.randrange(1, 20)):
            if changed:
                changed[chance.randrange(len(changed))] = chance.randrange(256)
        return bytes(changed)
    if way == 1:
        return data[:a]
    if way == 2:
        return data[:a] + data[b:]
    if way == 3:
        return data[:b] + data[a:b] * chance.randrange(1, 50) + data[b:]
    if way == 4:
        opening, closing = chance.choice(
            [(b"<div>", b"</div>"), (b"[", b"]"), (b"{", b"}"), (b"(", b")"), (b'{"a":', b"}")]
        )
        times = chance.choice([3, 200, 3000])
        return data[:a] + opening * times + data[a:b] + closing * times + data[b:]
    if way == 5:
        return data[:a] + chance.choice(HOSTILE) + data[a:]
    if way == 6:
        c, d = sorted(chance.randrange(len(other) + 1) for _ in range(2))
        return data[:a] + other[c:d] + data[b:]
    if way == 7:
        return data.replace(
            chance.choice([b'"', b"'", b"{", b"/", b">", b"url", b"script"]),
            chance.choice([b"", b'"', b"<", b"\\", b"\0"]),
        )
    return bytes(chance.randrange(256) for _ in range(chance.randrange(200)))


def damaged(seed: int) -> tuple[Case, dict[str, bytes]]:
    chance = random.Random(seed)
    case = chance.choice(PLAIN)
    files = {}
    for path, reply in case.routes.items():
        body = reply.body if isinstance(reply, Reply) else reply
        files[path] = (body.encode() if isinstance(body, str) else body).replace(b"ORIGIN", ORIGIN.encode())
    for _ in range(chance.randrange(1, 4)):
        path = chance.choice(sorted(files) or ["/"])
        files[path] = damage(files.get(path, b""), chance.choice([*files.values(), b""]), chance)
    return case, files


def run(seed: int) -> str:
    """One damaged page. Returns what came of it; raises for what must not."""
    case, files = damaged(seed)
    began = time.monotonic()
    try:
        located = locate(ORIGIN + case.entry, Dictionary(case, files))
        assert located and all(isinstance(one, Located) for one in located)
        result = "found"
    except StepFailed as failure:
        assert "\n" not in str(failure) and len(str(failure)) < 2000, f"no clear line: {failure}"
        result = "stopped" if "stopped" in str(failure) else "clear error"
    seconds = time.monotonic() - began
    assert seconds < MOST_SECONDS, f"took {seconds:.1f} s"
    return result


def _run_in_empty_folder(seed: int) -> tuple[int, str]:
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            result = run(seed)
            assert not list(Path(folder).iterdir()), "a file was written"
        except BaseException as failure:
            result = f"FAILED {type(failure).__name__}: {failure}"
        finally:
            os.chdir("/")
    return seed, result


def runs(seeds: range, jobs: int) -> Iterator[tuple[int, str]]:
    with ProcessPoolExecutor(jobs) as pool:
        yield from pool.map(_run_in_empty_folder, seeds, chunksize=20)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    counts: dict[str, int] = {}
    for seed, result in runs(range(options.seed, options.seed + options.runs), options.jobs):
        if result.startswith("FAILED"):
            print(f"seed {seed}: {result}", file=sys.stderr)
        kind = result.split(" ")[0]
        counts[kind] = counts.get(kind, 0) + 1
        if (seed - options.seed) % 500 == 499:
            print(f"{seed - options.seed + 1} pages, seed {seed}: {counts}", file=sys.stderr, flush=True)
    print(", ".join(f"{kind} {count}" for kind, count in sorted(counts.items())))
    return 1 if "FAILED" in counts else 0


if __name__ == "__main__":
    sys.exit(main())
