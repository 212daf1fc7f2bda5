# pyright: standard
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ...types import UNSET, File, Unset

if TYPE_CHECKING:
    import datetime
    from uuid import UUID

    from ...client import AuthenticatedClient, Client
    from ...models.any_object import AnyObject


class BerofixApi:
    """The services of `berofix`."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of berofix: get_berofix>"

    def get_berofix(self) -> list[AnyObject]:
        """List beroNet gateways

        Assumed: the vendor doesn't document this.

        The tag exists; that it lists beroNet gateways at this path is assumed.

        Source: vendor screenshot of the interactive documentation, 2019 (confidence A: tag).

        Returns:
            list[AnyObject]
        """

        from .get_berofix import sync as _call

        return _call(client=self._client)


class AsyncBerofixApi:
    """The services of `berofix`, awaitable."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of berofix: get_berofix>"

    async def get_berofix(self) -> list[AnyObject]:
        """List beroNet gateways

        Assumed: the vendor doesn't document this.

        The tag exists; that it lists beroNet gateways at this path is assumed.

        Source: vendor screenshot of the interactive documentation, 2019 (confidence A: tag).

        Returns:
            list[AnyObject]
        """

        from .get_berofix import asyncio as _call

        return await _call(client=self._client)
