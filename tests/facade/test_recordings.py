"""Recordings arrive whole or not at all, over sockets against the simulator."""

from __future__ import annotations

import asyncio
import hashlib
import sys
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pascom_facade import AsyncPascom, Call, ConfigurationError, NotFound, Pascom, PascomError, errors
from pascom_facade.recordings import CannotWrite, Part
from pascom_facade.simulator import Assumed, Simulator
from tests.servers.scripted_server import OK, answer, serving

WAV = "monitor/*/wav"


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def recorded(pbx: Pascom, count: int = 1) -> list[Call]:
    return [call for call in pbx.cdr() if call.recording][:count]


@pytest.fixture
def sim(request: pytest.FixtureRequest) -> Iterator[Simulator]:
    with Simulator(**getattr(request, "param", {})) as simulator:
        yield simulator


@pytest.fixture
def pbx(sim: Simulator) -> Iterator[Pascom]:
    with Pascom(sim.server, sim.instance, password=sim.password) as client:
        yield client


def original(sim: Simulator, call: Call, **part: Any) -> str:
    found = sim.recording(call.recording or "", **part)
    assert found
    return found.sha256()


def test_a_recording_is_saved_under_a_safe_name(sim: Simulator, pbx: Pascom, tmp_path: Path) -> None:
    (call,) = recorded(pbx)
    seen: list[tuple[int, int | None]] = []
    path = pbx.recordings.download(call, tmp_path, progress=lambda got, of: seen.append((got, of)))
    assert path == tmp_path / f"{call.recording}_1_1.wav"
    assert sha256(path) == original(sim, call)
    assert seen[-1] == (path.stat().st_size, path.stat().st_size)
    assert list(tmp_path.iterdir()) == [path]
    before = len(sim.requests)
    assert pbx.recordings.download(call, path) == path
    assert len(sim.requests) == before, "what is complete is not fetched again"


def test_parts_and_legs(sim: Simulator, pbx: Pascom) -> None:
    call = next(call for call in pbx.cdr() if call.recording and call.id and call.id % 5 == 0)
    parts = pbx.recordings.parts(call)
    assert [(part.leg, part.rule, part.file) for part in parts] == [
        ("whole", 1, 1),
        ("whole", 1, 2),
        ("caller", 1, 1),
        ("callee", 1, 1),
    ]
    whole = sim.recording(call.recording or "")
    assert whole and parts[0].size == whole.size
    assert pbx.recordings.parts("1-1_2-2") == []


def test_a_section_whatever_its_number_is_no_recording() -> None:
    with serving(answer("200 OK", b"RIFF", Content_Type="audio/x-wav")) as server:
        with Pascom(server.origin, "v", password="x") as pbx:
            with pytest.raises(errors.UnexpectedAnswer, match="takes no notice"):
                pbx.recordings.parts("r1")
    assert len(server.requests) == 100


def test_one_voice_only(sim: Simulator, pbx: Pascom, tmp_path: Path) -> None:
    (call,) = recorded(pbx)
    path = pbx.recordings.download(call, tmp_path, leg="caller")
    found = sim.recording(f"r_{call.recording}")
    assert found and sha256(path) == found.sha256() and path.name.startswith("r_")


@pytest.mark.parametrize("sim", [{"recording_size": 3_000_000}], indirect=True)
@pytest.mark.parametrize("colour", ["sync", "async"])
def test_twelve_cuts_are_taken_up_again(sim: Simulator, pbx: Pascom, tmp_path: Path, colour: str) -> None:
    (call,) = recorded(pbx)
    sim.script("GET", WAV, times=12, cut_after=200_000)

    async def download() -> Path:
        async with AsyncPascom(sim.server, sim.instance, password=sim.password) as apbx:
            return await apbx.recordings.download(call, tmp_path)

    path = pbx.recordings.download(call, tmp_path) if colour == "sync" else asyncio.run(download())
    assert sha256(path) == original(sim, call)
    ranges = [request.headers.get("range") for request in sim.requests if "wav" in request.path]
    assert len(ranges) == 13 and all(ranges[1:])


@pytest.mark.parametrize("sim", [{"recording_size": 1_000_000, "assumed": Assumed(ranges=False)}], indirect=True)
def test_a_server_that_ignores_range_sends_it_all_again(sim: Simulator, pbx: Pascom, tmp_path: Path) -> None:
    (call,) = recorded(pbx)
    sim.script("GET", WAV, cut_after=300_000)
    sim.script("GET", WAV, cut_after=700_000)
    assert sha256(pbx.recordings.download(call, tmp_path)) == original(sim, call)


