"""A document from a file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from .errors import DocumentUnusable, WrongUsage


def read_document(file: Path) -> dict[str, Any]:
    """The document in `file`, JSON or YAML."""
    try:
        content = file.read_bytes()
    except OSError as problem:
        raise WrongUsage(f"{file} can't be read: {problem.strerror}") from None
    document = decode(content)
    if not isinstance(document, dict):
        raise DocumentUnusable(f"{file} holds no OpenAPI document")
    return document


def decode(content: bytes) -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        return json.loads(content.decode("utf-8-sig"))
    except ValueError:
        try:
            return YAML(typ="safe").load(content)
        except (YAMLError, ValueError) as problem:
            raise DocumentUnusable(f"neither JSON nor YAML: {' '.join(str(problem).split())[:200]}") from None
