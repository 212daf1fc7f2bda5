"""What is loaded, and made, at its first use."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import Any, Generic, TypeVar, overload

Made = TypeVar("Made")


class once(Generic[Made]):
    """`functools.cached_property` without its lock (gone in 3.12), which a thread may hold when the process forks.

    Threads that begin at once get the same one.
    """

    def __init__(self, make: Callable[[Any], Made]) -> None:
        self._make, self._name = make, make.__name__
        self.__doc__ = make.__doc__

    @overload
    def __get__(self, owner: None, kind: Any) -> once[Made]: ...
    @overload
    def __get__(self, owner: object, kind: Any) -> Made: ...
    def __get__(self, owner: object | None, kind: Any) -> once[Made] | Made:
        if owner is None:
            return self
        made: Made = vars(owner).setdefault(self._name, self._make(owner))
        return made


# The locks of modules, and of OpenSSL, stay locked in a child that is forked while another thread imports, or makes a
# context for TLS: a fork waits for that.
_importing = threading.RLock()
# What is imported at its first use without `loading`: before a fork beside other threads it is loaded here, so that no
# thread is amid it, and the child needs no lock of a module.
_AT_FIRST_USE = {
    "_sync": ("http", "lists", "watch", "recordings", "cdr"),
    "_async": ("http", "lists", "watch", "recordings", "cdr"),
    "": ("_index", "_services", "_words", "_proxies", "_meanings", "moments", "memory", "push_rows", "cdr_query"),
}


def _before_fork() -> None:
    _importing.acquire()
    if threading.active_count() < 2:
        return
    for colour, names in _AT_FIRST_USE.items():
        package = f"{__package__}.{colour}".rstrip(".")
        if colour and f"{package}.client" not in sys.modules:
            continue
        for name in names:
            with suppress(ImportError):
                import_module(f"{package}.{name}")


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_before_fork, after_in_parent=_importing.release, after_in_child=_importing.release)


@contextmanager
def loading() -> Iterator[None]:
    """Import, and make what is made once, without a fork amid it.

    (To pause Python's collector here saves 6 ms, and costs 12 when the process ends.)
    """
    with _importing:
        yield
