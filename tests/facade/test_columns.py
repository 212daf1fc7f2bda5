"""A client that is older than the instance says so once a model, where a typed answer has more than it knows."""

from __future__ import annotations

import asyncio
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from pascom_facade import AsyncPascom, Pascom, _columns
from pascom_facade.simulator import Simulator
from pascom_facade.simulator.options import Profile


@pytest.fixture(autouse=True)
def nothing_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_columns, "_told", set())


@pytest.mark.parametrize("profile", [18, 19])
def test_it_warns_once_where_columns_are_new(profile: Profile) -> None:
    with Simulator(calls=3, profile=profile) as simulator, told() as warned:
        with Pascom(simulator.server, simulator.instance, password=simulator.password) as pbx:
            assert pbx.services.cdr.list_cdr() and pbx.services.cdr.list_cdr()
    if profile == 18:
        assert warned == []
        return
    (warning,) = warned
    assert warning.filename == __file__
    said = str(warning.message)
    assert said.startswith("CallRecord: the instance answers columns that pascom_client doesn't know (")
    assert "`pascom regenerate`" in said and "more)" in said


def test_so_does_the_awaited_one() -> None:
    async def read(simulator: Simulator) -> None:
        async with AsyncPascom(simulator.server, simulator.instance, password=simulator.password) as pbx:
            await pbx.services.cdr.list_cdr()
            await pbx.services.cdr.list_cdr()

    with Simulator(calls=3, profile=19) as simulator, told() as warned:
        asyncio.run(read(simulator))
    assert ["CallRecord" in str(one.message) for one in warned] == [True]


@contextmanager
def told() -> Iterator[list[warnings.WarningMessage]]:
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always", UserWarning)
        yield warned
