# pyright: standard
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ...types import UNSET, File, Unset

if TYPE_CHECKING:
    import datetime
    from uuid import UUID

    from ...client import AuthenticatedClient, Client
    from ...models.call_record import CallRecord
    from ...models.list_cdr_chaindata import ListCdrChaindata
    from ...models.list_cdr_inbound import ListCdrInbound
    from ...models.list_cdr_internal import ListCdrInternal
    from ...models.list_cdr_rawdata import ListCdrRawdata


class CdrApi:
    """The services of `cdr`."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of cdr: list_cdr>"

    def list_cdr(
        self,
        *,
        timefrom: str | Unset = UNSET,
        timeto: str | Unset = UNSET,
        inbound: ListCdrInbound | Unset = UNSET,
        internal: ListCdrInternal | Unset = UNSET,
        result: str | Unset = UNSET,
        rawdata: ListCdrRawdata | Unset = UNSET,
        chaindata: ListCdrChaindata | Unset = UNSET,
        limit: int | Unset = UNSET,
    ) -> list[CallRecord]:
        """List calls

        All calls made on the system as an array, newest first (order assumed), at most 100 by default and
        at most 1000 (user report). Can also be had as CSV since 7.10.03; how that is chosen is not
        published. The structure is new since pascom 19.09.

        Source: vendor documentation, REST API page; release notes 7.04.00, 7.08.01-03, 7.10.03 (confidence
        A: path, default, record, parameter names; B: cap of 1000; D: `limit`).

        Args:
            timefrom (str | Unset): Start of the time range. Value format assumed (not published):
                epoch milliseconds or `YYYY-MM-DD hh:mm:ss` in the server's local time; whether the end
                belongs to the range is not published either.
            timeto (str | Unset): End of the time range. Format as `timefrom`.
            inbound (ListCdrInbound | Unset): 1: calls from outside only, 0: the others. Values
                assumed.
            internal (ListCdrInternal | Unset): 1: internal calls only, 0: the others. Values assumed.
            result (str | Unset): Only calls with this `result`: noanswer, hangup, transfer, redirect.
            rawdata (ListCdrRawdata | Unset): 1: the raw phonecallrecords instead of journal rows.
            chaindata (ListCdrChaindata | Unset): 1, with `rawdata`: also every record of the whole
                call flow.
            limit (int | Unset): How many rows at most. Name assumed (it is that of the XMPP journal
                command); 100 when absent, at most 1000 are returned.

        Returns:
            list[CallRecord]
        """

        from .list_cdr import sync as _call

        return _call(
            client=self._client,
            timefrom=timefrom,
            timeto=timeto,
            inbound=inbound,
            internal=internal,
            result=result,
            rawdata=rawdata,
            chaindata=chaindata,
            limit=limit,
        )


class AsyncCdrApi:
    """The services of `cdr`, awaitable."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of cdr: list_cdr>"

    async def list_cdr(
        self,
        *,
        timefrom: str | Unset = UNSET,
        timeto: str | Unset = UNSET,
        inbound: ListCdrInbound | Unset = UNSET,
        internal: ListCdrInternal | Unset = UNSET,
        result: str | Unset = UNSET,
        rawdata: ListCdrRawdata | Unset = UNSET,
        chaindata: ListCdrChaindata | Unset = UNSET,
        limit: int | Unset = UNSET,
    ) -> list[CallRecord]:
        """List calls

        All calls made on the system as an array, newest first (order assumed), at most 100 by default and
        at most 1000 (user report). Can also be had as CSV since 7.10.03; how that is chosen is not
        published. The structure is new since pascom 19.09.

        Source: vendor documentation, REST API page; release notes 7.04.00, 7.08.01-03, 7.10.03 (confidence
        A: path, default, record, parameter names; B: cap of 1000; D: `limit`).

        Args:
            timefrom (str | Unset): Start of the time range. Value format assumed (not published):
                epoch milliseconds or `YYYY-MM-DD hh:mm:ss` in the server's local time; whether the end
                belongs to the range is not published either.
            timeto (str | Unset): End of the time range. Format as `timefrom`.
            inbound (ListCdrInbound | Unset): 1: calls from outside only, 0: the others. Values
                assumed.
            internal (ListCdrInternal | Unset): 1: internal calls only, 0: the others. Values assumed.
            result (str | Unset): Only calls with this `result`: noanswer, hangup, transfer, redirect.
            rawdata (ListCdrRawdata | Unset): 1: the raw phonecallrecords instead of journal rows.
            chaindata (ListCdrChaindata | Unset): 1, with `rawdata`: also every record of the whole
                call flow.
            limit (int | Unset): How many rows at most. Name assumed (it is that of the XMPP journal
                command); 100 when absent, at most 1000 are returned.

        Returns:
            list[CallRecord]
        """

        from .list_cdr import asyncio as _call

        return await _call(
            client=self._client,
            timefrom=timefrom,
            timeto=timeto,
            inbound=inbound,
            internal=internal,
            result=result,
            rawdata=rawdata,
            chaindata=chaindata,
            limit=limit,
        )
