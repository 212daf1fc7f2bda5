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
    from ...models.queue_action import QueueAction


class QueueApi:
    """The services of `queue`."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of queue: get_queue, post_queue_action>"

    def get_queue(self) -> list[AnyObject]:
        """List teams

        Assumed: the vendor doesn't document this.

        Live data of the teams (path assumed, shape from the XMPP twin).

        Source: release notes 7.09.00, 19.05 (MD-11861) (confidence C).

        Returns:
            list[AnyObject]
        """

        from .get_queue import sync as _call

        return _call(client=self._client)

    def post_queue_action(self, queue_name: str, *, body: QueueAction) -> ActionResponse:
        """Log an agent in or out, pause or resume

        Assumed: the vendor doesn't document this.

        Agent operations exist (path and body assumed).

        Source: release notes 7.05.00, 7.11.00 (confidence C).

        Args:
            queue_name (str): Name of the team.
            body (QueueAction):

        Returns:
            ActionResponse
        """

        from .post_queue_action import sync as _call

        return _call(queue_name, client=self._client, body=body)


class AsyncQueueApi:
    """The services of `queue`, awaitable."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of queue: get_queue, post_queue_action>"

    async def get_queue(self) -> list[AnyObject]:
        """List teams

        Assumed: the vendor doesn't document this.

        Live data of the teams (path assumed, shape from the XMPP twin).

        Source: release notes 7.09.00, 19.05 (MD-11861) (confidence C).

        Returns:
            list[AnyObject]
        """

        from .get_queue import asyncio as _call

        return await _call(client=self._client)

    async def post_queue_action(self, queue_name: str, *, body: QueueAction) -> ActionResponse:
        """Log an agent in or out, pause or resume

        Assumed: the vendor doesn't document this.

        Agent operations exist (path and body assumed).

        Source: release notes 7.05.00, 7.11.00 (confidence C).

        Args:
            queue_name (str): Name of the team.
            body (QueueAction):

        Returns:
            ActionResponse
        """

        from .post_queue_action import asyncio as _call

        return await _call(queue_name, client=self._client, body=body)
