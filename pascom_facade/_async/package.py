"""What a generated package is to type checkers: `services` is typed as the package's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Protocol

    from pascom_client import AsyncApi as BuiltIn
    from typing_extensions import TypeVar  # type checkers bring it

    ApiT = TypeVar("ApiT", default=BuiltIn)
    OtherApi = TypeVar("OtherApi")
    Offered = TypeVar("Offered", covariant=True)

    class AsyncPackage(Protocol[Offered]):
        """A generated package, as `import acme_client` gives it."""

        @property
        def AsyncApi(self) -> Callable[..., Offered]: ...
else:
    from typing import TypeVar

    ApiT = TypeVar("ApiT")
