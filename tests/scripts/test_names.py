"""Names follow from the operation alone: not from the order, not from parameters' names, never two alike."""

from __future__ import annotations

import keyword
import random
from typing import Any

import pytest

from scripts.names import OperationName, operation_names, parameter_names, property_names, snake_case

PATHS = [
    "/a/b",
    "/a_b",
    "/a-b",
    "/a/b/",
    "/jobs",
    "/jobs/",
    "/a/{x}",
    "/a/{x}/b",
    "/a/{x}/{y}",
    "/",
    "/日本",
    "/ａ/b",
]


def document(*operations: tuple[str, str, dict[str, Any]]) -> dict[str, Any]:
    paths: dict[str, Any] = {}
    for path, method, operation in operations:
        paths.setdefault(path, {})[method] = operation
    return {"paths": paths}


def name(path: str, method: str, operation: dict[str, Any]) -> OperationName:
    return operation_names(document((path, method, operation)))[path, method]


@pytest.mark.parametrize(
    ("path", "method", "operation", "expected"),
    [
        ("/cdr/", "get", {"tags": ["/cdr"], "operationId": "listCdr"}, "cdr.list_cdr"),
        ("/cdr/", "get", {}, "default.get_cdr"),
        ("/identity/{user}", "get", {}, "default.get_identity_item"),
        ("/identity/{user}/states", "get", {}, "default.get_identity_states"),
        ("/", "get", {}, "default.get_root"),
        ("/a", "get", {"operationId": "class"}, "default.class_"),
        ("/a", "get", {"operationId": "2fa"}, "default.operation_2fa"),
        ("/a", "get", {"operationId": "日本"}, "default.get_a"),
        ("/a", "get", {"operationId": "ｇｅｔ"}, "default.get"),
        ("/a", "get", {"operationId": "b4e6033562a5783fdcd71631f35866f1"}, "default.get_a"),
        ("/a", "get", {"operationId": "../../evil"}, "default.evil"),
        ("/a", "get", {"tags": ["3cx"]}, "tag_3cx.get_a"),
        ("/a", "get", {"tags": ["AUX"], "operationId": "con."}, "tag_aux.operation_con"),
        ("/a", "get", {"tags": ["com¹"], "operationId": "LPT9"}, "tag_com1.operation_lpt9"),
    ],
)
def test_name(path: str, method: str, operation: dict[str, Any], expected: str) -> None:
    assert str(name(path, method, operation)) == expected


def test_renaming_a_parameter_renames_no_function() -> None:
    for path in ("/a/{}", "/a/{}/b", "/a/{}/b/{}"):
        assert name(path.replace("{}", "{user}"), "get", {}) == name(path.replace("{}", "{name}"), "get", {})


def test_no_two_are_alike_whatever_the_order() -> None:
    operations: list[tuple[str, str, dict[str, Any]]] = [
        (path, method, {}) for path in PATHS for method in ("get", "post")
    ]
    operations += [(f"/x{n}", "get", {"operationId": given}) for n, given in enumerate(["getUser", "get_user"] * 3)]
    expected = operation_names(document(*operations))
    assert len({(one.tag, one.function.casefold()) for one in expected.values()}) == len(operations)
    for seed in range(5):
        random.Random(seed).shuffle(operations)
        assert operation_names(document(*operations)) == expected


def test_a_pinned_name_is_never_taken_away() -> None:
    operations: list[tuple[str, str, dict[str, Any]]] = [
        ("/cdr/", "get", {"tags": ["cdr"], "operationId": "list_cdr", "x-pinned": True}),
        ("/cdr/all", "get", {"tags": ["cdr"], "operationId": "list_cdr"}),
        ("/cdr/more", "get", {"tags": ["/cdr"], "operationId": "listCdr"}),
    ]
    names = operation_names(document(*operations))
    assert str(names["/cdr/", "get"]) == "cdr.list_cdr"
    assert len(set(names.values())) == 3


def test_names_are_bounded_ascii_identifiers() -> None:
    for given in ("a" * 300, "x" * 59 + "_list", "Überweisung ausführen", "a.b:c d/e", "ｄｉｃｔ"):
        function = name("/a", "get", {"operationId": given}).function
        assert function.isascii()
        assert function.isidentifier()
        assert not keyword.iskeyword(function)
        assert len(function) <= 70


def test_parameters_with_one_name_are_told_apart() -> None:
    keys = [
        ("query", "StartTime"),
        ("query", "StartTime<"),
        ("query", "StartTime>"),
        ("path", "id"),
        ("query", "id"),
    ]
    names = parameter_names(keys, taken=("client", "body"))
    assert len(set(names.values())) == len(keys)
    assert all(one.isidentifier() for one in names.values())
    assert parameter_names([("query", "body")], taken=("body",)) == {("query", "body"): "body_query"}
    assert parameter_names(reversed(keys), taken=("client", "body")) == names


def test_properties_avoid_what_a_model_has_itself() -> None:
    names = property_names(
        ["to_dict", "from_dict", "additional_properties", "003use_bez", "class", "a", "A", "d", "cls"]
    )
    assert len(set(names.values())) == 9
    assert not {"to_dict", "from_dict", "additional_properties", "class"} & set(names.values())
    assert names["003use_bez"] == "field_003use_bez"
    assert (names["d"], names["cls"]) == ("d", "cls")


def test_snake_case_agrees_with_the_generator() -> None:
    strings = pytest.importorskip("openapi_python_client.strings")
    for text in (
        "getUserById",
        "HTTPServer",
        "userID2",
        "FOOBar",
        "a1B2",
        "XMLHttpRequest",
        "list_all-things",
        "aB",
    ):
        assert snake_case(text) == strings.snake_case(text)


@pytest.mark.parametrize(
    ("before", "added"),
    [
        (("query", "Limit"), ("header", "limit")),
        (("query", "Limit"), ("cookie", "limit")),
        (("header", "X-Id"), ("cookie", "x_id")),
        (("path", "userId"), ("query", "user_id")),
        (("path", "userId"), ("header", "user_id")),
        (("path", "id"), ("query", "id")),
        (("query", "from"), ("header", "from_")),
        (("query", "a"), ("header", "A")),
        (("query", "a"), ("query", "A")),
    ],
)
def test_a_parameter_that_is_added_takes_no_others_name(before: tuple[str, str], added: tuple[str, str]) -> None:
    [name] = parameter_names([before]).values()
    for keys in ([before, added], [added, before]):
        names = parameter_names(keys)
        assert names[before] == name
        assert names[added] != name


def test_two_are_added() -> None:
    keys = [("path", "Id"), ("query", "id"), ("header", "ID")]
    names = parameter_names(keys)
    assert names == parameter_names(reversed(keys))
    assert names == {("path", "Id"): "id", ("query", "id"): "id_query", ("header", "ID"): "id_header"}
