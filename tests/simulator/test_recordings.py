"""Recordings of the simulated instance: real WAV, the vendor's headers, ranges, any size without memory."""

from __future__ import annotations

import hashlib
import io
import tracemalloc
import wave
from collections.abc import Iterator

import httpx
import pytest

from pascom_facade.simulator import Assumed, Simulator
from tests.helpers import direct


def record_id(sim: Simulator) -> str:
    return next(sim.calls[index].record_id for index in range(len(sim.calls)) if sim.calls[index].record_id)


@pytest.fixture(scope="module")
def sim() -> Iterator[Simulator]:
    with Simulator(calls=400, seed=2) as running:
        yield running


@pytest.fixture(scope="module")
def http(sim: Simulator) -> Iterator[httpx.Client]:
    with direct.Client(base_url=sim.services, auth=(sim.user, sim.password), timeout=10) as made:
        yield made


def test_a_recording_is_a_wav_with_the_vendors_headers(sim: Simulator, http: httpx.Client) -> None:
    record = record_id(sim)
    answer = http.get(f"monitor/{record}/1/1/wav", headers={"accept": "audio/x-wav"})
    assert answer.headers["content-type"] == "audio/x-wav"
    assert answer.headers["accept-ranges"] == "bytes"
    assert answer.headers["content-disposition"] == f'attachment; filename="{record}11.wav"'
    assert answer.headers["cache-control"] == "no-store, no-cache, must-revalidate"
    assert answer.headers["expires"] == "Thu, 19 Nov 1981 08:52:00 GMT"
    assert int(answer.headers["content-length"]) == len(answer.content)
    with wave.open(io.BytesIO(answer.content)) as sound:
        assert (sound.getnchannels(), sound.getframerate(), sound.getsampwidth()) == (1, 8000, 2)
        assert sound.getnframes() * 2 + 44 == len(answer.content)


def test_the_legs_differ_and_other_rules_do_not_exist(sim: Simulator, http: httpx.Client) -> None:
    record = record_id(sim)
    heard = {http.get(f"monitor/{leg}{record}/1/1/wav").content for leg in ("", "r_", "t_")}
    assert len(heard) == 3
    for path in (
        f"{record}/2/1",
        f"{record}/1/9",
        f"{record}/1/0",
        f"r_{record}/1/2",
        "1-2_3-4/1/1",
        "x/1/1",
    ):
        assert http.get(f"monitor/{path}/wav").status_code == 404


@pytest.mark.parametrize(
    ("wanted", "part"),
    [
        ("bytes=0-", slice(0, None)),
        ("bytes=100000-100099", slice(100_000, 100_100)),
        ("bytes=65530-65545", slice(65_530, 65_546)),
        ("bytes=-10", slice(-10, None)),
        ("bytes=7-999999999999", slice(7, None)),
    ],
)
def test_a_range_is_that_part_of_the_whole(sim: Simulator, http: httpx.Client, wanted: str, part: slice) -> None:
    path = f"monitor/{record_id(sim)}/1/1/wav"
    whole = http.get(path).content
    answer = http.get(path, headers={"range": wanted})
    assert (answer.status_code, answer.content) == (206, whole[part])
    start = part.indices(len(whole))[0]
    assert answer.headers["content-range"] == f"bytes {start}-{start + len(answer.content) - 1}/{len(whole)}"


def test_what_cannot_be_satisfied_is_416_and_what_is_no_range_is_the_whole(sim: Simulator, http: httpx.Client) -> None:
    path = f"monitor/{record_id(sim)}/1/1/wav"
    size = len(http.get(path).content)
    beyond = http.get(path, headers={"range": f"bytes={size}-"})
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{size}")
    for odd in ("bytes=1-2,5-6", "lines=1-", "bytes=x"):
        assert http.get(path, headers={"range": odd}).status_code == 200


def test_a_server_may_ignore_ranges() -> None:
    with Simulator(calls=400, seed=2, assumed=Assumed(ranges=False)) as sim:
        path = f"{sim.services}monitor/{record_id(sim)}/1/1/wav"
        answer = direct.get(path, auth=(sim.user, sim.password), headers={"range": "bytes=10-"})
        assert (answer.status_code, answer.headers["accept-ranges"]) == (200, "bytes")


def test_a_large_recording_needs_no_memory_and_is_the_same_every_time() -> None:
    size = 20_000_000
    with Simulator(calls=400, seed=2, recording_size=size) as sim:
        record = record_id(sim)
        served = sim.recording(record)
        assert served is not None
        tracemalloc.start()
        digest, taken = hashlib.sha256(), 0
        with (
            direct.Client(auth=(sim.user, sim.password)) as http,
            http.stream("GET", f"{sim.services}monitor/{record}/1/1/wav") as answer,
        ):
            for chunk in answer.iter_raw():
                digest.update(chunk)
                taken += len(chunk)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert (taken, digest.hexdigest()) == (size, served.sha256())
        assert peak < 5_000_000


def test_a_recording_can_be_cut_and_resumed(sim: Simulator, http: httpx.Client) -> None:
    path = f"monitor/{record_id(sim)}/1/1/wav"
    whole = http.get(path).content
    sim.script("GET", "monitor/*", cut_after=70_000)
    taken = bytearray()
    with http.stream("GET", path) as answer, pytest.raises(httpx.RemoteProtocolError):
        for chunk in answer.iter_raw():
            taken += chunk
    assert len(taken) == 70_000
    assert taken + http.get(path, headers={"range": "bytes=70000-"}).content == whole


def test_the_sections_of_a_recording_are_those_that_can_be_had(sim: Simulator, http: httpx.Client) -> None:
    record = record_id(sim)
    for section in http.get(f"monitor/{record}").json():
        got = http.get(f"monitor/{record}/{section['ruleId']}/{section['file']}/wav")
        assert len(got.content) == section["size"]
