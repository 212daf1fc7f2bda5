"""What would go to an index: has the wheel all that users need and nothing that only we need; does the release agree?

    python -m tools.check_package WHEEL SDIST [--tag v0.2.0]

With --tag, the version is the tag's, and CHANGELOG.md has a section for it, which is printed.
"""

from __future__ import annotations

import argparse
import re
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

NEEDED = (
    "pascom_facade/__init__.py",
    "pascom_facade/py.typed",
    "pascom_facade/_scripts/project.py",
    "pascom_facade/_scripts/locate/browser/dom.js",
    "pascom_facade/_scripts/openapi/generator.yaml",
    "pascom_facade/_scripts/openapi/overlay.yaml",
    "pascom_facade/_scripts/openapi/pascom.json",
    "pascom_facade/_scripts/openapi/templates/model.py.jinja",
    "pascom_client/__init__.py",
    "pascom_client/index.json",
    "pascom_client/py.typed",
)
OURS_ALONE = re.compile(
    r"(^|/)(tests|bench|tools|docs)/|noxfile|CONTRIBUTING|PROVENANCE|/unasync\.py|/demo\.py|/previous/|__pycache__|\.regenerate"
)
TOP = {"pascom_facade", "pascom_client"}
CHANGELOG = Path("CHANGELOG.md")


def wrong_with(names: set[str]) -> Iterator[str]:
    """What is wrong with the files of a wheel."""
    for name in NEEDED:
        if name not in names:
            yield f"the wheel lacks {name}"
    for name in sorted(names):
        if OURS_ALONE.search(name):
            yield f"the wheel has {name}, which only we need"
        top = name.partition("/")[0]
        if top not in TOP and not top.endswith(".dist-info"):
            yield f"the wheel has {name} at its top"


def section(changelog: str, version: str) -> str | None:
    """What the changelog says of a version."""
    found = re.search(rf"^## {re.escape(version)}\b[^\n]*\n(.*?)(?=^## |\Z)", changelog, re.DOTALL | re.MULTILINE)
    return (found and found[1].strip()) or None


def wrong_with_release(tag: str, version: str, changelog: str) -> Iterator[str]:
    if tag.removeprefix("v") != version:
        yield f"the tag is {tag}, but the version {version} (pascom_facade/_version.py)"
    if not section(changelog, version):
        yield f"{CHANGELOG} has no section '## {version}'"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheel", type=Path)
    parser.add_argument("sdist", type=Path)
    parser.add_argument("--tag")
    options = parser.parse_args()
    with zipfile.ZipFile(options.wheel) as wheel:
        wrong = list(wrong_with(set(wheel.namelist())))
    with tarfile.open(options.sdist) as sdist:
        inside = {name.partition("/")[2] for name in sdist.getnames()}
    wrong += [f"the sdist lacks {name}" for name in ("LICENSE", "README.md", "pyproject.toml") if name not in inside]
    version = options.wheel.name.split("-")[1]
    if options.tag:
        changelog = CHANGELOG.read_text("utf-8")
        wrong += wrong_with_release(options.tag, version, changelog)
        print(section(changelog, version) or "")
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
