"""The daily verbs of `pascom`, against a simulated instance."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pascom_facade.simulator import Simulator
from tests.helpers.pascom_cli import Terminal, pascom, terminal

__all__ = ["pascom", "terminal"]  # fixtures


def test_dial_sends_one_post_and_the_journal_shows_the_call(pascom: Terminal, pascom_simulator: Simulator) -> None:
    assert pascom("dial", "mpasquay", "*100").json == {"user": "mpasquay", "response": "dial commited"}
    assert [request.method for request in pascom_simulator.requests] == ["POST"]
    newest = pascom("cdr", "--limit", "1").json[0]
    assert (newest["user"], newest["number"], newest["is_final"]) == ("mpasquay", "*100", False)
    assert pascom("cdr", "--limit", "1", "--raw").json[0]["userName"] == "mpasquay"


def test_a_ringing_phone_is_answered_and_hung_up(pascom: Terminal, pascom_simulator: Simulator) -> None:
    pascom_simulator.ring("mpasquay", "101")
    assert pascom("states", "mpasquay").json == {"mpasquay": "Ringing"}
    assert pascom("answer", "mpasquay").json["response"] == "offhook commited"
    assert pascom("states", "mpasquay").json == {"mpasquay": "InUse"}
    assert pascom("hangup", "mpasquay").status == 0
    assert pascom("states", "mpasquay", "-o", "table").out.split() == ["mpasquay", "Idle"]


def test_without_since_the_journal_shows_the_newest_hundred(pascom: Terminal) -> None:
    rows = pascom("cdr").json
    assert len(rows) == 100
    assert [row["started"] for row in rows] == sorted((row["started"] for row in rows), reverse=True)


def test_ndjson_is_one_call_a_line(pascom: Terminal) -> None:
    lines = pascom("cdr", "-n", "3", "-o", "ndjson").out.splitlines()
    assert [json.loads(line)["id"] for line in lines] == [500, 499, 498]


def test_a_csv_file_is_whole_marked_as_utf8_and_private(pascom: Terminal, tmp_path: Path) -> None:
    target = tmp_path / "calls.csv"
    ended = pascom("cdr", "--limit", "50", "--to", str(target))
    assert (ended.status, ended.out, ended.err) == (0, "", "")
    assert target.read_bytes().startswith(b"\xef\xbb\xbfid,chain,started,answered,ended,")
    assert target.stat().st_mode & 0o077 == 0
    with target.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 50
    assert all(not row["number"].startswith(("+", "0", "=")) for row in rows)
    assert {row["started"][-6:] for row in rows} == {"+00:00"}
    raw = pascom("cdr", "--limit", "50", "-o", "csv", "--raw").out.splitlines()
    assert raw[0].startswith("id,timestamp,time,userId,userName,")
    assert list(tmp_path.iterdir()) == [target]


def test_a_failed_export_leaves_the_old_file(pascom: Terminal, pascom_simulator: Simulator, tmp_path: Path) -> None:
    target = tmp_path / "calls.csv"
    target.write_text("yesterday's")
    pascom_simulator.script("GET", "cdr/", times=10, status=403)
    assert pascom("cdr", "--since", "30d", "--to", str(target)).status == 4
    assert target.read_text("utf-8") == "yesterday's"
    assert list(tmp_path.iterdir()) == [target]


def test_the_summary_masks_numbers_unless_asked(pascom: Terminal) -> None:
    summary = pascom("cdr", "-n", "500", "--summary").json
    assert summary["calls"] == 500
    assert sum(summary["per_hour"].values()) == sum(summary["per_day"].values()) == 500
    external = [number for number, _ in summary["top_numbers"] if number[0].isdigit()]
    assert external and all("•" in number for number in external)
    shown = pascom("cdr", "-n", "500", "--summary", "--numbers").json
    assert any(number.startswith("0049") and number.isdigit() for number, _ in shown["top_numbers"])


def test_on_a_terminal_the_summary_has_charts_within_80_columns(pascom: Terminal) -> None:
    lines = pascom("cdr", "-n", "200", "--summary", "-o", "table").out.splitlines()
    assert lines[0].startswith("200 calls")
    assert any("█" in line for line in lines)
    assert max(len(line) for line in lines) <= 80


def test_doctor_says_what_holds(pascom: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    ended = pascom("doctor")
    assert (ended.status, ended.err) == (0, "")
    assert [finding["ok"] for finding in ended.json] == [True] * len(ended.json)
    assert {finding["check"] for finding in ended.json} >= {"client", "reachable", "login", "document"}
    count = len(pascom("services").json)
    assert ended.json[-2]["detail"].endswith(f"{count} services, all in the client")


def test_services_lists_every_operation_of_the_index(terminal: Terminal) -> None:
    services = terminal("services").json
    assert {tuple(entry) for entry in services} == {("name", "method", "path", "summary", "assumed")}
    dial = next(entry for entry in services if entry["name"] == "identity.default_device_action")
    assert (dial["method"], dial["path"]) == ("post", "/identity/{userName}/defaultdevice/action")
    assert dial["assumed"] is False


def test_services_can_be_narrowed_and_searched(terminal: Terminal) -> None:
    assert {entry["name"].split(".")[0] for entry in terminal("services", "device").json} == {"device"}
    found = terminal("services", "--search", "voicemail").json
    assert "voicemailbox.get_voicemailbox" in [entry["name"] for entry in found]


def test_the_console_script_imports_neither_httpx_nor_rich_for_a_list() -> None:
    code = (
        "import sys; from pascom_facade.cli.app import run; run(['services', '-o', 'json']);"
        "print([n for n in ('httpx', 'rich', 'msgspec', 'attrs', 'dateutil') if n in sys.modules], file=sys.stderr)"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", env=dict(os.environ))
    assert (ended.returncode, ended.stderr) == (0, "[]\n")


def test_recordings_are_listed_and_downloaded_whole(
    pascom: Terminal, pascom_simulator: Simulator, tmp_path: Path
) -> None:
    listed = pascom("recordings", "list", "--since", "3650d").json
    assert listed and all(row["recording"] and row["started"] for row in listed)
    wanted = listed[0]["recording"]
    ended = pascom("recordings", "get", wanted, "--to", str(tmp_path / "saved"))
    assert (ended.status, ended.err) == (0, "")
    (file,) = (tmp_path / "saved").iterdir()
    assert ended.out == f"{file}\n"
    recording = pascom_simulator.recording(wanted)
    assert recording is not None and file.stat().st_size == recording.size
    assert wanted in pascom("recordings", "list", "--since", "3650d", "-o", "table").out


def test_one_missing_recording_does_not_keep_the_others(pascom: Terminal, tmp_path: Path) -> None:
    wanted = pascom("recordings", "list", "--since", "3650d").json[0]["recording"]
    ended = pascom("recordings", "get", "1-1_1-1", wanted, "--to", str(tmp_path))
    assert ended.status == 4
    assert "404" in ended.message
    assert [file.suffix for file in tmp_path.glob("*.wav")] == [".wav"]


def test_push_sends_the_file_once(pascom: Terminal, pascom_simulator: Simulator, tmp_path: Path) -> None:
    file = tmp_path / "contacts.csv"
    file.write_text("name,number\nJörg Müller,0301234567\n", encoding="utf-8")
    ended = pascom("push", "phonebook", str(file))
    assert (ended.status, ended.json["profile"]) == (0, "phonebook")
    (pushed,) = pascom_simulator.pushes
    assert "Jörg Müller" in pushed.body.decode() and "0301234567" in pushed.body.decode()


def test_without_names_the_states_of_all_users_are_shown(pascom: Terminal) -> None:
    assert {"mpasquay", "jmueller"} <= pascom("states").json.keys()


def test_simulate_serves_what_it_says() -> None:
    command = [sys.executable, "-m", "pascom_facade.cli", "simulate", "--json", "--calls", "3"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as running:
        assert running.stdout is not None
        where = json.loads(running.stdout.readline())
        env = {**os.environ, "PASCOM_SERVER": where["server"], "PASCOM_INSTANCE": where["instance"],
               "PASCOM_PASSWORD": where["password"]}  # fmt: skip
        listed = subprocess.run([*command[:3], "cdr", "-o", "ndjson"], capture_output=True, encoding="utf-8", env=env)
        running.send_signal(signal.SIGINT)
        assert running.wait(10) == 0
    assert len(listed.stdout.splitlines()) == 3


def test_a_broken_character_in_a_name_stops_nothing(pascom: Terminal, pascom_simulator: Simulator) -> None:
    row = b'{"id": 1, "timestamp": 1562313497113, "name": "J\\ud800rg", "number": "0301234567"}'
    for output in ("json", "ndjson", "csv", "table"):
        pascom_simulator.script("GET", "cdr/", body=b"[" + row + b"]")
        ended = pascom("cdr", "-n", "1", "-o", output)
        assert (ended.status, ended.err) == (0, "")
        assert "0301234567" in ended.out
