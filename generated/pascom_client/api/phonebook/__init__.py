# pyright: standard
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ...types import UNSET, File, Unset

if TYPE_CHECKING:
    import datetime
    from uuid import UUID

    from ...client import AuthenticatedClient, Client
    from ...models.action_response import ActionResponse
    from ...models.phonebook_entry import PhonebookEntry


class PhonebookApi:
    """The services of `phonebook`."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of phonebook: get_phonebook, post_phonebook>"

    def get_phonebook(self) -> list[PhonebookEntry]:
        """List phonebook entries

        Assumed: the vendor doesn't document this.

        Phonebook entries (path and shape assumed).

        Source: release notes 7.04.00, 7.10.00, 7.13.05 (confidence C).

        Returns:
            list[PhonebookEntry]
        """

        from .get_phonebook import sync as _call

        return _call(client=self._client)

    def post_phonebook(self, *, body: list[PhonebookEntry]) -> ActionResponse:
        """Import phonebook entries

        Assumed: the vendor doesn't document this.

        A call that writes to the phonebook exists (path and body assumed).

        Source: release notes 17.04, 15.06 (MD-9901) (confidence C).

        Args:
            body (list[PhonebookEntry]):

        Returns:
            ActionResponse
        """

        from .post_phonebook import sync as _call

        return _call(client=self._client, body=body)


class AsyncPhonebookApi:
    """The services of `phonebook`, awaitable."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of phonebook: get_phonebook, post_phonebook>"

    async def get_phonebook(self) -> list[PhonebookEntry]:
        """List phonebook entries

        Assumed: the vendor doesn't document this.

        Phonebook entries (path and shape assumed).

        Source: release notes 7.04.00, 7.10.00, 7.13.05 (confidence C).

        Returns:
            list[PhonebookEntry]
        """

        from .get_phonebook import asyncio as _call

        return await _call(client=self._client)

    async def post_phonebook(self, *, body: list[PhonebookEntry]) -> ActionResponse:
        """Import phonebook entries

        Assumed: the vendor doesn't document this.

        A call that writes to the phonebook exists (path and body assumed).

        Source: release notes 17.04, 15.06 (MD-9901) (confidence C).

        Args:
            body (list[PhonebookEntry]):

        Returns:
            ActionResponse
        """

        from .post_phonebook import asyncio as _call

        return await _call(client=self._client, body=body)
