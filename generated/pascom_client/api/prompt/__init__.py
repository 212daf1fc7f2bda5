# pyright: standard
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ...types import UNSET, File, Unset

if TYPE_CHECKING:
    import datetime
    from uuid import UUID

    from ...client import AuthenticatedClient, Client
    from ...models.any_object import AnyObject


class PromptApi:
    """The services of `prompt`."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of prompt: get_prompt>"

    def get_prompt(self) -> list[AnyObject]:
        """List language prompts

        Assumed: the vendor doesn't document this.

        Language prompts (path assumed).

        Source: release notes 7.09.02 (confidence C).

        Returns:
            list[AnyObject]
        """

        from .get_prompt import sync as _call

        return _call(client=self._client)


class AsyncPromptApi:
    """The services of `prompt`, awaitable."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of prompt: get_prompt>"

    async def get_prompt(self) -> list[AnyObject]:
        """List language prompts

        Assumed: the vendor doesn't document this.

        Language prompts (path assumed).

        Source: release notes 7.09.02 (confidence C).

        Returns:
            list[AnyObject]
        """

        from .get_prompt import asyncio as _call

        return await _call(client=self._client)
