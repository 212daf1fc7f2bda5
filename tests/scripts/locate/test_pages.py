"""Locate on pages of every kind, over real sockets."""

from __future__ import annotations

import pytest

from scripts.errors import DocumentNotFound
from scripts.fetch.fetcher import Fetcher
from scripts.locate import locate
from tests.scripts.locate.cases_around import AROUND, ERRORS
from tests.scripts.locate.cases_built import BUILT
from tests.scripts.locate.cases_swagger_ui import SWAGGER_UI
from tests.scripts.locate.cases_viewers import VIEWERS
from tests.servers.locate_server import Case, served


@pytest.mark.parametrize("case", [*SWAGGER_UI, *VIEWERS, *AROUND, *BUILT], ids=lambda case: case.name)
def test_finds_what_the_page_shows(case: Case) -> None:
    with served(case.routes, case.catch_all) as site, Fetcher(site.origin) as fetcher:
        located = locate(site.origin + case.entry, fetcher)
        expected: list[str | None] = [site.origin + path for path in case.expect]
        assert [one.address for one in located] == (expected or [None])
        if case.inline:
            assert located[0].document == case.inline


@pytest.mark.parametrize("case", ERRORS, ids=lambda case: case.name)
def test_says_why_there_is_none(case: Case) -> None:
    with served(case.routes, case.catch_all) as site, Fetcher(site.origin) as fetcher:
        with pytest.raises(DocumentNotFound, match=case.error) as raised:
            locate(site.origin + case.entry, fetcher)
        assert "\n" not in str(raised.value)
