"""What lies where: in a checkout of ours, and in a project that has a client of its own."""

from __future__ import annotations

import keyword
from dataclasses import dataclass
from pathlib import Path

# The two folders that an update replaces together; below them paths are written with `/`.
OPENAPI = "openapi"
GENERATED = "generated"
PACKAGE = "pascom_client"  # in `generated/`

# In `openapi/`; in a project, beside the modules of the package.
DOCUMENT = "pascom.json"
OVERLAY = "overlay.yaml"
PROVENANCE = "PROVENANCE.json"
CHANGES = "CHANGES.md"
PREVIOUS = "previous"
BESIDE_MODULES = frozenset({DOCUMENT, OVERLAY, PROVENANCE, CHANGES, PREVIOUS})


def _configuration() -> Path:
    steps = Path(__file__).resolve().parent
    carried = steps / OPENAPI  # in the wheel
    if carried.is_dir():
        return carried
    return steps.parent / OPENAPI


CONFIGURATION = _configuration()
"""The directory with our overlay, `generator.yaml` and the templates."""


@dataclass(frozen=True)
class Home:
    """Where a client lies, with all that it is made from. Paths are relative to `root`, which holds the workspace."""

    root: Path
    openapi: str = OPENAPI
    package: str = f"{GENERATED}/{PACKAGE}"
    parts: tuple[str, ...] = (OPENAPI, GENERATED)
    """What an update replaces together."""
    is_project: bool = False

    @property
    def name(self) -> str:
        """What distinguishes it from others in the same `root`."""
        return self.package if self.is_project else ""

    @property
    def title(self) -> str:
        """For sentences."""
        return " and ".join(f"{part}/" for part in self.parts)

    @property
    def made(self) -> str:
        """The folder of all that is made."""
        return self.parts[-1]

    @property
    def were(self) -> str:
        """The verb of a sentence about `title`."""
        return "was" if self.is_project else "were"

    @property
    def are(self) -> str:
        return "is" if self.is_project else "are"

    @property
    def door(self) -> str:
        """How its commands are called."""
        if not self.is_project:
            return ""
        into = "" if self.package == PACKAGE else f" --into {self.package}"
        return f"pascom regenerate{into} "

    @property
    def update(self) -> str:
        """The command that makes the client anew from the document that is there."""
        return f"{self.door or 'update '}--document {self.openapi}/{DOCUMENT}"

    def is_there(self) -> bool:
        return (self.root / self.openapi / DOCUMENT).exists()

    def configuration(self, openapi: Path) -> Path:
        """Where overlay, generator's configuration and templates are, for a build from the documents in `openapi`."""
        return CONFIGURATION if self.is_project else openapi

    def additions(self, openapi: Path) -> Path | None:
        """The overlay that a project has beside ours."""
        own = openapi / OVERLAY
        if self.is_project and own.is_file():
            return own
        return None


def project_client(directory: Path) -> Home:
    """The client that a project has in `directory`, which is the package."""
    name = directory.name
    return Home(directory.parent, name, name, (name,), is_project=True)


def can_be_imported(name: str) -> bool:
    return name.isidentifier() and not keyword.iskeyword(name)
