"""The gate's net under the overlay: what was generated makes the vendor's requests, or nothing is kept."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from scripts.build import build_into
from scripts.errors import DocumentUnusable
from tests.helpers.checkouts import REPOSITORY


def test_a_request_that_is_not_the_vendors_stops_the_build(tmp_path: Path) -> None:
    openapi = shutil.copytree(REPOSITORY / "openapi", tmp_path / "openapi")
    overlay = openapi / "overlay.yaml"
    text = overlay.read_text("utf-8")
    wanted = """'{"action":"hangup"}'"""
    assert text.count(wanted) == 1
    overlay.write_text(text.replace(wanted, """'{"action":"hangup","prefix":""}'"""), "utf-8")
    document = json.loads((openapi / "pascom.json").read_bytes())
    with pytest.raises(
        DocumentUnusable, match=r"identity\.default_device_action sends .*not what the vendor documents"
    ):
        build_into(document, tmp_path / "pascom_client", configuration=openapi)
