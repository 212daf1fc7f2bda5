"""What is read is what was answered, what is sent is what was set, and the annotations say which."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.helpers.built import Built, answers, built, document, ref

TEXT, INT = {"type": "string"}, {"type": "integer"}


def body(schema: Any, **more: Any) -> dict[str, Any]:
    return {"method": "patch", "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}},
            "responses": answers(_204=None), **more}  # fmt: skip


SCHEMAS: dict[str, Any] = {
    "Call": {"type": "object", "required": ["id"], "properties": {"id": INT, "parts": ref("Parts")}},
    "Parts": {"type": "array", "items": ref("Call")},
    "Error": {"type": "object", "required": ["code"], "properties": {"code": INT}},
    "Words": {"type": "object", "properties": {"d": TEXT}, "additionalProperties": ref("Call")},
    "User": {
        "type": "object",
        "required": ["role"],
        "properties": {
            "name": TEXT,
            "role": {**TEXT, "default": "user"},
            "active": {"type": "boolean", "default": True},
            "limit": {**INT, "default": 0},
            "rate": {"type": "number", "default": 1.5},
            "language": ref("Language"),
            "state": {"oneOf": [{**TEXT, "default": "on"}, {"type": "null"}], "default": "on"},
            "tags": {"type": "array", "items": TEXT, "default": ["a"]},
            "both": {"allOf": [{**TEXT, "default": "x"}], "default": "y"},
            "nullable": {"type": ["string", "null"], "default": "n"},
            "owner": ref("Owner"),
        },
    },
    "Language": {**TEXT, "enum": ["de", "en"], "default": "de"},
    "Owner": {"type": "object", "properties": {"id": {**INT, "default": 1}}},
}
OPERATIONS: dict[str, dict[str, Any]] = {
    "patch_user": body(ref("User")),
    "patch_inline": body({"type": "object", "properties": {"a": {**INT, "default": 1}, "b": INT}}),
    "patch_all": body({"allOf": [ref("Owner"), {"properties": {"x": {**TEXT, "default": "x"}}}]}),
    "patch_list": body({"type": "array", "items": ref("Owner")}),
    "patch_form": body(ref("Owner"), requestBody={
        "content": {"application/x-www-form-urlencoded": {"schema": ref("Owner")}}, "required": True}),
    "patch_text": body({**TEXT, "default": "x"}, requestBody={
        "content": {"application/json": {"schema": {**TEXT, "default": "x"}}}}),
    "get_page": {"responses": answers(_204=None), "parameters": [
        {"name": "page", "in": "query", "description": "Which.", "schema": {**INT, "default": 1}},
        {"name": "X-Lang", "in": "header", "schema": ref("Language")},
        {"name": "seen", "in": "cookie", "schema": {"type": "boolean", "default": False}},
    ]},
    "beside_default": {"responses": answers(_200=None, _401=None, default=ref("Error"))},
    "beside_range": {"responses": answers(_202=None, _2XX=ref("Error"))},
    "range_beside": {"responses": answers(_2XX=None, default=ref("Error"))},
    "error_beside": {"responses": answers(_200=ref("Call"), _404=None, _4XX=ref("Error"))},
    "typed": {"responses": answers(_200=ref("Call"), default=ref("Error"))},
    "created": {"responses": answers(_200=ref("Call"), _201=ref("Call"), _404=None)},
    "listed": {"responses": answers(_200=ref("Parts"))},
    "words": {"responses": answers(_200=ref("Words"))},
    "or_nothing": {"responses": answers(_200=ref("Call"), _204=None)},
    "or_anything": {"responses": answers(_200=ref("Call"), _202=None)},
    "anything": {"responses": answers(_200={})},
    "only_default": {"responses": answers(default=ref("Call"))},
    "only_range": {"responses": answers(_2XX=ref("Call"))},
    "only_error": {"responses": answers(_404=ref("Error"))},
    "maybe": {"responses": answers(_200={"anyOf": [ref("Call"), {"type": "null"}]})},
    "union": {"responses": answers(_200={"type": "array", "items": {"oneOf": [ref("Call"), ref("Error")]}})},
    "sound": {"responses": {"200": {"description": "", "content": {"audio/x-wav": {}}}}},
    "text": {"responses": {"200": {"description": "", "content": {"text/plain": {}}}}},
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    with built(tmp_path_factory.mktemp("answers"), "answers_client", document(OPERATIONS, SCHEMAS)) as package:
        yield package


def sent(made: Built, operation: str, **given: Any) -> httpx.Request:
    return made.asked(operation, httpx.Response(204), **given)[1]


@pytest.mark.parametrize(
    ("fields", "content"),
    [
        ({"role": "admin", "name": "Ann"}, {"role": "admin", "name": "Ann"}),
        ({"role": "user"}, {"role": "user"}),
        ({"role": "user", "active": True}, {"role": "user", "active": True}),
        ({"role": "user", "limit": 0, "rate": 1.5}, {"role": "user", "limit": 0, "rate": 1.5}),
        ({"role": "user", "state": None, "nullable": "n"}, {"role": "user", "state": None, "nullable": "n"}),
    ],
)
def test_a_body_has_what_was_set(made: Built, fields: dict[str, Any], content: dict[str, Any]) -> None:
    assert json.loads(sent(made, "patch_user", body=made.module("models").User(**fields)).content) == content


@pytest.mark.parametrize(
    ("operation", "model", "content"),
    [
        ("patch_inline", "PatchInlineBody", b"{}"),
        ("patch_all", "PatchAllBody", b"{}"),
        ("patch_form", "Owner", b""),
        ("patch_text", None, b""),
    ],
)
def test_no_body_has_a_default(made: Built, operation: str, model: str | None, content: bytes) -> None:
    given = {"body": getattr(made.module("models"), model)()} if model else {}
    assert sent(made, operation, **given).content == content


def test_no_item_of_a_body_has_a_default(made: Built) -> None:
    owner = made.module("models").Owner
    assert sent(made, "patch_list", body=[owner(), owner(id=1)]).content == b'[{},{"id":1}]'


def test_no_parameter_has_a_default_but_it_is_told(made: Built) -> None:
    request = sent(made, "get_page")
    assert (str(request.url), "x-lang" in request.headers, "cookie" in request.headers) == (
        "http://test/get_page", False, False,
    )  # fmt: skip
    assert "page (int | Unset): Which. Default: 1." in made.function("get_page").sync.__doc__
    assert "rate (float | Unset): Default: 1.5." in made.module("models").User.__doc__


LIST, FIELDS, PAIRS = ["de", "en"], {"id": 5, "more": [1]}, [["a", "b"], ["c", "d"]]


@pytest.mark.parametrize(
    ("operation", "status", "answer"),
    [
        ("beside_default", 200, FIELDS),
        ("beside_default", 401, {"code": 1}),
        ("beside_range", 202, {"code": 1}),
        ("range_beside", 201, {"code": 1}),
        ("error_beside", 404, {"code": 1}),
        ("or_anything", 202, FIELDS),
        ("typed", 200, LIST),
        ("typed", 200, PAIRS),
        ("typed", 200, []),
        ("typed", 200, "text"),
        ("typed", 500, LIST),
        ("words", 200, LIST),
        ("words", 200, []),
        ("listed", 200, FIELDS),
        ("union", 200, [LIST, 1, None]),
        ("maybe", 200, LIST),
    ],
)
def test_what_was_not_documented_so_stays_as_it_came(made: Built, operation: str, status: int, answer: Any) -> None:
    assert made.read(operation, answer, status) == answer


@pytest.mark.parametrize(
    ("operation", "status", "answer", "model"),
    [
        ("beside_default", 500, {"code": 1}, "Error"),
        ("beside_range", 200, {"code": 1}, "Error"),
        ("range_beside", 404, {"code": 1}, "Error"),
        ("error_beside", 403, {"code": 1}, "Error"),
        ("created", 201, FIELDS, "Call"),
        ("only_default", 200, FIELDS, "Call"),
        ("words", 200, {"d": "x", "e": {"id": 1}}, "Words"),
    ],
)
def test_what_was_documented_is_its_type(made: Built, operation: str, status: int, answer: Any, model: str) -> None:
    found = made.read(operation, answer, status)
    assert (type(found).__name__, found.to_dict()) == (model, answer)


def test_a_list_in_a_field_that_is_an_object_stays_that_list(made: Built) -> None:
    answer = {"id": 1, "parts": [LIST, {"id": 2, "parts": {"id": 3}}]}
    call = made.read("typed", answer)
    assert (call.parts[0], call.parts[1].parts) == (LIST, {"id": 3})
    assert call.to_dict() == answer


@pytest.mark.parametrize(
    ("operation", "returned"),
    [
        ("typed", "Call | Error"),
        ("created", "Call"),
        ("listed", "list[Call]"),
        ("error_beside", "Call | Error"),
        ("only_default", "Call"),
        ("only_range", "Call"),
        ("union", "list[Call | Error]"),
        ("sound", "File"),
        ("text", "str"),
        ("maybe", "Call | None"),
        ("or_nothing", "Call | None"),
        ("or_anything", "Any | Call | None"),
        ("anything", "Any | None"),
        ("only_error", "Error | None"),
        ("beside_default", "Any | Error | None"),
    ],
)
def test_none_is_returned_only_where_a_success_may_have_no_body(made: Built, operation: str, returned: str) -> None:
    namespace = made.module("api.calls")
    module = made.function(operation)
    for function in (module.sync, module.asyncio, getattr(namespace.CallsApi, operation)):
        assert function.__annotations__["return"] == returned
    assert module.sync_detailed.__annotations__["return"] == f"Response[{returned}]"


CALLS = """# pyright: standard
from proj.vendor.answers_client import Client
from proj.vendor.answers_client.api.calls import listed, only_range, patch_user, typed
from proj.vendor.answers_client.models import Call, Error, User


