# pyright: standard
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ...types import UNSET, File, Unset

if TYPE_CHECKING:
    import datetime
    from uuid import UUID

    from ...client import AuthenticatedClient, Client
    from ...models.any_object import AnyObject


class IcingaApi:
    """The services of `icinga`."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of icinga: get_icinga>"

    def get_icinga(self) -> AnyObject:
        """State of the Icinga service

        Assumed: the vendor doesn't document this.

        500 if the service is not running (path and shape assumed).

        Source: release notes 7.07.00 (confidence C).

        Returns:
            AnyObject
        """

        from .get_icinga import sync as _call

        return _call(client=self._client)


class AsyncIcingaApi:
    """The services of `icinga`, awaitable."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of icinga: get_icinga>"

    async def get_icinga(self) -> AnyObject:
        """State of the Icinga service

        Assumed: the vendor doesn't document this.

        500 if the service is not running (path and shape assumed).

        Source: release notes 7.07.00 (confidence C).

        Returns:
            AnyObject
        """

        from .get_icinga import asyncio as _call

        return await _call(client=self._client)
