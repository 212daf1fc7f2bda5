"""A small run of the fuzz; `python -m tests.long.fuzz_repair` is the large one."""

from __future__ import annotations

import pytest

from tests.long.fuzz_repair import run


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_document_loses_no_operation_and_is_repaired_once_for_all(seed: int) -> None:
    run(seed)
