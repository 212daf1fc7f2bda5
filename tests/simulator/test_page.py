"""The simulator's documentation page in a real browser, where one is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from pascom_facade.simulator import Simulator
from pascom_facade.simulator.document import document
from tests.helpers import direct

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
# Nothing here may ask for anything beyond loopback.
QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --disable-extensions --virtual-time-budget=20000 --dump-dom"
)


@pytest.mark.skipif(BROWSER is None, reason="no Chromium here; the page was not looked at in a browser")
def test_the_page_shows_every_tag_and_operation_in_a_browser(tmp_path: Path) -> None:
    assert BROWSER is not None
    with Simulator(calls=0) as sim:
        address = sim.apidoc.replace("://", f"://{sim.user}:{sim.password}@")
        command = [BROWSER, *QUIET.split(), f"--user-data-dir={tmp_path}", address]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60, check=True)
    shown = set(re.findall(r'data-tag="([^"]*)"', done.stdout))
    assert shown == {tag["name"] for tag in document()["tags"]}
    assert "Failed to load" not in done.stdout
    assert "Reconstructed from public facts" in done.stdout


def test_the_page_is_swagger_ui_behind_the_login() -> None:
    with Simulator(calls=0) as sim:
        with direct.Client(base_url=sim.services, auth=(sim.user, sim.password)) as http:
            moved = http.get("apidoc")
            assert (moved.status_code, moved.headers["location"]) == (301, "/voipjack/services/apidoc/")
            page = http.get("apidoc/")
            assert page.headers["content-type"].startswith("text/html")
            for part in re.findall(r'(?:src|href|url)(?:=|: )"([^"]+)"', page.text):
                assert http.get(f"apidoc/{part}").status_code == 200, part
            bundle = http.get("apidoc/swagger-ui-bundle.js").text
            version = re.search(r'PACKAGE_VERSION:"(\d+)\.', bundle)
            assert version is not None and int(version[1]) >= 5  # what instances of today show
            assert http.get("apidoc/swagger-ui.js.map").status_code == 404
            assert http.get("apidoc/%2e%2e/pascom.json").status_code == 404
