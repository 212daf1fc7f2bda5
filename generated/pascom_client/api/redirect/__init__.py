# pyright: standard
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ...types import UNSET, File, Unset

if TYPE_CHECKING:
    import datetime
    from uuid import UUID

    from ...client import AuthenticatedClient, Client
    from ...models.redirect import Redirect


class RedirectApi:
    """The services of `redirect`."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of redirect: get_redirect_item, put_redirect_item>"

    def get_redirect_item(self, source: str) -> Redirect:
        """Read a call forwarding

        Assumed: the vendor doesn't document this.

        Call forwardings can be set, activated and deactivated (path assumed, shape from the XMPP twin).

        Source: release notes 7.04.00, 7.05.00 (confidence C).

        Args:
            source (str): The extension that is forwarded.

        Returns:
            Redirect
        """

        from .get_redirect_item import sync as _call

        return _call(source, client=self._client)

    def put_redirect_item(self, source: str, *, body: Redirect) -> Redirect:
        """Set a call forwarding

        Assumed: the vendor doesn't document this.

        Call forwardings can be set; the target must be numeric (path and body assumed).

        Source: release notes 7.04.00, 7.05.00 (confidence C).

        Args:
            source (str): The extension that is forwarded.
            body (Redirect):

        Returns:
            Redirect
        """

        from .put_redirect_item import sync as _call

        return _call(source, client=self._client, body=body)


class AsyncRedirectApi:
    """The services of `redirect`, awaitable."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of redirect: get_redirect_item, put_redirect_item>"

    async def get_redirect_item(self, source: str) -> Redirect:
        """Read a call forwarding

        Assumed: the vendor doesn't document this.

        Call forwardings can be set, activated and deactivated (path assumed, shape from the XMPP twin).

        Source: release notes 7.04.00, 7.05.00 (confidence C).

        Args:
            source (str): The extension that is forwarded.

        Returns:
            Redirect
        """

        from .get_redirect_item import asyncio as _call

        return await _call(source, client=self._client)

    async def put_redirect_item(self, source: str, *, body: Redirect) -> Redirect:
        """Set a call forwarding

        Assumed: the vendor doesn't document this.

        Call forwardings can be set; the target must be numeric (path and body assumed).

        Source: release notes 7.04.00, 7.05.00 (confidence C).

        Args:
            source (str): The extension that is forwarded.
            body (Redirect):

        Returns:
            Redirect
        """

        from .put_redirect_item import asyncio as _call

        return await _call(source, client=self._client, body=body)
