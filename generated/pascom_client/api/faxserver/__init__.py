# pyright: standard
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ...types import UNSET, File, Unset

if TYPE_CHECKING:
    import datetime
    from uuid import UUID

    from ...client import AuthenticatedClient, Client
    from ...models.any_object import AnyObject


class FaxserverApi:
    """The services of `faxserver`."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of faxserver: get_faxserver>"

    def get_faxserver(self) -> list[AnyObject]:
        """List fax servers

        Assumed: the vendor doesn't document this.

        The tag exists; that it lists fax servers at this path is assumed.

        Source: vendor screenshot of the REST service browser, 2013 (confidence A: tag).

        Returns:
            list[AnyObject]
        """

        from .get_faxserver import sync as _call

        return _call(client=self._client)


class AsyncFaxserverApi:
    """The services of `faxserver`, awaitable."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of faxserver: get_faxserver>"

    async def get_faxserver(self) -> list[AnyObject]:
        """List fax servers

        Assumed: the vendor doesn't document this.

        The tag exists; that it lists fax servers at this path is assumed.

        Source: vendor screenshot of the REST service browser, 2013 (confidence A: tag).

        Returns:
            list[AnyObject]
        """

        from .get_faxserver import asyncio as _call

        return await _call(client=self._client)
