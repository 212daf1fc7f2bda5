# pyright: standard
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ...types import UNSET, File, Unset

if TYPE_CHECKING:
    import datetime
    from uuid import UUID

    from ...client import AuthenticatedClient, Client
    from ...models.any_object import AnyObject


class FaxdeviceApi:
    """The services of `faxdevice`."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of faxdevice: get_faxdevice>"

    def get_faxdevice(self) -> list[AnyObject]:
        """List fax devices

        Assumed: the vendor doesn't document this.

        The tag exists; that it lists fax devices at this path is assumed.

        Source: vendor screenshot of the REST service browser, 2013 (confidence A: tag).

        Returns:
            list[AnyObject]
        """

        from .get_faxdevice import sync as _call

        return _call(client=self._client)


class AsyncFaxdeviceApi:
    """The services of `faxdevice`, awaitable."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of faxdevice: get_faxdevice>"

    async def get_faxdevice(self) -> list[AnyObject]:
        """List fax devices

        Assumed: the vendor doesn't document this.

        The tag exists; that it lists fax devices at this path is assumed.

        Source: vendor screenshot of the REST service browser, 2013 (confidence A: tag).

        Returns:
            list[AnyObject]
        """

        from .get_faxdevice import asyncio as _call

        return await _call(client=self._client)
