"""For pytest where the POSIX parts are hidden: a test that uses them itself is skipped; one whose code does, fails."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Any

import pytest

TESTS = str(Path(__file__).parents[2])
assert not hasattr(os, "fork"), "PYTHONPATH has to begin with this folder"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    report = yield
    if call.excinfo is None or not isinstance(call.excinfo.value, (AttributeError, ImportError)):
        return report
    innermost = call.excinfo.traceback[-1].path
    if str(innermost).startswith(TESTS) and _is_hidden(str(call.excinfo.value)):
        report.outcome = "skipped"
        report.longrepr = (str(innermost), 0, f"Skipped: the test itself uses what is hidden: {call.excinfo.value}")
    return report


def _is_hidden(message: str) -> bool:
    hidden = sys.modules["sitecustomize"]
    names = (*hidden.MODULES, *hidden.FUNCTIONS, *hidden.SIGNALS)
    return any(re.search(rf"\b{name}\b", message) for name in names)
