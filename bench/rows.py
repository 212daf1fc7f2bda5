"""The table: what is measured, in which unit, and how far ours may go."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from . import generation, server
from .measure import BASE, Contestant, Server, Timings, ratio, rotated, take_turns, whole_process

OURS = "ours"
UNLIMITED = float("inf")


@dataclass(frozen=True)
class Figure:
    """One line of the report: a value for each contestant, or why it has none."""

    row: str
    work: str
    unit: str
    limit: float
    values: dict[str, float | str]

    @property
    def holds(self) -> bool:
        ours = self.values.get(OURS)
        return isinstance(ours, float) and ours <= self.limit


@dataclass
class Bench:
    """What the rows are given: the instance, the contestants, and how long it may take."""

    server: Server
    contestants: list[Contestant]
    quick: bool = False
    spread: dict[str, str] = field(default_factory=dict)

    def rounds(self, many: int) -> int:
        return max(many // 3, 1) if self.quick else many

    @property
    def full(self) -> list[Contestant]:
        """Without those that can only call."""
        return [contestant for contestant in self.contestants if contestant.once]

    def only(self, *names: str) -> list[Contestant]:
        return [contestant for contestant in self.contestants if contestant.name in names]


Row = Callable[[Bench], Iterator[Figure]]


def ratios(results: dict[str, Timings], kind: str) -> dict[str, float | str]:
    """Each contestant's time to the base's in the same round."""
    base = getattr(results[BASE], kind)
    return {name: timings.missing or ratio(getattr(timings, kind), base) for name, timings in results.items()}


def medians(results: dict[str, Timings], kind: str, scale: float = 1.0) -> dict[str, float | str]:
    return {
        name: timings.missing or statistics.median(getattr(timings, kind)) / scale for name, timings in results.items()
    }


def dialled(n: int) -> dict[str, int]:
    return {"dial commited": n}


def once(bench: Bench, *what: str) -> dict[str, float | str]:
    commands = {c.name: Contestant(c.name, "once.py", c.python).command(c.once, *what) for c in bench.full}
    return ratios(whole_process(commands, bench.rounds(21)), "cpu")


def importing(bench: Bench) -> Iterator[Figure]:
    yield Figure("import", "`import pascom_facade` to `import httpx`, process", "CPU", 0.3, once(bench, "import"))


def start(bench: Bench) -> Iterator[Figure]:
    work, urls = "fresh process: import, construct, one dial", bench.server.config
    yield Figure("start", f"{work}, http", "CPU", 1.0, once(bench, "dial", urls["http"]))
    yield Figure("start", f"{work}, https", "CPU", 1.2, once(bench, "dial", urls["https"], urls["ca"]))


def dial(bench: Bench) -> Iterator[Figure]:
    n = 200
    for scheme, limit in (("http", 1.05), ("https", 1.05)):
        results = take_turns(
            bench.server, bench.contestants, "dial", n, bench.rounds(21),
            expected=dialled(n), dials=True, config={"secure": scheme == "https"},
        )  # fmt: skip
        yield Figure(
            "dial",
            f"one dial on a kept-alive connection, sync, {scheme}",
            "CPU",
            limit,
            ratios(results, "cpu"),
        )


def adial(bench: Bench) -> Iterator[Figure]:
    n = 200
    for at_once, limit in ((10, 0.4), (50, 0.3)):
        results = take_turns(
            bench.server, bench.contestants, "adial", n, bench.rounds(15),
            expected=dialled(n), dials=True, config={"at_once": at_once},
        )  # fmt: skip
        yield Figure("async", f"one dial, async, {at_once} in flight", "CPU", limit, ratios(results, "cpu"))


def bulk(bench: Bench) -> Iterator[Figure]:
    n, settings = 1000, {"at_once": 50, "delay": 50}
    for task, name, limit in (("slow_async", "async", 1.3), ("threads", "threads", 1.2)):
        results = take_turns(
            bench.server,
            bench.contestants,
            task,
            n,
            bench.rounds(3),
            expected=dialled(n),
            dials=True,
            config=settings,
        )
        ideal = n / settings["at_once"] * settings["delay"] / 1000
        yield Figure(
            "bulk",
            f"1,000 dials of 50 ms, 50 at a time, {name}",
            "wall to ideal",
            limit,
            medians(results, "wall", ideal),
        )


def storm(bench: Bench) -> Iterator[Figure]:
    """The two traps: here a failure is a result."""
    for task, n, work, settings in (
        ("gather", 1000, "`gather` of 1,000 dials of 50 ms at once", {"delay": 50}),
        ("threads", 15_000, "15,000 dials in 50 threads", {"at_once": 50}),
    ):
        contestants = bench.only(OURS) if bench.quick else bench.full
        results = take_turns(bench.server, contestants, task, n, 1 if bench.quick else 3, config=settings)
        if task == "gather":
            yield Figure("storm", work, "s", 1.5, medians(results, "wall"))
        failed: dict[str, float | str] = {
            name: timings.missing or float(sum(n - value.get("dial commited", 0) for value in timings.values))
            for name, timings in results.items()
        }
        yield Figure("storm", f"{work}: lost answers", "", 0, failed)


def decode(bench: Bench) -> Iterator[Figure]:
    for rows, limit in ((100, 0.45), (10_000, 0.55)):
        with page(rows) as file:
            n = max(1, 20_000 // rows)
            results = take_turns(
                bench.server, bench.full, "decode", n, bench.rounds(15),
                expected=[rows, 0, server.LAST_CALL - (rows - 1) * 1000], config={"page": file},
            )  # fmt: skip
        yield Figure(
            "decode",
            f"a page of {rows:,} CDR to typed records, to json.loads",
            "CPU",
            limit,
            ratios(results, "cpu"),
        )


def held(bench: Bench) -> Iterator[Figure]:
    n = 50_000
    with page(n) as file:
        results = take_turns(bench.server, bench.full, "held", n, 1, config={"page": file}, fresh=True)
    bytes_held = {name: timings.missing or float(timings.values[-1]) for name, timings in results.items()}
    yield Figure("held", "memory held a record", "bytes", 1300, bytes_held)


def journal(bench: Bench) -> Iterator[Figure]:
    few, many = (10_000, 100_000) if bench.quick else (100_000, 1_000_000)

    small: dict[str, Timings] = {}
    large: dict[str, Timings] = {}
    for turn in range(bench.rounds(9)):  # in turn: a machine is not as fast some minutes later
        for n, results in ((few, small), (many, large)):
            run = take_turns(
                bench.server, rotated(bench.full, turn), "journal", n, 1, expected=[n, n * (n - 1) // 2],
                config={"last_call": server.LAST_CALL}, fresh=True, warm_up=False,
            )  # fmt: skip
            for name, timings in run.items():
                results.setdefault(name, Timings()).extend(timings)
    yield Figure("journal", f"all of {many:,} CDR", "wall", 0.65, ratios(large, "wall"))
    peaks = medians(large, "peak", 1e6)
    yield Figure("journal", f"all of {many:,} CDR: peak above start", "MB", 60, peaks)
    before = medians(small, "peak", 1e6)
    growth = {name: _less(peaks[name], before[name]) for name in peaks}
    yield Figure("journal", f"the same, above the peak of {few:,}", "MB", 6, growth)
    longer = {name: large[name].missing or ratio(large[name].cpu, small[name].cpu) for name in large}
    yield Figure("journal", "10 x the records: x the time", "CPU", 11.5, longer)


def ahead(bench: Bench) -> Iterator[Figure]:
    """The instance has no paging: what lies behind a page is fetched in segments of time, two at once."""
    n = 30_000
    ours = bench.only(OURS)[0]
    for work, said in ((0.1, "the caller takes as long"), (0, "the caller takes none")):
        results: dict[str, Timings] = {}
        for name, fetch_ahead in ((BASE, False), (OURS, True)):
            results |= take_turns(
                bench.server, [Contestant(name, ours.program, ours.python)], "journal", n, bench.rounds(3),
                expected=[n, n * (n - 1) // 2],
                config={"last_call": server.LAST_CALL, "instance": "d100", "ahead": fetch_ahead, "work": work},
            )  # fmt: skip
        work_done = f"30 pages of CDR, 100 ms each, {said}, to our own without prefetch"
        yield Figure("ahead", work_done, "wall", 0.6, {OURS: ratios(results, "wall")[OURS]})


def sync(bench: Bench) -> Iterator[Figure]:
    """The database has to keep up with the instance; both are tried, one that answers at once and one that doesn't."""
    n = 100_000 if bench.quick else 1_000_000
    for instance, said, limit in (("d100", "100 ms a page", 2.0), ("voipjack", "no time a page", UNLIMITED)):
        results: dict[str, Timings] = {}
        with tempfile.TemporaryDirectory(prefix="bench") as directory:
            for name, task in ((BASE, "read"), (OURS, "sync")):
                # By the bench's own Python: the contestants' have no extras.
                results |= take_turns(
                    bench.server, [Contestant(name, "ours.py")], task, n, 1, expected=n, warm_up=False,
                    config={"last_call": server.LAST_CALL, "instance": instance, "to": f"{directory}/calls.db"},
                )  # fmt: skip
        work = f"`sync` of {n:,} CDR into SQLite, {said}"
        yield Figure("sync", f"{work}, to reading them", "wall", limit, {OURS: ratios(results, "wall")[OURS]})
        yield Figure("sync", f"{work}: a call", "CPU, µs", UNLIMITED, {OURS: medians(results, "cpu", n / 1e6)[OURS]})
        yield Figure("sync", f"{work}: peak above start", "MB", 60, {OURS: medians(results, "peak", 1e6)[OURS]})


