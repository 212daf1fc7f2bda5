# Made from pascom_facade/_async/package.py by `python -m scripts.unasync`: edit that file.
"""What a generated package is to type checkers: `services` is typed as the package's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol

    from pascom_client import Api as BuiltIn
    from typing_extensions import TypeVar  # type checkers bring it

    ApiT = TypeVar("ApiT", default=BuiltIn)
    OtherApi = TypeVar("OtherApi")
    Offered = TypeVar("Offered", covariant=True)

    class Package(Protocol[Offered]):
        """A generated package, as `import acme_client` gives it."""

        @property
        def Api(self) -> Callable[..., Offered]: ...
else:
    from typing import TypeVar

    ApiT = TypeVar("ApiT")
