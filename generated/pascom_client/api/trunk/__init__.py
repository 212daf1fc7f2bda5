# pyright: standard
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ...types import UNSET, File, Unset

if TYPE_CHECKING:
    import datetime
    from uuid import UUID

    from ...client import AuthenticatedClient, Client
    from ...models.any_object import AnyObject


class TrunkApi:
    """The services of `trunk`."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of trunk: get_trunk>"

    def get_trunk(self) -> list[AnyObject]:
        """List trunks with their registration state

        Assumed: the vendor doesn't document this.

        Trunks (path assumed).

        Source: release notes 15.03, 15.11 (MD-9847), 18.02 (MD-11104) (confidence C).

        Returns:
            list[AnyObject]
        """

        from .get_trunk import sync as _call

        return _call(client=self._client)


class AsyncTrunkApi:
    """The services of `trunk`, awaitable."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of trunk: get_trunk>"

    async def get_trunk(self) -> list[AnyObject]:
        """List trunks with their registration state

        Assumed: the vendor doesn't document this.

        Trunks (path assumed).

        Source: release notes 15.03, 15.11 (MD-9847), 18.02 (MD-11104) (confidence C).

        Returns:
            list[AnyObject]
        """

        from .get_trunk import asyncio as _call

        return await _call(client=self._client)
