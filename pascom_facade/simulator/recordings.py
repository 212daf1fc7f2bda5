"""Recordings: WAV files of any size, computed from the offset, so that 500 MB need no memory.

8 kHz, 16 bit, mono: one minute is about 1 MB, as the vendor says. Each block of 64 KiB begins with a mark of its own,
so a download that resumes at a wrong offset can't look right.
"""

from __future__ import annotations

import hashlib
import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from .calls import CallLog
from .options import Options

_RATE = 8000
_HEADER = 44
_BLOCK = 65_536
LEGS = {"na": "", "r": "r_", "t": "t_"}


@dataclass(frozen=True)
class Recording:
    """One section of a recorded call, whole (`na`) or one leg (`r` caller, `t` callee)."""

    record_id: str
    rule: int
    file: int
    size: int

    @property
    def filename(self) -> str:
        """As the server names it: id, rule and file without separators (A)."""
        return f"{self.record_id}{self.rule}{self.file}.wav"

    def chunks(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` to `stop`."""
        if stop is None or stop > self.size:
            stop = self.size
        while start < stop:
            block, inside = divmod(start, _BLOCK)
            piece = self._block(block)[inside : inside + stop - start]
            yield piece
            start += len(piece)

    def sha256(self) -> str:
        digest = hashlib.sha256()
        for chunk in self.chunks():
            digest.update(chunk)
        return digest.hexdigest()

    def _block(self, number: int) -> bytes:
        phase = (number * _BLOCK) % len(self._tone)
        mark = f"{self.record_id[-12:]}#{number:x}".encode()[-32:].ljust(32, b".")
        wrapping = max(0, phase + _BLOCK - len(self._tone))
        tone = self._tone[phase : phase + _BLOCK] + self._tone[:wrapping]
        front = mark
        if number == 0:
            front = self._header + mark
        return front + tone[len(front) :]

    @cached_property
    def _header(self) -> bytes:
        data = self.size - _HEADER
        riff = struct.pack("<4sI4s", b"RIFF", (36 + data) & 0xFFFFFFFF, b"WAVE")
        audio_format = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, _RATE, _RATE * 2, 2, 16)
        return riff + audio_format + struct.pack("<4sI", b"data", data & 0xFFFFFFFF)

    @cached_property
    def _tone(self) -> bytes:
        """A little more than one block of a sine whose pitch depends on the recording."""
        digest = hashlib.sha256(self.filename.encode()).digest()
        pitch = 300 + 20 * (int.from_bytes(digest[:2]) % 30)
        samples = (round(6000 * math.sin(2 * math.pi * pitch * n / _RATE)) for n in range(40_000))
        return struct.pack("<40000h", *samples)


class Archive:
    """Finds recordings by the parts of their address."""

    def __init__(self, calls: CallLog, options: Options) -> None:
        self._calls = calls
        self._size = options.recording_size
        self._legs = options.assumed.separate_legs
        self._rule = options.assumed.recording_rule

    def find(self, record_id: str, rule: str, file: str) -> Recording | None:
        """`monitor/{record_id}/{rule}/{file}/wav`; None if there is no such recording."""
        if rule != str(self._rule) or not file.isdecimal():
            return None
        whole_id = record_id
        if record_id.startswith(("r_", "t_")):
            if not self._legs or file != "1":
                return None
            whole_id = record_id[2:]
        sections = self.sections(whole_id)
        if not 1 <= int(file) <= len(sections):
            return None
        section = sections[int(file) - 1]
        return Recording(record_id, self._rule, int(file), section.size)

    def sections(self, record_id: str) -> list[Recording]:
        """A call's sections: one, or two for every fifth call. Only one rule records here."""
        call = self._calls.recorded(record_id)
        if call is None:
            return []
        count = 1 if call.id % 5 else 2
        size = self._size or _HEADER + call.kind.connected * _RATE * 2 // count
        return [Recording(record_id, self._rule, number, max(size, _HEADER + 2)) for number in range(1, count + 1)]
