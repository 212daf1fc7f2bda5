# pyright: standard
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ...types import UNSET, File, Unset

if TYPE_CHECKING:
    import datetime
    from uuid import UUID

    from ...client import AuthenticatedClient, Client
    from ...models.any_object import AnyObject


class ExtensionApi:
    """The services of `extension`."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of extension: get_extension>"

    def get_extension(self) -> list[AnyObject]:
        """List extensions

        Assumed: the vendor doesn't document this.

        The tag exists; that it lists extensions at this path is assumed.

        Source: vendor screenshot of the REST service browser, 2013 (confidence A: tag).

        Returns:
            list[AnyObject]
        """

        from .get_extension import sync as _call

        return _call(client=self._client)


class AsyncExtensionApi:
    """The services of `extension`, awaitable."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of extension: get_extension>"

    async def get_extension(self) -> list[AnyObject]:
        """List extensions

        Assumed: the vendor doesn't document this.

        The tag exists; that it lists extensions at this path is assumed.

        Source: vendor screenshot of the REST service browser, 2013 (confidence A: tag).

        Returns:
            list[AnyObject]
        """

        from .get_extension import asyncio as _call

        return await _call(client=self._client)
