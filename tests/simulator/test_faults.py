"""What goes wrong on purpose goes wrong exactly so, and connections end as the vendor's server ends them."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Iterator

import httpx
import pytest

from pascom_facade.simulator import Simulator
from tests.helpers import direct

ACTION = "identity/mpasquay/defaultdevice/action"
DIAL = {"action": "dial", "destination": "*100", "prefix": "auto"}


@pytest.fixture
def sim() -> Iterator[Simulator]:
    with Simulator(calls=50, keep_alive_requests=5) as running:
        yield running


@pytest.fixture
def http(sim: Simulator) -> Iterator[httpx.Client]:
    with direct.Client(base_url=sim.services, auth=(sim.user, sim.password), timeout=10) as made:
        yield made


def test_a_scripted_answer_comes_as_often_as_said_and_then_no_more(sim: Simulator, http: httpx.Client) -> None:
    sim.script("GET", "cdr/", times=2, status=503, headers={"Retry-After": "1"}, body="busy")
    answers = [http.get("cdr/") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [503, 503, 200]
    assert (answers[0].text, answers[0].headers["retry-after"]) == ("busy", "1")
    assert sim.journal.by_fault == {"scripted": 2}


def test_a_script_is_for_one_method_and_path(sim: Simulator, http: httpx.Client) -> None:
    sim.script("POST", "cdr/", status=500)
    sim.script("GET", "identity/*", status=501, body={"why": "scripted"})
    assert http.get("cdr/").status_code == http.get("device/").status_code == 200
    assert http.get("identity/tweber").json() == {"why": "scripted"}


@pytest.mark.parametrize(("reset", "placed"), [("before", 0), ("after", 1), ("headers", 1)])
def test_a_reset_is_before_or_after_the_dial_was_handled(
    sim: Simulator, http: httpx.Client, reset: str, placed: int
) -> None:
    sim.script("POST", ACTION, reset=reset)  # type: ignore[arg-type]
    with pytest.raises(httpx.TransportError):
        http.post(ACTION, json=DIAL)
    assert sim.placed_count == placed
    assert http.post(ACTION, json=DIAL).status_code == 200


def test_a_cut_answer_announces_more_than_comes(sim: Simulator, http: httpx.Client) -> None:
    sim.script("GET", "cdr/", cut_after=100)
    with http.stream("GET", "cdr/") as answer:
        assert int(answer.headers["content-length"]) > 1000
        taken = bytearray()
        with pytest.raises(httpx.RemoteProtocolError):
            for chunk in answer.iter_raw():
                taken += chunk
    assert len(taken) == 100


def test_a_php_warning_in_front(sim: Simulator, http: httpx.Client) -> None:
    sim.script("GET", "device/", prepend=b"<b>Warning</b>\n")
    text = http.get("device/").text
    assert text.startswith("<b>Warning</b>\n[{")
    assert text.endswith("}]")


def test_headers_of_a_handled_answer_can_be_replaced(sim: Simulator, http: httpx.Client) -> None:
    sim.script("GET", "device/", headers={"Content-Type": "text/html", "X-Odd": "ü".encode().decode("latin-1")})
    answer = http.get("device/")
    assert answer.headers.get_list("content-type") == ["text/html"]
    assert len(answer.json()) == 10


def test_a_delay(sim: Simulator, http: httpx.Client) -> None:
    sim.script("GET", "device/", delay=5)
    with pytest.raises(httpx.ReadTimeout):
        http.get("device/", timeout=0.2)


def test_everyday_faults_are_seeded_and_about_as_many_as_said() -> None:
    counts = []
    for _ in range(2):
        with Simulator(calls=10, fault_rate=0.3, seed=3) as sim:
            with direct.Client(base_url=sim.services, auth=(sim.user, sim.password)) as http:
                for _ in range(200):
                    with contextlib.suppress(httpx.TransportError):
                        http.get("cdr/")
            counts.append(sim.journal.by_fault)
    assert counts[0] == counts[1]
    assert set(counts[0]) == {"reset before", "reset after", "500", "503", "cut", "php warning"}
    assert 30 < counts[0].total() < 90


def test_a_connection_ends_after_so_many_requests(sim: Simulator, http: httpx.Client) -> None:
    answers = [http.get("identity/tweber") for _ in range(7)]
    assert [answer.headers.get("keep-alive") for answer in answers] == [
        *(f"timeout=5, max={left}" for left in (5, 4, 3, 2, 1)),
        None,
        "timeout=5, max=5",
    ]
    assert answers[5].headers["connection"] == "close"


def test_an_idle_connection_ends() -> None:
    with Simulator(calls=0, keep_alive_seconds=1) as sim:
        host, port = sim.server.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), timeout=10) as raw:
            raw.sendall(b"GET /voipjack/services/ HTTP/1.1\r\nHost: x\r\n\r\n")
            begin = time.monotonic()
            while raw.recv(65536):
                pass
            assert 0.5 < time.monotonic() - begin < 5


def test_stopping_does_not_wait_for_anybody() -> None:
    with (
        Simulator(calls=0) as sim,
        direct.Client(base_url=sim.services, auth=(sim.user, sim.password)) as http,
    ):
        sim.script("GET", "cdr/", delay=30)
        with pytest.raises(httpx.ReadTimeout):
            http.get("cdr/", timeout=0.1)
        begin = time.monotonic()
        sim.stop()
        assert time.monotonic() - begin < 3


def test_the_journal_keeps_no_secret(sim: Simulator, http: httpx.Client) -> None:
    http.get("cdr/", params={"limit": "7"})
    [request] = sim.requests
    assert (request.method, request.path, request.query) == ("GET", "cdr/", "limit=7")
    assert request.headers["authorization"] == "Basic …"
    assert sim.password not in repr((sim, request, request.as_json()))


def test_another_process_can_look_and_script(sim: Simulator, http: httpx.Client) -> None:
    control = f"{sim.server}/_simulator"
    script = {"method": "POST", "path": ACTION, "status": 500, "body": {"no": 1}}
    assert direct.post(f"{control}/script", json=script).status_code == 200
    assert direct.post(f"{control}/ring", json={"user": "mpasquay", "number": "102"}).status_code == 200
    assert http.post(ACTION, json=DIAL).json() == {"no": 1}
    assert http.get("identity/states?keys=mpasquay").json() == {"mpasquay": {"state": "Ringing"}}
    [dial, states] = direct.get(f"{control}/requests").json()
    assert (dial["path"], dial["status"], dial["fault"]) == (ACTION, 500, "scripted")
    assert states["query"] == "keys=mpasquay"


RING = b'{"user": "mpasquay", "number": "102"}'


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "requests", {"host": "rebound.example"}, 400),
        ("GET", "requests", {"host": "127.0.0.1.example:80"}, 400),
        ("GET", "requests", {"host": "localhost:8080"}, 200),
        ("POST", "ring", {"content-type": "text/plain"}, 415),
        ("POST", "ring", {"content-type": "application/x-www-form-urlencoded"}, 415),
        ("POST", "script", {}, 415),
        ("POST", "ring", {"content-type": "application/json; charset=utf-8"}, 200),
        ("POST", "ring", {"content-type": "application/json", "host": "rebound.example"}, 400),
    ],
)
def test_a_web_page_cannot_control_it(
    method: str, path: str, headers: dict[str, str], status: int, sim: Simulator, http: httpx.Client
) -> None:
    sends = {"content": RING} if method == "POST" else {}
    answer = getattr(direct, method.lower())(f"{sim.server}/_simulator/{path}", headers=headers, **sends)
    assert answer.status_code == status
    rings = http.get("identity/states?keys=mpasquay").json() == {"mpasquay": {"state": "Ringing"}}
    assert rings == (status == 200 and path == "ring")
