"""What lies where in a checkout."""

from __future__ import annotations

from pathlib import Path

# The two folders that an update replaces together; below them paths are written with `/`.
OPENAPI = "openapi"
GENERATED = "generated"
PACKAGE = "pascom_client"  # in `generated/`

# In `openapi/`.
DOCUMENT = "pascom.json"
OVERLAY = "overlay.yaml"
PROVENANCE = "PROVENANCE.json"
CHANGES = "CHANGES.md"
PREVIOUS = "previous"

CONFIGURATION = Path(__file__).resolve().parent.parent / OPENAPI
"""The directory with the overlay, `generator.yaml` and the templates."""
