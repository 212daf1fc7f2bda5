"""What was learned of an instance is begun with, if it is surely the user's own, and wanted."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pascom_facade import AsyncPascom, CdrOptions, Pascom
from pascom_facade.cdr_habits import Habits
from pascom_facade.cdr_options import TimeFormat
from pascom_facade.memory import learned, memory_of

NEEDS_OWNERS = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="files have no owners")
HABITS = Habits(format=TimeFormat("s"), keeps="oldest", largest=250, filters={"inbound": False})


def opened(kind: Any = Pascom, **more: Any) -> Any:
    return kind("pbx.example", "voipjack", password="secret", **more)


def format_of(pbx: Any) -> str | None:
    format = pbx._cdr_knowledge.habits.format
    return format.name if format else None


@pytest.fixture
def file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A memory of an instance."""
    monkeypatch.setattr("pascom_facade._cache._PLACES", {})
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.delenv("PASCOM_CACHE", raising=False)
    pbx = opened()
    kept = memory_of(pbx._address, "moby")
    assert format_of(pbx) is None
    assert kept.write(learned(CdrOptions(), HABITS, [])) and kept.path
    return kept.path


def test_what_was_learned_is_begun_with(file: Path) -> None:
    for kind in (Pascom, AsyncPascom):
        assert opened(kind)._cdr_knowledge.habits == HABITS
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert "secret" not in file.read_text("utf-8")
    assert "pbx.example" not in file.read_text("utf-8")


def test_another_instance_user_or_address_has_a_memory_of_its_own(file: Path) -> None:
    assert format_of(opened(user="other")) is None
    assert format_of(Pascom("pbx.example", "other", password="secret")) is None
    assert format_of(Pascom("pbx.example:8443", "voipjack", password="secret")) is None


def test_it_can_be_done_without(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert format_of(opened(remember=False)) is None
    assert format_of(opened(cdr_options=CdrOptions())) is None
    monkeypatch.setenv("PASCOM_CACHE", "off")
    pbx = opened()
    assert format_of(pbx) is None
    assert memory_of(pbx._address, "moby").write({}) is False


def rewritten(**changes: Any) -> Callable[[Path], object]:
    return lambda file: file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | changes), "utf-8")


def linked(file: Path) -> None:
    other = file.with_name("other")
    file.rename(other)
    file.symlink_to(other)


@pytest.mark.parametrize(
    "spoil",
    [
        Path.unlink,
        lambda file: file.write_text(""),
        lambda file: file.write_text("[1]"),
        lambda file: file.write_bytes(b"\xff" * 100),
        lambda file: file.write_text("[" * 100_000),
        lambda file: (file.unlink(), file.mkdir()),
        rewritten(format=0),
        rewritten(names=["since", "until", "limit"]),
        rewritten(cdr=[]),
        rewritten(cdr={"format": {"name": "s", "zone": "UTC", "honours": [1, 1], "unit": 1}, "largest": "many"}),
        rewritten(cdr={"format": {"name": "s", "zone": "../secrets", "honours": [1, 1], "unit": 1}}),
        rewritten(cdr={"format": {"name": "s"}}),
        rewritten(cdr={"keeps": "some"}),
        rewritten(cdr={"unheard": 1}),
        pytest.param(
            lambda file: file.chmod(0o666), marks=pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no owners")
        ),
        pytest.param(linked, marks=pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="no such flag")),
    ],
)
def test_what_cannot_be_read_or_is_not_surely_ours_is_nothing(file: Path, spoil: Callable[[Path], object]) -> None:
    spoil(file)
    assert opened()._cdr_knowledge.habits == Habits()


def test_a_user_without_a_home_has_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", homeless)
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    assert format_of(opened()) is None