def first(client: Client) -> int:
    patch_user.sync(client=client, body=User(role="admin"))
    answer: Call | Error = typed.sync(client=client)
    one: Call = only_range.sync(client=client)
    calls: list[Call] = listed.sync_detailed(client=client).parsed
    return calls[0].id + one.id + (answer.id if isinstance(answer, Call) else answer.code)
"""


@pytest.mark.parametrize(
    ("module", "command"),
    [
        ("mypy", ["mypy", "--strict", "--no-error-summary", "--config-file="]),
        ("basedpyright", ["basedpyright", "--pythonpath", sys.executable]),
    ],
)
def test_type_checkers_find_nothing_in_a_package_that_is_vendored(
    made: Built, tmp_path: Path, pytestconfig: pytest.Config, module: str, command: list[str]
) -> None:
    pytest.importorskip(module)
    project = tmp_path / "proj"
    shutil.copytree(made.folder / made.name, project / "vendor" / made.name)
    for folder in (project, project / "vendor"):
        (folder / "__init__.py").touch()
    (tmp_path / "calls.py").write_text(CALLS, "utf-8")
    cache = {"MYPY_CACHE_DIR": str(pytestconfig.cache.mkdir("mypy"))} if pytestconfig.cache else {}
    done = subprocess.run(
        [sys.executable, "-m", *command, "proj", "calls.py"],
        cwd=tmp_path,
        env=os.environ | cache,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout.strip() in ("", "0 errors, 0 warnings, 0 notes")
    assert done.returncode == 0
