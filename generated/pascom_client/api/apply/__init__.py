# pyright: standard
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ...types import UNSET, File, Unset

if TYPE_CHECKING:
    import datetime
    from uuid import UUID

    from ...client import AuthenticatedClient, Client
    from ...models.any_object import AnyObject


class ApplyApi:
    """The services of `apply`."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of apply: get_apply>"

    def get_apply(self) -> list[AnyObject]:
        """List pending changes

        Assumed: the vendor doesn't document this.

        Changes of the configuration create jobs that must be applied (path and shape assumed).

        Source: vendor screenshot of the interactive documentation, 2019 (confidence A: tag).

        Returns:
            list[AnyObject]
        """

        from .get_apply import sync as _call

        return _call(client=self._client)


class AsyncApplyApi:
    """The services of `apply`, awaitable."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of apply: get_apply>"

    async def get_apply(self) -> list[AnyObject]:
        """List pending changes

        Assumed: the vendor doesn't document this.

        Changes of the configuration create jobs that must be applied (path and shape assumed).

        Source: vendor screenshot of the interactive documentation, 2019 (confidence A: tag).

        Returns:
            list[AnyObject]
        """

        from .get_apply import asyncio as _call

        return await _call(client=self._client)
