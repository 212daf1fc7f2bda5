"""`pascom open`."""

from __future__ import annotations

import webbrowser

import pytest

from pascom_facade.cli.app import run


@pytest.mark.parametrize(("started", "status"), [(True, 0), (False, 1)])
def test_opens_the_page_and_prints_its_address(
    started: bool, status: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[str] = []

    def browser(page: str) -> bool:
        opened.append(page)
        return started

    monkeypatch.setattr(webbrowser, "open", browser)
    for name, value in {"SERVER": "pbx.example", "INSTANCE": "acme"}.items():  # no login is needed
        monkeypatch.setenv(f"PASCOM_{name}", value)
    assert run(["open"]) == status
    shown = capsys.readouterr()
    assert opened == ["https://pbx.example/acme/services/apidoc/"]
    assert shown.out == f"{opened[0]}\n"
    assert ("no browser" in shown.err) is not started
