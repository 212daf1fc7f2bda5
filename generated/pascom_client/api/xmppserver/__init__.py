# pyright: standard
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ...types import UNSET, File, Unset

if TYPE_CHECKING:
    import datetime
    from uuid import UUID

    from ...client import AuthenticatedClient, Client
    from ...models.action_response import ActionResponse


class XmppserverApi:
    """The services of `xmppserver`."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of xmppserver: post_xmppserver_debuglog>"

    def post_xmppserver_debuglog(self) -> ActionResponse:
        """Toggle the debug log of the XMPP server

        Assumed: the vendor doesn't document this.

        Toggles the debug log (path and body assumed).

        Source: release notes 19.09 (MD-12072) (confidence C).

        Returns:
            ActionResponse
        """

        from .post_xmppserver_debuglog import sync as _call

        return _call(client=self._client)


class AsyncXmppserverApi:
    """The services of `xmppserver`, awaitable."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of xmppserver: post_xmppserver_debuglog>"

    async def post_xmppserver_debuglog(self) -> ActionResponse:
        """Toggle the debug log of the XMPP server

        Assumed: the vendor doesn't document this.

        Toggles the debug log (path and body assumed).

        Source: release notes 19.09 (MD-12072) (confidence C).

        Returns:
            ActionResponse
        """

        from .post_xmppserver_debuglog import asyncio as _call

        return await _call(client=self._client)
