"""The two generators of the row `regenerate`: the bare one, and this project's build of the same document."""

from __future__ import annotations

import copy
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from .measure import BASE, HERE

OPERATIONS = 60
BARE = Path(sys.executable).parent / "openapi-python-client"
WITH_RUFF = os.environ | {"PATH": f"{BARE.parent}{os.pathsep}{os.environ['PATH']}"}  # it tidies its output with it
METHODS = {"get", "put", "post", "delete", "patch", "head", "options", "trace"}


def commands(directory: Path) -> dict[str, list[str]]:
    document = directory / "document.json"
    document.write_text(json.dumps(sixty_operations()), encoding="utf-8")
    return {
        BASE: [str(BARE), "generate", "--path", str(document), "--output-path", str(directory / "bare"), "--overwrite"],
        "ours": [
            sys.executable, "-m", "scripts.regenerate", "build", str(document), "--plain",
            "--output", str(directory / "ours" / "client"),
        ],
    }  # fmt: skip


def sixty_operations() -> dict[str, Any]:
    """Our document, with as many of its paths a second time as it takes to have 60 operations."""
    document: dict[str, Any] = json.loads((HERE.parent / "openapi" / "pascom.json").read_text("utf-8"))
    paths = document["paths"]
    for path in list(paths):
        if sum(len(METHODS & item.keys()) for item in paths.values()) >= OPERATIONS:
            break
        again = copy.deepcopy(paths[path])
        for method in METHODS & again.keys():
            again[method].pop("operationId", None)
        paths[f"/again{path}"] = again
    return document


def bare_client(environment: Path) -> None:
    """Put what the bare generator makes of our document into `environment`."""
    with _final_document() as document:
        settings = document.parent / "generator.yaml"
        settings.write_text("package_name_override: pascom_client\n", encoding="utf-8")
        subprocess.run(
            [
                str(BARE), "generate", "--path", str(document), "--config", str(settings), "--meta", "none",
                "--output-path", str(_packages(environment) / "pascom_client"), "--overwrite",
            ],
            check=True, capture_output=True, env=WITH_RUFF,
        )  # fmt: skip


def openapi_generator_client(environment: Path) -> None:
    """Put what OpenAPI Generator (a Java program, which its package on PyPI brings) makes of it into `environment`."""
    with _final_document() as document:
        made = document.parent / "made"
        subprocess.run(
            [
                str(environment / "bin" / "openapi-generator-cli"), "generate", "-g", "python", "--library", "urllib3",
                "-i", str(document), "-o", str(made), "--package-name", "pascom_ogc", "--skip-validate-spec",
            ],
            check=True, capture_output=True,
        )  # fmt: skip
        shutil.copytree(made / "pascom_ogc", _packages(environment) / "pascom_ogc", dirs_exist_ok=True)


def _packages(environment: Path) -> Path:
    (packages,) = (environment / "lib").glob("python3*/site-packages")
    return packages


@contextmanager
def _final_document() -> Iterator[Path]:
    """Our document, repaired and with our names, so that the peers get the best that there is."""
    from scripts.build import build_into

    with tempfile.TemporaryDirectory(prefix="bench") as directory:
        source = json.loads((HERE.parent / "openapi" / "pascom.json").read_text("utf-8"))
        final, _ = build_into(source, Path(directory) / "client")
        document = Path(directory) / "document.json"
        document.write_text(json.dumps(final), encoding="utf-8")
        yield document
