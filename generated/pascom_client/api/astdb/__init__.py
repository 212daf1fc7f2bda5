# pyright: standard
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ...types import UNSET, File, Unset

if TYPE_CHECKING:
    import datetime
    from uuid import UUID

    from ...client import AuthenticatedClient, Client
    from ...models.astdb_value import AstdbValue


class AstdbApi:
    """The services of `astdb`."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of astdb: get_astdb_item, put_astdb_item>"

    def get_astdb_item(self, key: str) -> AstdbValue:
        """Read a value of the Asterisk database

        Assumed: the vendor doesn't document this.

        Values of the key family `/API` can be read (path and shape assumed).

        Source: vendor screenshot of the interactive documentation, 2019; release notes 7.11.00 (confidence
        A: tag; C: operation).

        Args:
            key (str): The key below `/API`.

        Returns:
            AstdbValue
        """

        from .get_astdb_item import sync as _call

        return _call(key, client=self._client)

    def put_astdb_item(self, key: str, *, body: AstdbValue) -> AstdbValue:
        """Write a value of the Asterisk database

        Assumed: the vendor doesn't document this.

        Values of the key family `/API` can be written (method, path and body assumed).

        Source: vendor screenshot of the interactive documentation, 2019; release notes 7.11.00 (confidence
        A: tag; C: operation).

        Args:
            key (str): The key below `/API`.
            body (AstdbValue):

        Returns:
            AstdbValue
        """

        from .put_astdb_item import sync as _call

        return _call(key, client=self._client, body=body)


class AsyncAstdbApi:
    """The services of `astdb`, awaitable."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of astdb: get_astdb_item, put_astdb_item>"

    async def get_astdb_item(self, key: str) -> AstdbValue:
        """Read a value of the Asterisk database

        Assumed: the vendor doesn't document this.

        Values of the key family `/API` can be read (path and shape assumed).

        Source: vendor screenshot of the interactive documentation, 2019; release notes 7.11.00 (confidence
        A: tag; C: operation).

        Args:
            key (str): The key below `/API`.

        Returns:
            AstdbValue
        """

        from .get_astdb_item import asyncio as _call

        return await _call(key, client=self._client)

    async def put_astdb_item(self, key: str, *, body: AstdbValue) -> AstdbValue:
        """Write a value of the Asterisk database

        Assumed: the vendor doesn't document this.

        Values of the key family `/API` can be written (method, path and body assumed).

        Source: vendor screenshot of the interactive documentation, 2019; release notes 7.11.00 (confidence
        A: tag; C: operation).

        Args:
            key (str): The key below `/API`.
            body (AstdbValue):

        Returns:
            AstdbValue
        """

        from .put_astdb_item import asyncio as _call

        return await _call(key, client=self._client, body=body)
