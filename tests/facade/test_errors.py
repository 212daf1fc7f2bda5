"""The tree of errors is the one that is drawn; what a caller got wrong is in it, and named before anything is sent."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest

from pascom_facade import ConfigurationError, Pascom, PascomError, errors
from pascom_facade._discreet import sendable
from tests.servers.scripted_server import OK, serving


def drawn(error: type[BaseException], indent: str = "") -> Iterator[str]:
    below = [kind for kind in error.__subclasses__() if kind.__module__ == errors.__name__]
    for kind in below:
        last = kind is below[-1]
        other = " (a ValueError, too)" if issubclass(kind, ValueError) else ""
        yield f"{indent}{'└── ' if last else '├── '}{kind.__name__}{other}"
        yield from drawn(kind, f"{indent}{'    ' if last else '│   '}")


def test_the_tree_is_drawn_as_it_is() -> None:
    tree = "\n".join(["PascomError", *drawn(errors.PascomError)])
    assert textwrap.indent(tree, "    ") in str(errors.__doc__)
    named = {line.split(" ")[-1] for line in tree.replace(" (a ValueError, too)", "").splitlines()}
    assert named == set(errors.__all__)


UNSENDABLE: list[tuple[str, Callable[[Pascom], Any]]] = [
    ("no value of a path", lambda pbx: pbx.services.device.get_device("")),
    ("a way out", lambda pbx: pbx.services.device.get_device("..")),
    ("an encoded way out", lambda pbx: pbx.services.device.get_device("%2e%2e")),
    ("one encoded twice", lambda pbx: pbx.services.device.get_device("%252e%252e/x")),
    ("no list entry", lambda pbx: pbx.services.device.get_device(cast(Any, []))),
    ("nothing", lambda pbx: pbx.services.device.get_device(cast(Any, None))),
    ("no Unicode in a path", lambda pbx: pbx.services.device.get_device("\udcff")),
    ("no Unicode in a query", lambda pbx: pbx.services.cdr.list_cdr(limit=cast(Any, "\udcff"))),
    ("too long a path", lambda pbx: pbx.services.device.get_device("a" * 100_000)),
    ("no method", lambda pbx: pbx.request("", "cdr/")),
    ("a method of two words", lambda pbx: pbx.request("GE T", "cdr/")),
    ("a method of two lines", lambda pbx: pbx.request("GET\r\n", "cdr/")),
    ("a method that is no text", lambda pbx: pbx.request(cast(Any, None), "cdr/")),
]


@pytest.mark.parametrize(("what", "ask"), UNSENDABLE, ids=[what for what, _ in UNSENDABLE])
def test_what_cannot_be_sent_is_said_before_anything_is(what: str, ask: Callable[[Pascom], Any]) -> None:
    with serving(OK) as server, Pascom(server.origin, "v", password="x", retries=0) as pbx:
        with pytest.raises(ConfigurationError) as caught:
            ask(pbx)
        assert str(caught.value).isprintable() and not caught.value.may_have_happened
        assert caught.value.__context__ is None
        assert not server.requests


def test_a_generated_service_that_fails_by_itself_is_left_as_it_is() -> None:
    """What is wrong with an answer is nothing that the caller configured."""

    def service() -> None:
        raise ValueError("of an answer")

    with pytest.raises(ValueError, match="of an answer") as caught:
        sendable(service)()
    assert not isinstance(caught.value, PascomError)


@pytest.mark.parametrize(
    "options",
    [
        {"server": None},
        {"server": 5},
        {"instance": None},
        {"instance": b"v"},
        {"timeout": 10**400},
        {"retries": 10**400},
    ],
    ids=str,
)
def test_what_is_no_text_or_number_is_named(options: dict[str, Any]) -> None:
    with pytest.raises(ConfigurationError, match=next(iter(options))):
        Pascom(**{"server": "a.test", "instance": "v", "password": "x", **options})
