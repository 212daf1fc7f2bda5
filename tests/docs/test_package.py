"""What would go to an index: the files of the wheel, version and changelog of a release, and what each extra brings."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import distribution

import pytest

from pascom_facade._extras import EXTRAS, needs
from tests.helpers.checkouts import REPOSITORY
from tools.check_package import NEEDED, section, wrong_with, wrong_with_release

# The name under which a distribution is imported, where it is another.
IMPORTED_AS = {"pyyaml": "yaml", "quickjs-ng": "quickjs", "python-jsonpath": "jsonpath"}


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((), []),
        (("pascom_facade-1.dist-info/METADATA", "pascom_facade/_async/client.py"), []),
        (
            ("tests/test_x.py",),
            ["the wheel has tests/test_x.py, which only we need", "the wheel has tests/test_x.py at its top"],
        ),
        (
            ("pascom_facade/_scripts/unasync.py",),
            ["the wheel has pascom_facade/_scripts/unasync.py, which only we need"],
        ),
        (("scripts/update.py",), ["the wheel has scripts/update.py at its top"]),
    ],
)
def test_what_the_wheel_may_have(more: tuple[str, ...], said: list[str]) -> None:
    assert list(wrong_with({*NEEDED, *more})) == said


def test_what_the_wheel_must_have() -> None:
    assert list(wrong_with(set(NEEDED[1:]))) == [f"the wheel lacks {NEEDED[0]}"]


CHANGELOG = "# Changelog\n\n## Unreleased\n\n## 0.2.0 (2026-12-01)\n\n- a\n- b\n\n## 0.1.0\n\n- c\n"


def test_a_release_has_the_tags_version_and_a_section_in_the_changelog() -> None:
    assert section(CHANGELOG, "0.2.0") == "- a\n- b"
    assert section(CHANGELOG, "0.1.0") == "- c"
    assert list(wrong_with_release("v0.2.0", "0.2.0", CHANGELOG)) == []
    assert list(wrong_with_release("v0.3.0", "0.3.0", CHANGELOG)) == ["CHANGELOG.md has no section '## 0.3.0'"]
    assert len(list(wrong_with_release("v0.2.0", "0.1.0", CHANGELOG))) == 1


@pytest.mark.parametrize("extra", EXTRAS)
def test_a_library_that_is_missing_is_known_by_its_extra(extra: str) -> None:
    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
    wanted = settings["project"]["optional-dependencies"][extra]
    names = [re.split(r"[^\w-]", each)[0] for each in wanted]
    assert sorted(IMPORTED_AS.get(name, name.replace("-", "_")) for name in names) == sorted(EXTRAS[extra])
    for library in EXTRAS[extra]:
        assert needs("it", library).startswith("it needs the extra '")


def test_no_text_tells_to_install_from_an_index_what_is_not_there() -> None:
    files = [*REPOSITORY.glob("*.md"), *(REPOSITORY / "docs").rglob("*.md")]
    files += [path for folder in ("pascom_facade", "scripts") for path in (REPOSITORY / folder).rglob("*.py")]
    wrong = [path.name for path in files if re.search(r"pip install [^\n]*pascom-facade", path.read_text("utf-8"))]
    assert wrong == []
    assert distribution("pascom-facade").metadata["License-Expression"] == "MIT"
