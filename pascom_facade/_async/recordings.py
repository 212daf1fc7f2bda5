"""Recordings of calls: streamed, resumed, many at once."""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, AsyncIterator, Iterable
from contextlib import aclosing
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from .._discreet import discreet
from .._part_file import PartFile, StalePart, writing
from ..cdr import Call
from ..errors import AnsweredWithError, ConnectionFailed, NotFound, PascomError, ServerError, UnexpectedAnswer
from ..recordings import Leg, Part, Progress, Reading
from ._concurrency import cancel_all, first_done, result_of, run_blocking, sleep, start

if TYPE_CHECKING:
    from .._operations import Operations
    from ._concurrency import Running
    from .http import AsyncHttp


_MOST_SECTIONS = 100
_ANOTHER_DOWNLOADS = 0.1  # seconds until we look again whether it has finished


class AsyncRecordings:
    """`pbx.recordings`: recordings of calls, which the instance keeps for 90 days by default (vendor page)."""

    def __init__(self, http: AsyncHttp, retries: int, operations: Operations) -> None:
        self._http = http
        self._operations = operations
        self._retries = retries

    def __repr__(self) -> str:
        return "<recordings: parts, download, download_all, open>"

    @discreet
    async def parts(self, what: Call | str, *, rules: Iterable[int] = (1,)) -> list[Part]:
        """The parts of a call's recording: sections of the whole, and one voice only where recorded separately.

        what: a call, or its `recording`. rules: ids of the recording rules to look for (the CDR doesn't have them).
        Each part is requested to see whether it exists (public facts A); empty if the recording is deleted.
        Raises ConnectionFailed, ServerError, UnexpectedAnswer (whichever section is asked for, there is one).
        """
        parts: list[Part] = []
        for rule in rules:
            sections = await self._sections(what, rule)
            parts += sections
            if sections:
                parts += await self._voices(what, rule)
        return parts

    async def _sections(self, what: Call | str, rule: int) -> list[Part]:
        sections: list[Part] = []
        while part := await self._find(Part.of(what, "whole", rule, len(sections) + 1)):
            sections.append(part)
            if len(sections) == _MOST_SECTIONS:
                raise UnexpectedAnswer(
                    f"a recording has {_MOST_SECTIONS} sections and more: the instance takes no notice of their number"
                )
        return sections

    async def _voices(self, what: Call | str, rule: int) -> list[Part]:
        voices: list[Part] = []
        legs: tuple[Leg, ...] = ("caller", "callee")
        for leg in legs:
            if part := await self._find(Part.of(what, leg, rule, 1)):
                voices.append(part)
        return voices

    @discreet
    async def download(
        self,
        what: Call | Part | str,
        to: str | os.PathLike[str],
        *,
        leg: Leg = "whole",
        rule: int = 1,
        file: int = 1,
        progress: Progress | None = None,
    ) -> Path:
        """Save a recording as WAV; returns its file: `to`, or a safe name in it if that is a folder
        (or ends in a slash: the folder is made then).

        Streamed (memory stays flat) to `….part`, which is resumed, after a broken connection at once, after a crash at
        the next call, and renamed when it is complete. An existing file is left alone; another process or thread that
        downloads the same is waited for. A pipe or a device is written into. New files can be read by their owner only.
        progress: called with the bytes so far, and in all (None: unknown).

        Raises NotFound (deleted, or no such section), CannotWrite (disk full, `….part` is a link), ConnectionFailed (no
        progress after some attempts), UnexpectedAnswer, ConfigurationError (the call was not recorded).
        """
        part = Part.of(what, leg, rule, file)
        target = part.target(to)
        with PartFile(target) as saved:
            while not saved.acquire():
                await sleep(_ANOTHER_DOWNLOADS)
            if saved.is_done:
                return target
            while True:
                reading = Reading(saved.start())
                resumed = reading.at > 0
                try:
                    async with aclosing(self._pieces(part, reading)) as pieces:
                        async for piece in pieces:
                            saved.take(piece)
                            if progress is not None:
                                progress(reading.at, reading.total)
                    return await run_blocking(partial(saved.finish, reading.at))
                except StalePart:  # the file holds another recording
                    if not resumed:
                        raise saved.spoiled() from None
                except AnsweredWithError as error:
                    if not (resumed and error.status == 416):  # it holds more bytes than this one has
                        raise
                saved.discard()

    async def download_all(
        self,
        what: Iterable[Call | Part | str],
        to: str | os.PathLike[str],
        *,
        leg: Leg = "whole",
        at_once: int = 4,
    ) -> AsyncGenerator[tuple[Call | Part | str, Path | PascomError]]:
        """Save many recordings into the folder `to`, `at_once` at a time; yields each with its file, or its error.

        Calls without a recording are left out; a file that exists is not fetched again.
        """
        folder = Path(to)
        with writing(folder):
            folder.mkdir(parents=True, exist_ok=True)

        async def save(recording: Call | Part | str) -> tuple[Call | Part | str, Path | PascomError]:
            try:
                return recording, await self.download(recording, folder, leg=leg)
            except PascomError as error:
                return recording, error

        recordings = (item for item in what if not isinstance(item, Call) or item.recording)
        running: set[Running[tuple[Call | Part | str, Path | PascomError]]] = set()
        try:
            while True:
                running.update(start(save, item) for item in islice(recordings, at_once - len(running)))
                if not running:
                    return
                running.remove(done := await first_done(running))
                yield await result_of(done)
        finally:
            await cancel_all(running)

    def open(
        self, what: Call | Part | str, *, leg: Leg = "whole", rule: int = 1, file: int = 1
    ) -> AsyncRecordingStream:
        """Read a recording while it arrives: `async with pbx.recordings.open(call) as wav: await wav.read(65536)`.

        A broken connection is resumed where it broke. Raises as `download`, while reading.
        """
        return AsyncRecordingStream(self._pieces(Part.of(what, leg, rule, file), Reading()))

    def _streaming(self, part: Part, reading: Reading, **headers: str) -> Any:
        arguments = self._operations.request("monitor.get_recording", *part.path)
        arguments["headers"] = {**reading.headers, **headers}
        return self._http.streaming(**arguments)

    async def _find(self, part: Part) -> Part | None:
        reading = Reading()
        try:
            async with self._streaming(part, reading, Range="bytes=0-0") as (answer, _):
                reading.begin(answer)
        except NotFound:
            return None
        return replace(part, size=reading.total)

    async def _pieces(self, part: Part, reading: Reading) -> AsyncGenerator[bytes]:
        """The recording from `reading.at` on; broken connections are resumed."""
        failures = 0
        while True:
            before = reading.at
            try:
                async with self._streaming(part, reading) as (answer, chunks):
                    skip = reading.begin(answer)
                    async for chunk in chunks:
                        new = chunk[skip:]
                        skip -= len(chunk) - len(new)
                        reading.at += len(new)
                        if new:
                            yield new
                    reading.end(answer)
                    return
            except (ConnectionFailed, ServerError):
                failures += 1
                if reading.at > before:
                    failures = 0
                if failures > self._retries:
                    raise
            await sleep(0.1 * failures)


class AsyncRecordingStream:
    """A recording that is being read: `read()`, and iteration over pieces."""

    def __init__(self, pieces: Any) -> None:
        self._pieces = pieces
        self._rest = bytearray()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *exception: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Release the connection."""
        await self._pieces.aclose()

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while piece := await self.read(65_536):
            yield piece

    @discreet
    async def read(self, size: int = -1) -> bytes:
        """At most `size` bytes (all the rest by default); `b""` at the end."""
        while size < 0 or len(self._rest) < size:
            piece = await anext(self._pieces, b"")
            if not piece:
                break
            self._rest += piece
        end = len(self._rest) if size < 0 else size
        data = bytes(self._rest[:end])
        del self._rest[:end]
        return data
