"""The process that generates: what it says, to whoever asks."""

from __future__ import annotations

import os
import select

import pytest

from scripts.errors import DocumentUnusable
from scripts.worker.worker import Worker


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process a job where there is no fork")
def test_it_says_nothing_but_answers() -> None:
    """Forks may share it: what one of them has buffered beside its answer, the others would wait for."""
    with Worker() as worker:
        for _ in range(2):
            with pytest.raises(DocumentUnusable):
                worker.does("check", {}, "nowhere")
            stdout = worker._process.stdout
            assert stdout is not None
            assert select.select([stdout.fileno()], [], [], 0.3)[0] == []
