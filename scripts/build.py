"""The second half of the story: repair -> overlay -> generate -> verify -> swap.

`build_into` builds a package into a new directory; `build` also puts it in the place of the old one, which stays
as it is when any step fails.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import traceback
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pascom_facade._extras import needs

from .checkout import CONFIGURATION, PACKAGE, Home
from .errors import DocumentUnusable, StepFailed, WrongUsage
from .generate import generate
from .generate.index import index
from .overlay.contract import Terms, requests_of
from .overlay.document import with_overlay
from .report import Report
from .swap.swap import Workspace
from .tree import operations, untyped_responses
from .verify import verify
from .worker.worker import Worker


def build(document: Mapping[str, Any], output: Path, *, plain: bool = False) -> Report:
    """Make the client for `document` and put it at `output`: the directory is the package."""
    if output.exists() and not output.is_dir():
        raise WrongUsage(f"{output} is no directory")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise WrongUsage(f"{output} can't be made: {problem.strerror}") from None
    with Workspace(output.parent) as workspace:
        prepared = workspace.fresh / PACKAGE  # a name to import it by, whatever the directory's
        _, report = build_into(document, prepared, plain=plain)
        workspace.swap({output: prepared})
    return report


def _check_any(document: Mapping[str, Any]) -> None:
    if any(True for _ in operations(document)):
        return
    others = "only webhooks" if document.get("webhooks") else "no operations"
    raise DocumentUnusable(f"the document has {others}: there is nothing that could be called")


def build_for(home: Home, base: Path, document: Mapping[str, Any], terms: Terms) -> Report:
    """Build the package of a client in `base`, where what it is made from lies already."""
    openapi, package = base / home.openapi, base / home.package
    with tempfile.TemporaryDirectory(prefix="build-", dir=base) as place:
        built = Path(place) / PACKAGE  # a name to import it by, whatever the client's own
        _, report = build_into(
            document,
            built,
            terms=terms,
            configuration=home.configuration(openapi),
            additions=home.additions(openapi),
        )
        package.mkdir(parents=True, exist_ok=True)
        for path in sorted(built.iterdir()):
            path.rename(package / path.name)
    return report


def build_into(
    document: Mapping[str, Any],
    package: Path,
    *,
    plain: bool = False,
    terms: Terms = Terms(),  # noqa: B008 - it can't be changed
    configuration: Path = CONFIGURATION,
    additions: Path | None = None,
) -> tuple[dict[str, Any], Report]:
    """Write the verified package to `package`, which must not exist; returns its document as well.

    `terms` are what it may take from the facade; `configuration` is the directory with `overlay.yaml`,
    `generator.yaml` and the templates; `additions` is an overlay that is applied after ours.
    """
    try:
        with Worker() as worker:
            complete = with_overlay(
                document, plain=plain, terms=terms, configuration=configuration, additions=additions
            )
            final = complete.document
            _check_any(final)
            left_out = generate(worker.does, final, package, configuration)
            (package / "py.typed").touch()
            text = json.dumps(index(final), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            (package / "index.json").write_text(text + "\n", encoding="utf-8")
            generated = verify(worker.does, final, package, requests_of(complete.promises))
    except RecursionError:
        raise DocumentUnusable("the document is nested too deeply") from None
    except (StepFailed, OSError):
        raise
    except ImportError as missing:
        raise StepFailed(needs("making a client", missing.name, "regenerate")) from None
    except Exception as problem:  # real documents have more oddities than we know of
        raise _unexpected(problem) from problem
    finally:
        for cache in package.rglob("__pycache__"):
            shutil.rmtree(cache)
    return final, Report(
        sum(1 for _ in operations(final)),
        generated,
        [*complete.repairs, *left_out],
        complete.warnings,
        not_offered=list(complete.not_offered),
        untyped_responses=untyped_responses(final),
    )


def _unexpected(problem: Exception) -> DocumentUnusable:
    """Names the innermost line of these steps, for a report."""
    steps = str(Path(__file__).parent)
    frames = [frame for frame in traceback.extract_tb(problem.__traceback__) if steps in frame.filename]
    file, line = Path(frames[-1].filename).name, frames[-1].lineno
    return DocumentUnusable(
        f"something in the document can't be dealt with ({type(problem).__name__} in {file}, line {line}); "
        "please report it, with the document if you may"
    )
