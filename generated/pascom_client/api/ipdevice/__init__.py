# pyright: standard
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ...types import UNSET, File, Unset

if TYPE_CHECKING:
    import datetime
    from uuid import UUID

    from ...client import AuthenticatedClient, Client
    from ...models.any_object import AnyObject


class IpdeviceApi:
    """The services of `ipdevice`."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of ipdevice: get_ipdevice>"

    def get_ipdevice(self) -> list[AnyObject]:
        """List IP devices

        Assumed: the vendor doesn't document this.

        IP devices; their address is reported since 19.12 (path assumed).

        Source: release notes 19.09 (MD-12639), 19.12 (MD-12164) (confidence C).

        Returns:
            list[AnyObject]
        """

        from .get_ipdevice import sync as _call

        return _call(client=self._client)


class AsyncIpdeviceApi:
    """The services of `ipdevice`, awaitable."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of ipdevice: get_ipdevice>"

    async def get_ipdevice(self) -> list[AnyObject]:
        """List IP devices

        Assumed: the vendor doesn't document this.

        IP devices; their address is reported since 19.12 (path assumed).

        Source: release notes 19.09 (MD-12639), 19.12 (MD-12164) (confidence C).

        Returns:
            list[AnyObject]
        """

        from .get_ipdevice import asyncio as _call

        return await _call(client=self._client)
