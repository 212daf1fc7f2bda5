"""One file, one writer: several downloads of one recording, links, pipes, modes; and other files that are written."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pascom_facade import AsyncPascom, NotFound, Pascom, _locks
from pascom_facade._files import replacing
from pascom_facade._locks import try_lock
from pascom_facade.recordings import CannotWrite
from pascom_facade.simulator import Simulator

SIZE = 2_000_000
FETCH = """
import sys
from pascom_facade import Pascom
with Pascom.from_env() as pbx:
    print(pbx.recordings.download(sys.argv[1], sys.argv[2]))
"""
has_locks = hasattr(_locks, "fcntl") or hasattr(_locks, "msvcrt")
needs_locks = pytest.mark.skipif(not has_locks, reason="no locks here")
recording_of = pytest.mark.pascom_simulator(calls=60, recording_size=SIZE)


def content(pbx: Pascom) -> tuple[str, bytes]:
    """A recording's id, and what it holds."""
    record = next(call.recording for call in pbx.cdr() if call.recording)
    with pbx.recordings.open(record) as stream:
        return record, stream.read()


@pytest.fixture
def pbx(pascom_simulator: Simulator) -> Iterator[Pascom]:
    with Pascom.from_env(pascom_simulator.environment) as pbx:
        yield pbx


@recording_of
@needs_locks
def test_threads_write_one_file(pbx: Pascom, tmp_path: Path) -> None:
    record, whole = content(pbx)
    with ThreadPoolExecutor(6) as pool:
        found = set(pool.map(lambda _: pbx.recordings.download(record, tmp_path), range(6)))
    assert [path.read_bytes() for path in found] == [whole]
    assert [path.name for path in tmp_path.iterdir()] == [path.name for path in found]


@recording_of
@needs_locks
def test_processes_write_one_file(pbx: Pascom, pascom_simulator: Simulator, tmp_path: Path) -> None:
    record, whole = content(pbx)
    command = [sys.executable, "-c", FETCH, record, str(tmp_path)]
    environment = {**os.environ, **pascom_simulator.environment}
    running = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, encoding="utf-8") for _ in range(3)]
    printed = {process.communicate(timeout=60)[0] for process in running}
    assert len(printed) == 1
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [whole]


@recording_of
@needs_locks
def test_tasks_write_one_file(pbx: Pascom, pascom_simulator: Simulator, tmp_path: Path) -> None:
    record, whole = content(pbx)

    async def fetch() -> list[Path]:
        async with AsyncPascom.from_env(pascom_simulator.environment) as waiting:
            return list(await asyncio.gather(*(waiting.recordings.download(record, tmp_path) for _ in range(6))))

    found = asyncio.run(fetch())
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [whole]
    assert set(found) == set(tmp_path.iterdir())


@recording_of
def test_many_calls_with_one_recording(pbx: Pascom, tmp_path: Path) -> None:
    record, whole = content(pbx)
    saved = [path for _, path in pbx.recordings.download_all([record] * 5, tmp_path)]
    assert len(saved) == 5
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [whole]


@recording_of
@needs_locks
def test_a_lock_ends_with_its_process(pbx: Pascom, tmp_path: Path) -> None:
    record, whole = content(pbx)
    target = tmp_path / "call.wav"
    lock = (
        "import sys, time; from pascom_facade._locks import try_lock; file = open(sys.argv[1], 'ab');"
        "print(try_lock(file.fileno()), flush=True); time.sleep(600)"
    )
    command = [sys.executable, "-c", lock, f"{target}.part"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        with (tmp_path / "call.wav.part").open("ab") as other:
            assert not try_lock(other.fileno())
        killer = threading.Timer(0.5, holder.kill)
        killer.start()
        assert pbx.recordings.download(record, target).read_bytes() == whole
        assert holder.wait() != 0


@recording_of
def test_nothing_is_left_where_nothing_was_fetched(pbx: Pascom, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        pbx.recordings.download("1-2_3-4", tmp_path)
    assert not list(tmp_path.iterdir())


@recording_of
def test_a_link_is_followed(pbx: Pascom, tmp_path: Path) -> None:
    record, whole = content(pbx)
    link = tmp_path / "link.wav"
    link.symlink_to(tmp_path / "real.wav")
    pbx.recordings.download(record, link)
    assert link.is_symlink()
    assert (tmp_path / "real.wav").read_bytes() == whole


@recording_of
@pytest.mark.parametrize("kind", ["symbolic", "hard"])
def test_no_link_leads_the_unfinished_file_elsewhere(kind: str, pbx: Pascom, tmp_path: Path) -> None:
    record, _ = content(pbx)
    other, part = tmp_path / "other", tmp_path / "call.wav.part"
    other.write_bytes(b"mine")
    part.symlink_to(other) if kind == "symbolic" else part.hardlink_to(other)
    with pytest.raises(CannotWrite, match=r"call\.wav\.part"):
        pbx.recordings.download(record, tmp_path / "call.wav")
    assert other.read_bytes() == b"mine"


@recording_of
def test_a_pipe_is_written_into(pbx: Pascom, tmp_path: Path) -> None:
    record, whole = content(pbx)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(CannotWrite, match="nobody reads from this pipe"):
        pbx.recordings.download(record, pipe)
    with subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE) as reader:
        assert reader.stdout is not None
        reading = threading.Thread(target=lambda: got.append(reader.stdout.read()))  # type: ignore[union-attr]
        got: list[bytes] = []
        reading.start()
        while True:
            try:
                pbx.recordings.download(record, pipe)
                break
            except CannotWrite:  # `cat` hasn't opened it yet
                continue
        reading.join(30)
    assert got == [whole]
    assert pipe.is_fifo()


@recording_of
def test_new_files_are_their_owners(pbx: Pascom, tmp_path: Path) -> None:
    record, _ = content(pbx)
    assert pbx.recordings.download(record, tmp_path).stat().st_mode & 0o777 == 0o600


@recording_of
def test_what_another_program_writes_into_it_is_not_taken(pbx: Pascom, tmp_path: Path) -> None:
    record, _ = content(pbx)
    target = tmp_path / "call.wav"

    def spoil(read: int, _: int | None) -> None:
        if read < SIZE:
            with (tmp_path / "call.wav.part").open("ab") as file:
                file.write(b"x" * SIZE * 2)

    with pytest.raises(CannotWrite, match="another program has changed it"):
        pbx.recordings.download(record, target, progress=spoil)
    assert not target.exists()


def test_a_file_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    new, old, link = tmp_path / "new", tmp_path / "old", tmp_path / "link"
    old.write_text("old")
    old.chmod(0o644)
    link.symlink_to("old")
    for path in (new, link):
        with replacing(path) as file:
            file.write("text")
    assert (new.stat().st_mode & 0o777, old.stat().st_mode & 0o777) == (0o600, 0o644)
    assert (old.read_text("utf-8"), link.is_symlink()) == ("text", True)


def test_a_link_that_leads_nowhere_yet(tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "new")
    with replacing(link) as file:
        file.write("text")
    assert link.is_symlink()
    assert (tmp_path / "new").read_text("utf-8") == "text"


def test_a_device_is_written_into() -> None:
    with replacing(os.devnull) as file:
        file.write("text")
    assert Path(os.devnull).is_char_device()
    if Path("/dev/full").exists():
        with pytest.raises(OSError, match="No space left on device: '/dev/full'"), replacing("/dev/full") as file:
            file.write("text")