@pytest.mark.parametrize("sim", [{"recording_size": 1_000_000}], indirect=True)
def test_what_an_earlier_run_left_is_used(sim: Simulator, pbx: Pascom, tmp_path: Path) -> None:
    (call,) = recorded(pbx)
    path = pbx.recordings.download(call, tmp_path)
    content, part = path.read_bytes(), path.with_name(path.name + ".part")
    for left in (content[:700_000], content, content[:100], b"x" * 700_000, content + b"more" * 2000):
        path.unlink()
        part.write_bytes(left)
        assert pbx.recordings.download(call, tmp_path).read_bytes() == content
        assert not part.exists()
    asked = [request.headers.get("range") for request in sim.requests if "wav" in request.path]
    assert asked[1] == f"bytes={700_000 - 4096}-"


def test_a_deleted_recording(pbx: Pascom, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="404"):
        pbx.recordings.download("1576490848-42_1576490849-49", tmp_path)
    assert not [path for path in tmp_path.iterdir() if path.suffix == ".wav"]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (answer("200 OK", b"<html>login", Content_Type="text/html"), "text/html instead of a recording"),
        (answer("200 OK", b"short", Content_Type="audio/x-wav").replace(b"th: 5", b"th: 9"), "broke"),
        (answer("200 OK", b"x", Content_Type="audio/x-wav", Content_Encoding="gzip"), "compressed with gzip"),
        (answer("200 OK", b"x", Content_Type="text/0049891234567 \t" + "x y " * 999), r"text/…[ xy]{20,60}… instead"),
        (answer("200 OK", b"x", Content_Encoding="0049891234567"), "compressed with …, which"),
        (answer("206 Partial Content", b"x" * 9, Content_Range="bytes 7-15/16"), "another range"),
        (answer("206 Partial Content", b"x", Content_Range=f"bytes 0-{'9' * 5000}/{'9' * 5000}"), "another range"),
        (answer("206 Partial Content", b"x" * 9, Content_Range="bytes 0-8/16"), "ended after 9 of 16 bytes"),
    ],
)
def test_a_wrong_answer_leaves_no_file(tmp_path: Path, wrong: bytes, message: str) -> None:
    with serving(wrong.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1)) as server:
        with (
            Pascom(server.origin, "voipjack", password="x") as pbx,
            pytest.raises(PascomError, match=message),
        ):
            pbx.recordings.download("1-1_2-2", tmp_path / "call.wav")
        assert not (tmp_path / "call.wav").exists()


def test_a_full_disk_is_told_and_gone_on_from(sim: Simulator, pbx: Pascom, tmp_path: Path) -> None:
    (call,) = recorded(pbx)
    resource: Any = pytest.importorskip("resource", exc_type=ImportError)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    import signal

    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
        with pytest.raises(CannotWrite, match=r"call\.wav\.part: File too large"):
            pbx.recordings.download(call, tmp_path / "call.wav")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, before)
    assert not (tmp_path / "call.wav").exists()
    assert sha256(pbx.recordings.download(call, tmp_path / "call.wav")) == original(sim, call)


def test_a_name_with_a_slash_at_its_end_is_a_folder(pbx: Pascom, sim: Simulator, tmp_path: Path) -> None:
    call = next(c for c in pbx.cdr() if c.recording)
    path = pbx.recordings.download(call, f"{tmp_path}/new/calls/")
    assert path.parent == tmp_path / "new" / "calls"
    assert sha256(path) == original(sim, call)


def test_a_folder_that_is_not_there(pbx: Pascom, tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="No such file or directory"):
        pbx.recordings.download("1-1_2-2", tmp_path / "nowhere" / "call.wav")


def test_many_at_once_are_bounded(sim: Simulator, pbx: Pascom, tmp_path: Path) -> None:
    calls = recorded(pbx, 12)
    results = list(pbx.recordings.download_all([*calls, "1-1_2-2"], tmp_path / "wavs", at_once=3))
    assert len(results) == 13
    failed = [error for _, error in results if isinstance(error, PascomError)]
    assert [type(error) for error in failed] == [NotFound]
    for what, path in results:
        if isinstance(path, Path):
            assert isinstance(what, Call) and sha256(path) == original(sim, what)


