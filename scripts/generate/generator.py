"""A job of the worker's (`worker/jobs.py`), in the generator's own process: it takes a document, and writes a package.

The generator silently drops what it can't model. Here that is an error that names it; a type that it can't express
becomes any value, and is reported.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import evolve
from openapi_python_client import Project
from openapi_python_client.config import Config, ConfigFile, MetaType
from openapi_python_client.parser import GeneratorData
from openapi_python_client.parser.errors import GeneratorError
from openapi_python_client.parser.properties import ModelProperty
from openapi_python_client.schema.untrusted_string import UntrustedString
from openapi_python_client.strings import PythonIdentifier

from ..lower import Generatable, lower
from ..names import OperationName
from ..repair import Repair
from .types import Decoders, classes_in, enum_values, literals, models_in, returned_type

OWN_MODULES = ("encoding.py",)  # beside those that the generator knows of
CHECKED_AS = "# pyright: standard"  # wherever it is put: what holds JSON can't do without `Any`


def main(document: Mapping[str, Any], target: str, configuration: str) -> list[Repair]:
    """Write the package; returns what its code can't express. Stops with a reason if anything documented is lost."""
    sys.setrecursionlimit(5000)
    # The generator copies each operation three times, with all models that can be reached from it: minutes for some
    # hundred models that refer to each other. None of that is changed afterwards but a parameter's own name.
    ModelProperty.__deepcopy__ = lambda self, memo: evolve(self)  # type: ignore[attr-defined]
    generatable = lower(document)
    settings = Path(configuration)
    config = Config.from_sources(
        ConfigFile.load_from_path(settings / "generator.yaml"),
        MetaType.NONE,
        document_source=Path("document.json"),
        file_encoding="utf-8",
        overwrite=False,
        output_path=Path(target),
    )
    data = parsed(generatable, config)
    facts = with_types(data, generatable)
    name_properties(data, generatable)
    project = Project(openapi=data, config=config, custom_template_path=settings / "templates")
    project.env.globals.update(
        facts=facts,
        classes_in=classes_in,
        decoder=Decoders(generatable.discriminators),
        known_values=generatable.known_values,
        literals=literals,
        models_in=models_in,
        enum_values=enum_values,
        returned_type=returned_type,
    )
    problems = project.build()
    if problems:
        dropped = [" ".join(f"{problem.header} {problem.detail or ''}".split()) for problem in problems]
        raise SystemExit(f"it would drop {'; '.join(dropped)}")
    for name in OWN_MODULES:
        code = project.env.get_template(f"{name}.jinja").render()
        (project.package_dir / name).write_text(code, encoding="utf-8")
    for file in project.package_dir.rglob("*.py"):
        file.write_text(f"{CHECKED_AS}\n{file.read_text(encoding='utf-8')}", encoding="utf-8")
    return generatable.losses.as_repairs(document)


def parsed(generatable: Generatable, config: Config) -> GeneratorData:
    """The document as the generator models it; types it refuses become any value, so that no operation is lost.

    As far as is known, lowering leaves nothing that it refuses; this is for the rest.
    """
    for _ in range(3):
        data = GeneratorData.from_dict(generatable.document, config=config)
        if isinstance(data, GeneratorError):
            raise SystemExit(f"{data.header}: {data.detail}")
        refused = _refused(data, generatable.document)
        if not any(refused):
            return data
        _loosen(*refused, generatable)
    classes, operations = refused
    raise SystemExit(f"it would drop {', '.join([*classes, *map(str, operations)])}")


def _refused(data: GeneratorData, document: Mapping[str, Any]) -> tuple[list[str], list[OperationName]]:
    """The classes and the operations that the generator dropped, or would give less than all their types."""
    modelled = {str(model.class_info.name) for model in (*data.models, *data.enums)}
    complete = set()
    for collection in data.endpoint_collections_by_tag.values():
        for endpoint in collection.endpoints:
            if not endpoint.errors:
                complete.add((str(collection.tag), str(endpoint.name)))
    classes = document["components"]["schemas"].keys() - modelled
    names = [_name(item["get"]) for item in document["paths"].values()]
    return sorted(classes), [name for name in names if name not in complete]


def _name(operation: Mapping[str, Any]) -> OperationName:
    return OperationName(operation["tags"][0], operation["operationId"])


def _loosen(classes: list[str], operations: list[OperationName], generatable: Generatable) -> None:
    """Make the types of these any value."""
    for name in classes:
        generatable.document["components"]["schemas"][name] = {"type": "object"}
        generatable.wire_names[name] = {}
        _note_loss(generatable, name, "any object")
    for item in generatable.document["paths"].values():
        operation = item["get"]
        if _name(operation) in operations:
            for holder in _typed_parts(operation):
                holder["schema"] = {}
            _note_loss(generatable, _name(operation), "any value")


def _typed_parts(operation: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The parameters and media types of a lowered operation."""
    with_content = list(operation["responses"].values())
    if "requestBody" in operation:
        with_content.append(operation["requestBody"])
    media = [part["content"]["application/json"] for part in with_content]
    return [*operation["parameters"], *media]


def _note_loss(generatable: Generatable, name: str | OperationName, made: str) -> None:
    generatable.losses.add(generatable.sources[name], f"a type that the generator refuses, of {name}", made)


def with_types(data: GeneratorData, generatable: Generatable) -> dict[OperationName, dict[str, Any]]:
    """Each operation's fact for the templates, its parameters with their types."""
    facts = {}
    for collection in data.endpoint_collections_by_tag.values():
        for endpoint in collection.endpoints:
            name = OperationName(str(collection.tag), str(endpoint.name))
            fact = facts[name] = protected(generatable.operations[name])
            for parameter, prop in zip(fact["parameters"], endpoint.query_parameters, strict=True):
                parameter["prop"] = prop
                _set_names(prop, parameter["python_name"], parameter["name"].get_untrusted_value())
    return facts


def name_properties(data: GeneratorData, generatable: Generatable) -> None:
    """Give properties their names in the document back; the generator knows them by their Python names."""
    for model in data.models:
        wire = generatable.wire_names.get(str(model.class_info.name), {})
        for field in ("required_properties", "optional_properties"):
            own = [evolve(prop) for prop in getattr(model, field)]  # the generator shares them between models
            for prop in own:
                python_name = prop.name.get_untrusted_value()
                _set_names(prop, python_name, wire[python_name])
            object.__setattr__(model, field, own)


def _set_names(prop: Any, python_name: str, wire_name: str) -> None:
    as_it_is = str.__new__(PythonIdentifier, python_name)  # names.py has seen to it that it is an identifier
    object.__setattr__(prop, "python_name", as_it_is)
    object.__setattr__(prop, "name", UntrustedString(wire_name))


def protected(fact: Any) -> dict[str, Any]:
    """A fact for the templates: no text of the document can get into code without being escaped."""

    def value(inner: Any, key: str) -> Any:
        if isinstance(inner, dict):
            named = str if key == "encoding" else UntrustedString  # the encoder's arguments, or the document's names
            return {named(name): value(one, "") for name, one in inner.items()}
        if isinstance(inner, list):
            return [value(one, key) for one in inner]
        if isinstance(inner, str):
            return inner if key in ("python_name", "place", "method") else UntrustedString(inner)
        return protected(inner) if hasattr(inner, "__dataclass_fields__") else inner

    return {key: value(inner, key) for key, inner in vars(fact).items()}
