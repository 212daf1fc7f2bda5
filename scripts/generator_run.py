"""Inside the generator's own process: document on stdin, package written to the directory given.

    python -m scripts.generator_run TARGET CONFIGURATION < DOCUMENT

Prints one line for each thing the generator dropped; there should be none.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
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

from .generator_types import classes_in, decoder, enum_values, models_in
from .lower import Generatable, lower
from .names import OperationName

MEMORY = 4 << 30


def main(target: Path, configuration: Path) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.setrecursionlimit(5000)
    gc.set_threshold(100_000, 50, 100)  # a short life: collecting often costs a fifth of the time
    # The generator copies each operation three times, with all models that can be reached from it: minutes for some
    # hundred models that refer to each other. None of that is changed afterwards but a parameter's own name.
    ModelProperty.__deepcopy__ = lambda self, memo: evolve(self)  # type: ignore[attr-defined]
    generatable = lower(json.load(sys.stdin))
    config = Config.from_sources(
        ConfigFile.load_from_path(configuration / "generator.yaml"),
        MetaType.NONE,
        document_source=Path("document.json"),
        file_encoding="utf-8",
        overwrite=False,
        output_path=target,
    )
    data = parsed(generatable, config)
    facts = with_types(data, generatable)
    name_properties(data, generatable)
    project = Project(openapi=data, config=config, custom_template_path=configuration / "templates")
    project.env.globals.update(
        facts=facts,
        classes_in=classes_in,
        decoder=decoder,
        models_in=models_in,
        enum_values=enum_values,
    )
    stdout, sys.stdout = sys.stdout, sys.stderr  # the generator prints its progress
    errors = project.build()
    sys.stdout = stdout
    for error in errors:
        print(" ".join(f"{error.header} {error.detail or ''}".split()))


def parsed(generatable: Generatable, config: Config) -> GeneratorData:
    """What the generator makes of the document; types it refuses become any value, so that nothing is lost.

    The lowering leaves it nothing to refuse as far as is known; this is for what isn't.
    """
    for _ in range(3):
        data = GeneratorData.from_dict(generatable.document, config=config)
        if isinstance(data, GeneratorError):
            break
        if not _loosened(data, generatable):
            return data
    reason = (
        f"{data.header}: {data.detail}" if isinstance(data, GeneratorError) else "types can't be expressed"
    )
    raise SystemExit(" ".join(reason.split())[:500])


def _loosened(data: GeneratorData, generatable: Generatable) -> bool:
    """Whether types were refused; each of them now says nothing any more."""
    schemas = generatable.document["components"]["schemas"]
    refused = schemas.keys() - {str(one.class_info.name) for one in (*data.models, *data.enums)}
    for name in sorted(refused):
        schemas[name] = {"type": "object"}
        generatable.wire_names[name] = {}
        print(f"the type {name} can't be expressed: any object")
    sound = {
        (str(collection.tag), str(endpoint.name))
        for collection in data.endpoint_collections_by_tag.values()
        for endpoint in collection.endpoints
        if not endpoint.errors
    }
    found = False
    for item in generatable.document["paths"].values():
        operation = item["get"]
        name = operation["tags"][0], operation["operationId"]
        if name not in sound:
            found = True
            contents = [one["content"] for one in operation["responses"].values()]
            contents += [operation["requestBody"]["content"]] if "requestBody" in operation else []
            for holder in (*operation["parameters"], *(content["application/json"] for content in contents)):
                holder["schema"] = {}
            print(f"the types of {'.'.join(name)} can't be expressed: any value")
    return found or bool(refused)


def with_types(data: GeneratorData, generatable: Generatable) -> dict[OperationName, dict[str, Any]]:
    """Each operation's fact for the templates, its parameters with their types."""
    facts = {}
    for collection in data.endpoint_collections_by_tag.values():
        for endpoint in collection.endpoints:
            name = OperationName(str(collection.tag), str(endpoint.name))
            fact = facts[name] = protected(generatable.operations[name])
            for parameter, prop in zip(fact["parameters"], endpoint.query_parameters, strict=True):
                parameter["prop"] = prop
                _called(prop, parameter["python_name"], parameter["name"].get_untrusted_value())
    return facts


def name_properties(data: GeneratorData, generatable: Generatable) -> None:
    """Give properties their names in the document back; the generator knows them by their Python names."""
    for model in data.models:
        wire = generatable.wire_names.get(str(model.class_info.name), {})
        for kind in ("required_properties", "optional_properties"):
            own = [evolve(one) for one in getattr(model, kind)]  # the generator shares them between models
            for one in own:
                python_name = one.name.get_untrusted_value()
                _called(one, python_name, wire[python_name])
            object.__setattr__(model, kind, own)


def _called(one: Any, python_name: str, wire_name: str) -> None:
    as_it_is = str.__new__(PythonIdentifier, python_name)  # names.py has seen to it that it is an identifier
    object.__setattr__(one, "python_name", as_it_is)
    object.__setattr__(one, "name", UntrustedString(wire_name))


def protected(fact: Any) -> dict[str, Any]:
    """A fact for the templates: no text of the document can get into code without being escaped."""

    def value(inner: Any, key: str) -> Any:
        if isinstance(inner, list):
            return [value(one, key) for one in inner]
        if isinstance(inner, str):
            return inner if key in ("python_name", "place", "method") else UntrustedString(inner)
        return protected(inner) if hasattr(inner, "__dataclass_fields__") else inner

    known = {key: value(inner, key) for key, inner in vars(fact).items()}
    return {**known, "brings_query": "?" in getattr(fact, "path", "")}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
