# pyright: standard
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ...types import UNSET, File, Unset

if TYPE_CHECKING:
    import datetime
    from uuid import UUID

    from ...client import AuthenticatedClient, Client
    from ...models.any_object import AnyObject


class SkillApi:
    """The services of `skill`."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of skill: get_skill>"

    def get_skill(self) -> list[AnyObject]:
        """List skills

        Assumed: the vendor doesn't document this.

        Skills of agents (path assumed).

        Source: release notes 17.12 (MD-11045) (confidence C).

        Returns:
            list[AnyObject]
        """

        from .get_skill import sync as _call

        return _call(client=self._client)


class AsyncSkillApi:
    """The services of `skill`, awaitable."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of skill: get_skill>"

    async def get_skill(self) -> list[AnyObject]:
        """List skills

        Assumed: the vendor doesn't document this.

        Skills of agents (path assumed).

        Source: release notes 17.12 (MD-11045) (confidence C).

        Returns:
            list[AnyObject]
        """

        from .get_skill import asyncio as _call

        return await _call(client=self._client)