def test_many_at_once_async(sim: Simulator, pbx: Pascom, tmp_path: Path) -> None:
    calls = recorded(pbx, 12)

    async def run() -> list[Path]:
        async with AsyncPascom(sim.server, sim.instance, password=sim.password) as apbx:
            return [path async for _, path in apbx.recordings.download_all(calls, tmp_path) if isinstance(path, Path)]

    assert {path.name for path in asyncio.run(run())} == {f"{call.recording}_1_1.wav" for call in calls}


@pytest.mark.parametrize("sim", [{"recording_size": 1_000_000}], indirect=True)
def test_open_reads_over_cuts(sim: Simulator, pbx: Pascom) -> None:
    (call,) = recorded(pbx)
    sim.script("GET", WAV, times=3, cut_after=200_000)
    digest = hashlib.sha256()
    with pbx.recordings.open(call) as wav:
        assert wav.read(4) == b"RIFF"
        digest.update(b"RIFF")
        for piece in wav:
            digest.update(piece)
        assert wav.read() == b""
    assert digest.hexdigest() == original(sim, call)


@pytest.mark.parametrize("sim", [{"recording_size": 20_000_000}], indirect=True)
def test_memory_stays_flat(sim: Simulator, pbx: Pascom, tmp_path: Path) -> None:
    """The short form of tests/long/recording.py (500 MB, 50 cuts, measured in a process of its own)."""
    (call,) = recorded(pbx)
    sim.script("GET", WAV, times=5, cut_after=3_000_000)
    tracemalloc.start()
    try:
        path = pbx.recordings.download(call, tmp_path)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
    assert sha256(path) == original(sim, call)


@pytest.mark.parametrize(
    ("record_id", "filename"),
    [
        ("1795637026-600_1795637027-601", "1795637026-600_1795637027-601_1_1.wav"),
        ("../../etc/passwd\0", "_etc_passwd__1_1_0144372e.wav"),
        ("r.1", "r_1_1_1_5681bdfc.wav"),
        ("r_1", "r_1_1_1.wav"),
        ("R_1", "r_1_1_1_37e2b4f8.wav"),
        ("C:\\aux", "c_aux_1_1_8feaa116.wav"),
        ("\ud800", "__1_1_ae49e68e.wav"),
    ],
)
def test_names_are_safe(record_id: str, filename: str) -> None:
    assert Part(record_id).filename == filename


def test_names_are_short_and_differ() -> None:
    names = {Part("x" * 5000 + end).filename for end in ("a", "b", "ä", "Ä")}
    assert len(names) == 4
    assert max(map(len, names)) < 120


def test_a_call_without_a_recording(pbx: Pascom, tmp_path: Path) -> None:
    call = next(call for call in pbx.cdr() if not call.recording)
    with pytest.raises(ConfigurationError, match="not recorded"):
        pbx.recordings.download(call, tmp_path)
    assert list(pbx.recordings.download_all([call], tmp_path)) == []
    assert issubclass(CannotWrite, errors.PascomError)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other lengths")
def test_a_folder_that_cannot_be_made_is_one_error(tmp_path: Path) -> None:
    with serving(OK) as server, Pascom(server.origin, "v", password="x") as pbx:
        for folder in (tmp_path / ("x" * 300), "/dev/null/x"):
            with pytest.raises(CannotWrite):
                list(pbx.recordings.download_all(["r1"], folder))
        assert not server.requests


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have other lengths")
def test_a_name_that_no_file_may_have_costs_one_recording(tmp_path: Path) -> None:
    """Of the folder's name and the file's, the system takes 4,096 bytes; of a file's alone, 255."""
    folder = tmp_path
    while (left := 4096 - 26 - len(str(folder))) > 0:
        folder /= "f" * min(left, 200)
    wav = b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\nETag: x\r\n\r\nRIFF"
    with serving(*[wav] * 9) as server, Pascom(server.origin, "v", password="x") as pbx:
        for place, names in ((folder, ["r1", "x" * 300, "r2"]), (tmp_path / "n", ["r1", "x" * 300, "ü" * 200, "r2"])):
            found = dict(pbx.recordings.download_all(names, place))
            assert [isinstance(found[name], Path) for name in ("r1", "r2")] == [True, True]
            assert all(isinstance(one, (Path, CannotWrite)) for one in found.values())
