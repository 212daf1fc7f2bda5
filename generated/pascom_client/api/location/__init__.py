# pyright: standard
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ...types import UNSET, File, Unset

if TYPE_CHECKING:
    import datetime
    from uuid import UUID

    from ...client import AuthenticatedClient, Client
    from ...models.action_response import ActionResponse
    from ...models.any_object import AnyObject
    from ...models.location_action import LocationAction


class LocationApi:
    """The services of `location`."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of location: get_location, post_location_action>"

    def get_location(self) -> list[AnyObject]:
        """List workplaces

        Assumed: the vendor doesn't document this.

        Workplaces that users log in to (path assumed).

        Source: release notes 7.05.00, 15.04 (MD-5956) (confidence C).

        Returns:
            list[AnyObject]
        """

        from .get_location import sync as _call

        return _call(client=self._client)

    def post_location_action(self, location_name: str, *, body: LocationAction) -> ActionResponse:
        """Log a user in or out at a workplace

        Assumed: the vendor doesn't document this.

        Roaming (path and body assumed).

        Source: release notes 7.05.00; vendor manual of mobydick 7, REST API (confidence C).

        Args:
            location_name (str): Name of the workplace.
            body (LocationAction):

        Returns:
            ActionResponse
        """

        from .post_location_action import sync as _call

        return _call(location_name, client=self._client, body=body)


class AsyncLocationApi:
    """The services of `location`, awaitable."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of location: get_location, post_location_action>"

    async def get_location(self) -> list[AnyObject]:
        """List workplaces

        Assumed: the vendor doesn't document this.

        Workplaces that users log in to (path assumed).

        Source: release notes 7.05.00, 15.04 (MD-5956) (confidence C).

        Returns:
            list[AnyObject]
        """

        from .get_location import asyncio as _call

        return await _call(client=self._client)

    async def post_location_action(self, location_name: str, *, body: LocationAction) -> ActionResponse:
        """Log a user in or out at a workplace

        Assumed: the vendor doesn't document this.

        Roaming (path and body assumed).

        Source: release notes 7.05.00; vendor manual of mobydick 7, REST API (confidence C).

        Args:
            location_name (str): Name of the workplace.
            body (LocationAction):

        Returns:
            ActionResponse
        """

        from .post_location_action import asyncio as _call

        return await _call(location_name, client=self._client, body=body)
