"""The services' pages, before the site is built: a page for each tag, from the index of the generated client.

    python -m tools.services_pages docs

writes docs/services/: every documented service of the current document, with its parameters, answers and examples.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from pascom_facade._index import Index, Operation, Schema, built_in
from pascom_facade.explore.schemas import fields, kinds, type_name, written
from pascom_facade.explore.usage import ways_to_call

DEEP = 3
# The ways to call a service, the shortest first.
TABS = [("Terminal", "sh", ("command", "pascom")), ("Python", "python", ("verb", "python")), ("curl", "sh", ("curl",))]


def write(folder: Path) -> None:
    """Write the pages below `folder`, and remove those of another document."""
    shutil.rmtree(folder / "services", ignore_errors=True)
    for path, text in pages(built_in()).items():
        file = folder / path
        file.parent.mkdir(exist_ok=True)
        file.write_text(text + "\n", "utf-8")


def pages(index: Index) -> dict[str, str]:
    """Markdown by path."""
    made = {"services/index.md": "\n".join(overview(index))}
    for tag in index.tags:
        entries = [operation for operation in index.operations.values() if operation["tag"] == tag]
        made[f"services/{tag}.md"] = "\n".join([f"# {tag}", *(line for e in entries for line in service(index, e))])
    return made


def overview(index: Index) -> Iterator[str]:
    """All services, by tag."""
    assumed = sum(operation["assumed"] for operation in index.operations.values())
    yield "# Services"
    yield ""
    yield f"Every documented service of *{plain(index.title)} {plain(index.version)}*: {len(index.operations)}, "
    yield f"{assumed} of them assumed (not documented by the vendor; marked with ?)."
    yield "Regenerate from your own instance, and these pages show what it documents."
    for tag in index.tags:
        yield f"\n## [{tag}]({tag}.md)\n"
        for operation in index.operations.values():
            if operation["tag"] == tag:
                mark = " ?" if operation["assumed"] else ""
                yield f"- [`{operation['name']}`]({tag}.md#{anchor(operation)}){mark} {plain(operation['summary'])}"


def anchor(operation: Operation) -> str:
    """The place of a service on its page."""
    return str(operation["operation"])


def service(index: Index, operation: Operation) -> Iterator[str]:
    """One service: purpose, parameters, body, answers, three ways to call it."""
    yield f"\n## {operation['operation']} {{ #{anchor(operation)} }}\n"
    yield f"`{operation['method'].upper()} {operation['path']}`"
    yield "**assumed**\n" if operation["assumed"] else "documented\n"
    for text in (operation["summary"], operation["description"]):
        if text:
            yield f"{plain(text)}\n"
    if operation["parameters"]:
        yield "**Parameters**\n"  # a list: tables are too wide for phones
        for parameter in operation["parameters"]:
            star = " *" if parameter["required"] else ""
            notes = [parameter["description"]]
            if parameter["enum"]:
                notes.append("One of " + ", ".join(written(one) for one in parameter["enum"]))
            if parameter["default"] is not None:
                notes.append(f"Default {written(parameter['default'])}")
            said = plain(". ".join(note.rstrip(". ") for note in notes if note))
            kind = plain(type_name(index, parameter["schema"]))
            yield f"- `{parameter['name']}`{star} {parameter['in']}, {kind}{': ' if said else ''}{said}"
        yield ""
    if body := operation["body"]:
        for kind, schema in body["content"].items():
            yield f"**Body** `{kind}`{'' if body['required'] else ' (optional)'}\n"
            yield from tree(index, schema)
    for response in operation["responses"]:
        yield f"**{response['status']}** {plain(response['description'])}\n"
        for kind, schema in response["content"].items():
            yield f"`{kind}` {plain(type_name(index, schema))}\n"
            yield from tree(index, schema)
    ways = ways_to_call(index, operation, {})
    for title, language, keys in TABS:
        yield f'=== "{title}"\n\n    ```{language}'
        text = "\n".join(ways[key] for key in keys if key in ways)
        yield from (f"    {line}" for line in text.splitlines())
        yield "    ```\n"


def tree(index: Index, schema: Schema) -> Iterator[str]:
    """A list of fields, nested."""
    lines = list(_branch(index, schema, 0, ()))
    if lines:
        yield from lines
        yield ""


def _branch(index: Index, schema: Any, level: int, above: tuple[str, ...]) -> Iterator[str]:
    if not isinstance(schema, dict) or level >= DEEP or schema.get("$ref", "") in above:
        return
    above = (*above, schema["$ref"]) if "$ref" in schema else above
    if "array" in kinds(index, schema):
        yield from _branch(index, index.resolved(schema).get("items", {}), level, above)
        return
    found = fields(index, schema)
    for name, part in found.properties.items():
        text = part.get("description", "") if isinstance(part, dict) else ""
        star = " *" if name in found.required else ""
        yield f"{'    ' * level}- `{name}`{star} {plain(type_name(index, part))}: {plain(text)}".rstrip(": ")
        yield from _branch(index, part, level + 1, above)


def plain(text: str) -> str:
    """The document's own words: Markdown stays, HTML doesn't, paragraphs become one."""
    code = re.split(r"(`[^`]*`)", " ".join(text.split()))  # in Markdown's code, nothing needs escaping
    return "".join(
        part
        if part.startswith("`") and part.endswith("`") and len(part) > 1
        else escape(part, quote=False).replace("[", "\\[")
        for part in code
    )


if __name__ == "__main__":
    write(Path(sys.argv[1]))
