"""An answer with columns that the client's document doesn't have: the instance is newer, which is said once a model."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from functools import wraps
from inspect import iscoroutinefunction
from typing import Any, TypeVar, cast

from ._printable import printable

Service = TypeVar("Service", bound=Callable[..., Any])
MOST_ROWS = 20  # of a list: rows of one list have the same columns, or nearly
DEEPEST = 3
_told: set[type] = set()


def noticing(service: Service) -> Service:
    """The service, warning when a typed answer has columns that its model doesn't know."""
    if iscoroutinefunction(service):

        async def awaited(*args: Any, **kwargs: Any) -> Any:
            answer = await service(*args, **kwargs)
            _notice(answer)
            return answer

        return cast(Service, wraps(service)(awaited))

    def called(*args: Any, **kwargs: Any) -> Any:
        answer = service(*args, **kwargs)
        _notice(answer)
        return answer

    return cast(Service, wraps(service)(called))


def _notice(answer: object) -> None:
    for model in _models(answer, DEEPEST):
        kind = type(model)
        if kind in _told or not model.additional_properties or not _is_closed(kind):
            continue
        _told.add(kind)
        package = kind.__module__.partition(".models.")[0]
        columns = list(model.additional_properties)
        named = ", ".join(printable(str(column)) for column in columns[:3])
        if len(columns) > 3:
            named += f" and {len(columns) - 3} more"
        warnings.warn(
            f"{kind.__name__}: the instance answers columns that {package} doesn't know ({named}); they are in "
            "additional_properties. It was made from an older document: `pascom regenerate` makes it anew",
            stacklevel=5,  # who called the service, through `sendable` and `discreet`
        )


def _models(value: object, depth: int) -> Iterator[Any]:
    """The generated models in an answer, as far as they are looked at: it may nest thousands of lists."""
    if isinstance(value, list) and depth:
        for row in value[:MOST_ROWS]:
            yield from _models(row, depth - isinstance(row, list))
    elif hasattr(type(value), "_known_names"):
        yield value
        if depth > 1:
            for field in type(value).__attrs_attrs__:  # type: ignore[attr-defined]
                yield from _models(getattr(value, field.name), depth - 1)


def _is_closed(kind: Any) -> bool:
    """Whether the document names its properties; one that has any by design holds values of one type, or has none."""
    return bool(kind._known_names) and kind.__annotations__.get("additional_properties") == "dict[str, Any]"
