"""Inside the generator's own process: document on stdin, package written to the directory given.

    python -m scripts.generator_run TARGET CONFIGURATION < DOCUMENT

Prints one line for each thing the generator dropped.
"""

from __future__ import annotations

import json
import re
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError

from .names import operation_names, operations

MEMORY = 4 << 30
KNOWN_MEDIA_TYPE = re.compile(
    r"application/(.+\+)?json$|application/x-www-form-urlencoded$|multipart/form-data$|application/octet-stream$"
)


def main(target: Path, configuration: Path) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    document = json.load(sys.stdin)
    config = Config.from_sources(
        ConfigFile.load_from_path(configuration / "generator.yaml"),
        MetaType.NONE,
        document_source=Path("document.json"),
        file_encoding="utf-8",
        overwrite=False,
        output_path=target,
    )
    config.content_type_overrides |= dict.fromkeys(other_media_types(document), "application/octet-stream")
    data = GeneratorData.from_dict(with_names(document), config=config)
    if isinstance(data, GeneratorError):
        raise SystemExit(" ".join(f"{data.header}: {data.detail}".split())[:500])
    project = Project(openapi=data, config=config, custom_template_path=configuration / "templates")
    stdout, sys.stdout = sys.stdout, sys.stderr  # the generator prints its progress
    errors = project.build()
    sys.stdout = stdout
    for error in errors:
        print(" ".join(f"{error.header} {error.detail or ''}".split()))


def with_names(document: dict[str, Any]) -> dict[str, Any]:
    """The document with our names for every operation."""
    names = operation_names(document)
    for path, method, _, operation in operations(document):
        name = names[path, method]
        operation["operationId"], operation["tags"] = name.function, [name.tag]
    return document


def other_media_types(part: Any) -> Iterator[str]:
    """Media types the generator doesn't know and would drop: they are taken as bytes."""
    if isinstance(part, dict):
        content = part.get("content")
        for media_type in content if isinstance(content, dict) else ():
            if not KNOWN_MEDIA_TYPE.match(media_type):
                yield media_type
        part = list(part.values())
    if isinstance(part, list):
        for inner in part:
            yield from other_media_types(inner)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
