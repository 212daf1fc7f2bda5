# pyright: standard
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ...types import UNSET, File, Unset

if TYPE_CHECKING:
    import datetime
    from uuid import UUID

    from ...client import AuthenticatedClient, Client
    from ...models.recording import Recording


class MonitorApi:
    """The services of `monitor`."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of monitor: get_monitor_item, get_recording>"

    def get_monitor_item(self, record_id: str) -> list[Recording]:
        """Sections of a recording

        Assumed: the vendor doesn't document this.

        What was recorded of a call (path assumed, shape from the XMPP twin).

        Source: vendor XMPP manual, monitor.FindRecord; release notes 19.09 (MD-11891) (confidence D).

        Args:
            record_id (str): `recordId` of the call record.

        Returns:
            list[Recording]
        """

        from .get_monitor_item import sync as _call

        return _call(record_id, client=self._client)

    def get_recording(self, record_id: str, rule_id: str, file: int) -> File:
        """Download a recording

        One section of a recorded call. `r_` in front of the record id: the caller's voice only; `t_`: the
        callee's only (where recorded with separate streams, since 18.12). Recordings are deleted after 90
        days by default.

        Source: vendor documentation, module recording and its screenshot of 2019 (confidence A).

        Args:
            record_id (str): `recordId` of the call record, with `r_` or `t_` in front for one leg.
            rule_id (str): Number of the recording rule.
            file (int): Number of the section, starting at 1.

        Returns:
            File
        """

        from .get_recording import sync as _call

        return _call(record_id, rule_id, file, client=self._client)


class AsyncMonitorApi:
    """The services of `monitor`, awaitable."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of monitor: get_monitor_item, get_recording>"

    async def get_monitor_item(self, record_id: str) -> list[Recording]:
        """Sections of a recording

        Assumed: the vendor doesn't document this.

        What was recorded of a call (path assumed, shape from the XMPP twin).

        Source: vendor XMPP manual, monitor.FindRecord; release notes 19.09 (MD-11891) (confidence D).

        Args:
            record_id (str): `recordId` of the call record.

        Returns:
            list[Recording]
        """

        from .get_monitor_item import asyncio as _call

        return await _call(record_id, client=self._client)

    async def get_recording(self, record_id: str, rule_id: str, file: int) -> File:
        """Download a recording

        One section of a recorded call. `r_` in front of the record id: the caller's voice only; `t_`: the
        callee's only (where recorded with separate streams, since 18.12). Recordings are deleted after 90
        days by default.

        Source: vendor documentation, module recording and its screenshot of 2019 (confidence A).

        Args:
            record_id (str): `recordId` of the call record, with `r_` or `t_` in front for one leg.
            rule_id (str): Number of the recording rule.
            file (int): Number of the section, starting at 1.

        Returns:
            File
        """

        from .get_recording import asyncio as _call

        return await _call(record_id, rule_id, file, client=self._client)
