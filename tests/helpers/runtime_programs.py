"""Programs that use one client in the ways that runtimes do: `python -m tests.helpers.runtime_programs NAME ARGUMENTS`.

Prints a line of JSON for each thing asked: who asked, what for, what came of it, and whether it may have happened.
`tests/facade/test_runtimes.py` compares that with what the phone system did.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

if __name__ == "__main__" and sys.argv[1] == "gevent":
    from gevent import monkey  # type: ignore[import-untyped, unused-ignore]

    monkey.patch_all()

from pascom_facade import AsyncPascom, Pascom, PascomError

Outcome = dict[str, Any]
_numbers = itertools.count()


def number() -> str:
    return f"7{os.getpid()}{next(_numbers):04}"


def outcome(what: str, result: Any, wanted: Any) -> Outcome:
    if isinstance(result, PascomError):
        return {"what": what, "error": str(result), "happened": result.may_have_happened}
    return {"what": what, "right": result == wanted, "got": repr(result)}


def use(pbx: Pascom, user: str = "mpasquay") -> list[Outcome]:
    """Ask for a user that only this caller asks for, and dial a number that nobody else dials."""

    def caught(work: Callable[[], Any]) -> Any:
        try:
            return work()
        except PascomError as error:
            return error

    dialled = number()
    who = f"{user}{dialled}"
    return [
        outcome("get", caught(lambda: pbx.request("GET", "identity/states", params={"keys": who}).method), "GET"),
        outcome(dialled, caught(lambda: pbx.dial(user, dialled)), "dial commited"),
        outcome("get", caught(lambda: list(pbx.states(user))), [user]),
    ]


async def use_async(pbx: AsyncPascom, user: str = "mpasquay") -> list[Outcome]:
    async def caught(work: Any) -> Any:
        try:
            return await work
        except PascomError as error:
            return error

    async def states() -> list[str]:
        return list(await pbx.states(user))

    dialled = number()
    return [
        outcome("get", await caught(states()), [user]),
        outcome(dialled, await caught(pbx.dial(user, dialled)), "dial commited"),
        outcome("get", await caught(states()), [user]),
    ]


def forked(work: Callable[[], list[Outcome]]) -> Callable[[], list[Outcome]]:
    """Do it in a forked process; what is returned waits for it."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.write(writing, json.dumps(work()).encode())
        finally:
            os._exit(0)
    os.close(writing)

    def result() -> list[Outcome]:
        with os.fdopen(reading, "rb") as file:
            found: list[Outcome] = json.loads(file.read() or b'[{"what": "the child ended"}]')
        os.waitpid(child, 0)
        return found

    return result


def flat(many: Any) -> list[Outcome]:
    return [one for some in many for one in some]


def thread(**options: Any) -> list[Outcome]:
    with Pascom(**options) as pbx, ThreadPoolExecutor(6) as pool:
        return flat(pool.map(lambda _: use(pbx), range(12)))


def second_loop(**options: Any) -> list[Outcome]:
    """One asyncio.run a call (Celery, Django's async_to_sync), one of them in debug mode; and two loops at once."""
    pbx = AsyncPascom(**options)
    found = flat(asyncio.run(use_async(pbx), debug=debug) for debug in (False, False, True))
    with ThreadPoolExecutor(2) as pool:
        found += flat(pool.map(lambda _: asyncio.run(use_async(pbx)), range(4)))
    asyncio.run(pbx.aclose())
    return found


def loop_left_open(**options: Any) -> list[Outcome]:
    """A loop that was closed without ending its generators, and one that still runs (as notebooks' do)."""
    pbx = AsyncPascom(**options)
    first, second = asyncio.new_event_loop(), asyncio.new_event_loop()
    found = first.run_until_complete(use_async(pbx))
    first.close()
    found += second.run_until_complete(use_async(pbx))
    found += second.run_until_complete(use_async(pbx))
    second.run_until_complete(pbx.aclose())
    second.close()
    return found


def uvloop(**options: Any) -> list[Outcome]:
    import uvloop as loops

    pbx = AsyncPascom(**options)
    return flat(loops.run(use_async(pbx)) for _ in range(2))


def to_thread(**options: Any) -> list[Outcome]:
    async def main() -> list[Outcome]:
        with Pascom(**options) as pbx:
            return flat(await asyncio.gather(*(asyncio.to_thread(use, pbx) for _ in range(6))))

    return asyncio.run(main())


def fork_before(**options: Any) -> list[Outcome]:
    with Pascom(**options) as pbx:
        children = [forked(lambda: use(pbx)) for _ in range(2)]
        return use(pbx) + flat(child() for child in children)


def fork_after(**options: Any) -> list[Outcome]:
    with Pascom(**options) as pbx:
        found = use(pbx)
        children = [forked(lambda: use(pbx) + use(pbx)) for _ in range(2)]
        return found + use(pbx) + flat(child() for child in children) + use(pbx)


def fork_amid(**options: Any) -> list[Outcome]:
    """Other threads are amid a request, and hold whatever locks they need for it."""
    with Pascom(**options) as pbx, ThreadPoolExecutor(4) as pool:
        ended = threading.Event()

        def go_on() -> list[Outcome]:
            found: list[Outcome] = []
            while not ended.is_set():
                found += use(pbx)
            return found

        busy = [pool.submit(go_on) for _ in range(4)]
        found = flat(forked(lambda: use(pbx))() for _ in range(4))
        ended.set()
        return found + flat(one.result() for one in busy)


def fork_with_loop(**options: Any) -> list[Outcome]:
    """An async client that was used, in a child with an event loop of its own."""
    pbx = AsyncPascom(**options)
    found = asyncio.run(use_async(pbx))

    async def amid() -> list[Outcome]:
        before = await use_async(pbx)
        child = forked(lambda: ThreadPoolExecutor(1).submit(asyncio.run, use_async(pbx)).result())
        return before + child() + await use_async(pbx)

    return found + asyncio.run(amid())


def gevent(**options: Any) -> list[Outcome]:
    from gevent import pool  # type: ignore[import-untyped, unused-ignore]

    with Pascom(**options) as pbx:
        return flat(pool.Pool(6).map(lambda _: use(pbx), range(12)))


PROGRAMS = {
    program.__name__: program
    for program in (
        *(thread, to_thread, second_loop, loop_left_open, uvloop, gevent),
        *(fork_before, fork_after, fork_amid, fork_with_loop),
    )
}

if __name__ == "__main__":
    for name, settings in json.loads(sys.argv[2]).items():
        os.environ.update(settings["environment"])
        for one in PROGRAMS[sys.argv[1]](**settings["options"]):
            print(json.dumps({"world": name, **one}))
        for variable in settings["environment"]:
            del os.environ[variable]
