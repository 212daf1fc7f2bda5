# pyright: standard
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ...types import UNSET, File, Unset

if TYPE_CHECKING:
    import datetime
    from uuid import UUID

    from ...client import AuthenticatedClient, Client
    from ...models.voicemailbox import Voicemailbox


class VoicemailboxApi:
    """The services of `voicemailbox`."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of voicemailbox: get_voicemailbox>"

    def get_voicemailbox(self, mailbox: str) -> Voicemailbox:
        """One voicemail box

        One voicemail box as a flat object with database column names.

        Source: vendor script getmail.py (confidence A: path and `016voi_email`).

        Args:
            mailbox (str): The box's extension.

        Returns:
            Voicemailbox
        """

        from .get_voicemailbox import sync as _call

        return _call(mailbox, client=self._client)


class AsyncVoicemailboxApi:
    """The services of `voicemailbox`, awaitable."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of voicemailbox: get_voicemailbox>"

    async def get_voicemailbox(self, mailbox: str) -> Voicemailbox:
        """One voicemail box

        One voicemail box as a flat object with database column names.

        Source: vendor script getmail.py (confidence A: path and `016voi_email`).

        Args:
            mailbox (str): The box's extension.

        Returns:
            Voicemailbox
        """

        from .get_voicemailbox import asyncio as _call

        return await _call(mailbox, client=self._client)
