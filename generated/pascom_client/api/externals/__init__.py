# pyright: standard
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ...types import UNSET, File, Unset

if TYPE_CHECKING:
    import datetime
    from uuid import UUID

    from ...client import AuthenticatedClient, Client
    from ...models.any_object import AnyObject


class ExternalsApi:
    """The services of `externals`."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of externals: get_externals>"

    def get_externals(self) -> list[AnyObject]:
        """List external phones and mobiles

        Assumed: the vendor doesn't document this.

        The tag exists; that it lists external phones and mobiles at this path is assumed.

        Source: vendor screenshot of the REST service browser, 2013 (confidence A: tag).

        Returns:
            list[AnyObject]
        """

        from .get_externals import sync as _call

        return _call(client=self._client)


class AsyncExternalsApi:
    """The services of `externals`, awaitable."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of externals: get_externals>"

    async def get_externals(self) -> list[AnyObject]:
        """List external phones and mobiles

        Assumed: the vendor doesn't document this.

        The tag exists; that it lists external phones and mobiles at this path is assumed.

        Source: vendor screenshot of the REST service browser, 2013 (confidence A: tag).

        Returns:
            list[AnyObject]
        """

        from .get_externals import asyncio as _call

        return await _call(client=self._client)
