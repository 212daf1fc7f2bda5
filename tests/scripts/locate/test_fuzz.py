"""A small run of the fuzz; `python -m tests.long.fuzz_locate` is the large one."""

from __future__ import annotations

import pytest

from tests.long.fuzz_locate import run


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_page_ends_in_a_document_or_one_clear_line(seed: int) -> None:
    run(seed)
