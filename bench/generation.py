"""The two generators of the row `regenerate`: the bare one, and this project's build of the same document."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from .measure import BASE, HERE

OPERATIONS = 60
BARE = Path(sys.executable).parent / "openapi-python-client"
WITH_RUFF = os.environ | {
    "PATH": f"{BARE.parent}{os.pathsep}{os.environ['PATH']}"
}  # it tidies its output with it
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
    """Put what the bare generator makes of our document, repaired and named as ours, into `environment`."""
    from scripts.build import prepare

    (target,) = (environment / "lib").glob("python3*/site-packages")
    with tempfile.TemporaryDirectory(prefix="bench") as directory:
        source = json.loads((HERE.parent / "openapi" / "pascom.json").read_text("utf-8"))
        document = Path(directory) / "document.json"
        document.write_text(json.dumps(prepare(source, Path(directory) / "client")[0]), encoding="utf-8")
        settings = Path(directory) / "generator.yaml"
        settings.write_text("package_name_override: pascom_client\n", encoding="utf-8")
        subprocess.run(
            [
                str(BARE), "generate", "--path", str(document), "--config", str(settings), "--meta", "none",
                "--output-path", str(target / "pascom_client"), "--overwrite",
            ],
            check=True, stdout=subprocess.DEVNULL, env=WITH_RUFF,
        )  # fmt: skip
