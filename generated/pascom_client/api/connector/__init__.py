# pyright: standard
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ...types import UNSET, File, Unset

if TYPE_CHECKING:
    import datetime
    from uuid import UUID

    from ...client import AuthenticatedClient, Client


class ConnectorApi:
    """The services of `connector`."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of connector: post_connector_run, push_csv>"

    def post_connector_run(self, profile_name: str) -> Any | None:
        """Execute a connector profile

        Assumed: the vendor doesn't document this.

        Executes a connector profile (path assumed).

        Source: release notes 7.04.00 (confidence C).

        Args:
            profile_name (str): Name of the connector profile.

        Returns:
            Any | None
        """

        from .post_connector_run import sync as _call

        return _call(profile_name, client=self._client)

    def push_csv(self, profile_name: str, *, body: File | str) -> Any | None:
        """Push CSV to a connector profile

        Runs the connector profile on the CSV in the body: UTF-8, header line first. With the profile's
        default mode records missing from it are removed. The reply's shape is not published.

        Source: a public CRM exchanger in VB.NET that ran against real instances (confidence B).

        Args:
            profile_name (str): Name of the connector profile, for example `CSV-Import`.
            body (File | str): CSV, UTF-8, header line first.

        Returns:
            Any | None
        """

        from .push_csv import sync as _call

        return _call(profile_name, client=self._client, body=body)


class AsyncConnectorApi:
    """The services of `connector`, awaitable."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of connector: post_connector_run, push_csv>"

    async def post_connector_run(self, profile_name: str) -> Any | None:
        """Execute a connector profile

        Assumed: the vendor doesn't document this.

        Executes a connector profile (path assumed).

        Source: release notes 7.04.00 (confidence C).

        Args:
            profile_name (str): Name of the connector profile.

        Returns:
            Any | None
        """

        from .post_connector_run import asyncio as _call

        return await _call(profile_name, client=self._client)

    async def push_csv(self, profile_name: str, *, body: File | str) -> Any | None:
        """Push CSV to a connector profile

        Runs the connector profile on the CSV in the body: UTF-8, header line first. With the profile's
        default mode records missing from it are removed. The reply's shape is not published.

        Source: a public CRM exchanger in VB.NET that ran against real instances (confidence B).

        Args:
            profile_name (str): Name of the connector profile, for example `CSV-Import`.
            body (File | str): CSV, UTF-8, header line first.

        Returns:
            Any | None
        """

        from .push_csv import asyncio as _call

        return await _call(profile_name, client=self._client, body=body)
