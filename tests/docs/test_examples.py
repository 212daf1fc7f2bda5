"""Every example of the README and the site runs against a simulated instance, or a row says why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from pascom_facade.simulator import Simulator
from tests.helpers.mailbox import mailbox

from .examples import NEEDED, NOT_RUN, NOT_RUN_LANGUAGES, SCHEDULED, Reader, examples, not_run

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted(path for path in (ROOT / "docs").rglob("*.md") if path.parent.name != "services")]
RUN = ("sh", "python", *SCHEDULED)


def has_examples(page: Path) -> bool:
    return any(example.language in RUN for example in examples(page))


@pytest.mark.parametrize("page", [*filter(has_examples, PAGES)], ids=lambda page: page.stem)
def test_examples_run(page: Path, tmp_path: Path) -> None:
    for what, library in NEEDED.items():
        if any(what in example.text for example in examples(page)):
            pytest.importorskip(library)
    calls = 60
    if page.stem == "cookbook-calls":
        calls = 1500  # several weeks
    with Simulator(calls) as simulator, mailbox() as box:
        reader = Reader(tmp_path, simulator, SMTP_SERVER=box.address)
        for example in examples(page):
            reader.types(example)
        reader.finishes(page)


def test_each_language_is_run_or_said_not_to_be() -> None:
    languages = {example.language for page in PAGES for example in examples(page)}
    assert languages - {*RUN} <= {*NOT_RUN_LANGUAGES}


def test_each_line_that_is_not_run_is_there() -> None:
    lines = [line for page in PAGES for example in examples(page) for line in example.text.splitlines()]
    assert {not_run(line) for line in lines} - {None} == {*NOT_RUN}