def download(bench: Bench) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="bench") as directory:
        results = take_turns(
            bench.server, bench.full, "download", 1, bench.rounds(15),
            expected=server.RECORDING_BYTES, config={"to": f"{directory}/recording.wav"}, fresh=True,
        )  # fmt: skip
    yield Figure("download", "500 MB recording to disk, to an httpx stream", "wall", 1.05, ratios(results, "wall"))
    yield Figure("download", "500 MB recording to disk: memory", "MB", 2, medians(results, "peak", 1e6))


def regenerate(bench: Bench) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory(prefix="bench") as directory:
        results = whole_process(generation.commands(Path(directory)), bench.rounds(5))
    yield Figure("regenerate", "regenerate 60 operations, to the bare generator", "wall", 1.5, ratios(results, "wall"))


class page:
    """A file with a CDR answer of so many rows."""

    def __init__(self, rows: int) -> None:
        self._rows = rows

    def __enter__(self) -> str:
        self._directory = tempfile.TemporaryDirectory(prefix="bench")
        file = Path(self._directory.name) / "page.json"
        file.write_bytes(server.page(0, self._rows))
        return str(file)

    def __exit__(self, *_: object) -> None:
        self._directory.cleanup()


def _less(large: float | str, small: float | str) -> float | str:
    return large - small if isinstance(large, float) and isinstance(small, float) else large


ROWS: dict[str, Row] = {
    "import": importing,
    "start": start,
    "dial": dial,
    "async": adial,
    "bulk": bulk,
    "storm": storm,
    "decode": decode,
    "held": held,
    "journal": journal,
    "ahead": ahead,
    "sync": sync,
    "download": download,
    "regenerate": regenerate,
}
