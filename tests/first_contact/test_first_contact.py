"""A few random first contacts; `python -m tests.long.first_contact` has 500, each oddity alone, and upgrades."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pascom_facade import Pascom
from pascom_facade.simulator import Simulator

from . import verbs
from .exchange import Reply
from .instance import playing
from .oddities import TABLE, build, combination
from .worker import Worker
from .world import INSTANCE, VERBS, World, plain


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    with Worker() as running:
        yield running


@pytest.mark.parametrize("seed", range(15))
def test_every_verb_works_after_a_first_contact(seed: int, worker: Worker) -> None:
    names = combination(seed)
    wrong = worker.judge(names, seed)
    again = f"python -m tests.long.first_contact --seed {seed} --only {','.join(names)}"
    assert not wrong, "\n".join([again, *wrong])


def test_a_plain_first_contact_is_whole_and_an_upgrade_without_dial_is_refused(worker: Worker) -> None:
    assert worker.judge([], 1) == []
    assert worker.judge(["dial-missing"], 1, before=[]) == []


def test_there_are_enough_oddities_and_each_is_one() -> None:
    assert len(TABLE) >= 60
    for name in TABLE:
        world, untouched = build([name], 1), plain(1)
        published = world.publish is not None or world.behaviours or world.dump(world.document)
        assert published != untouched.dump(untouched.document), name


def test_combinations_can_be_had_again() -> None:
    assert [combination(seed) for seed in range(50)] == [combination(seed) for seed in range(50)]
    assert len({tuple(combination(seed)) for seed in range(50)}) == 50


def failing(world: World) -> dict[str, str]:
    with Simulator(250, recording_size=5000) as simulator, playing(world, simulator) as played:
        with Pascom(played.server, INSTANCE, user="moby", password=simulator.password) as pbx:
            return verbs.failures(verbs.Use(pbx, played))


def test_the_judge_sees_which_verbs_fail() -> None:
    """With the client as it is here: nothing is wrong with a plain instance, everything with one that answers 404."""
    assert failing(plain(1)) == {}
    gone = plain(1)
    gone.behaviours.append(lambda request, ask: Reply(404))
    expected = {verb for verbs_of_one in VERBS.values() for verb in verbs_of_one}
    assert failing(gone).keys() >= expected
