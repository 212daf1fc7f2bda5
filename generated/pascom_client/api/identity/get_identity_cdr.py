# pyright: standard
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ... import encoding as _encoding
from ... import errors as _errors
from ...types import UNSET, Response, Unset, list_of
from ...types import read as _read
from ...types import status_of as _status_of

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.call_record import CallRecord
    from ...models.get_identity_cdr_chaindata import GetIdentityCdrChaindata
    from ...models.get_identity_cdr_inbound import GetIdentityCdrInbound
    from ...models.get_identity_cdr_internal import GetIdentityCdrInternal
    from ...models.get_identity_cdr_rawdata import GetIdentityCdrRawdata


def _get_kwargs(
    user_name: str,
    *,
    timefrom: str | Unset = UNSET,
    timeto: str | Unset = UNSET,
    inbound: GetIdentityCdrInbound | Unset = UNSET,
    internal: GetIdentityCdrInternal | Unset = UNSET,
    result: str | Unset = UNSET,
    rawdata: GetIdentityCdrRawdata | Unset = UNSET,
    chaindata: GetIdentityCdrChaindata | Unset = UNSET,
    limit: int | Unset = UNSET,
) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": _encoding.with_query(
            _encoding.address(
                "/identity/{user_name}/cdr", user_name=_encoding.in_path("userName", user_name)
            ),
            _encoding.in_query("timefrom", timefrom),
            _encoding.in_query("timeto", timeto),
            _encoding.in_query("inbound", inbound),
            _encoding.in_query("internal", internal),
            _encoding.in_query("result", result),
            _encoding.in_query("rawdata", rawdata),
            _encoding.in_query("chaindata", chaindata),
            _encoding.in_query("limit", limit),
        ),
        "extensions": {"path_template": "/identity/{user_name}/cdr"},
    }
    _headers: dict[str, str] = {"Accept": "application/json"}
    _kwargs["headers"] = _headers
    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> list[CallRecord]:
    from ...models.call_record import CallRecord

    _documented = ("200", "401", "404")
    if client.raise_on_unexpected_status and not {
        str(response.status_code),
        f"{response.status_code // 100}XX",
        "default",
    }.intersection(_documented):
        raise _errors.UnexpectedStatus(response.status_code, response.content)
    _parsed: list[CallRecord] = _read(response, {"200": list_of(CallRecord.from_dict)})
    return _parsed


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[list[CallRecord]]:
    return Response(
        status_code=_status_of(response),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    user_name: str,
    *,
    client: AuthenticatedClient | Client,
    timefrom: str | Unset = UNSET,
    timeto: str | Unset = UNSET,
    inbound: GetIdentityCdrInbound | Unset = UNSET,
    internal: GetIdentityCdrInternal | Unset = UNSET,
    result: str | Unset = UNSET,
    rawdata: GetIdentityCdrRawdata | Unset = UNSET,
    chaindata: GetIdentityCdrChaindata | Unset = UNSET,
    limit: int | Unset = UNSET,
) -> Response[list[CallRecord]]:
    """Like `sync`, with the status, the headers and the content as they came."""
    return _build_response(
        client=client,
        response=_encoding.sent(
            client.get_httpx_client().request,
            _get_kwargs(
                user_name,
                timefrom=timefrom,
                timeto=timeto,
                inbound=inbound,
                internal=internal,
                result=result,
                rawdata=rawdata,
                chaindata=chaindata,
                limit=limit,
            ),
        ),
    )


def sync(
    user_name: str,
    *,
    client: AuthenticatedClient | Client,
    timefrom: str | Unset = UNSET,
    timeto: str | Unset = UNSET,
    inbound: GetIdentityCdrInbound | Unset = UNSET,
    internal: GetIdentityCdrInternal | Unset = UNSET,
    result: str | Unset = UNSET,
    rawdata: GetIdentityCdrRawdata | Unset = UNSET,
    chaindata: GetIdentityCdrChaindata | Unset = UNSET,
    limit: int | Unset = UNSET,
) -> list[CallRecord]:
    """List calls of one user

    Assumed: the vendor doesn't document this.

    As `GET /cdr/`, for one user. Answered 500 until 18.04. Parameters and answer assumed.

    Source: release notes 18.05 (MD-11195) (confidence C).

    Args:
        user_name (str): The user's login name (`003use_name`).
        timefrom (str | Unset): Start of the time range. Value format assumed (not published):
            epoch milliseconds or `YYYY-MM-DD hh:mm:ss` in the server's local time; whether the end
            belongs to the range is not published either.
        timeto (str | Unset): End of the time range. Format as `timefrom`.
        inbound (GetIdentityCdrInbound | Unset): 1: calls from outside only, 0: the others. Values
            assumed.
        internal (GetIdentityCdrInternal | Unset): 1: internal calls only, 0: the others. Values
            assumed.
        result (str | Unset): Only calls with this `result`: noanswer, hangup, transfer, redirect.
        rawdata (GetIdentityCdrRawdata | Unset): 1: the raw phonecallrecords instead of journal
            rows.
        chaindata (GetIdentityCdrChaindata | Unset): 1, with `rawdata`: also every record of the
            whole call flow.
        limit (int | Unset): How many rows at most. Name assumed (it is that of the XMPP journal
            command); 100 when absent, at most 1000 are returned. Default: 100.

    Returns:
        list[CallRecord]
    """

    return sync_detailed(
        user_name,
        client=client,
        timefrom=timefrom,
        timeto=timeto,
        inbound=inbound,
        internal=internal,
        result=result,
        rawdata=rawdata,
        chaindata=chaindata,
        limit=limit,
    ).parsed


async def asyncio_detailed(
    user_name: str,
    *,
    client: AuthenticatedClient | Client,
    timefrom: str | Unset = UNSET,
    timeto: str | Unset = UNSET,
    inbound: GetIdentityCdrInbound | Unset = UNSET,
    internal: GetIdentityCdrInternal | Unset = UNSET,
    result: str | Unset = UNSET,
    rawdata: GetIdentityCdrRawdata | Unset = UNSET,
    chaindata: GetIdentityCdrChaindata | Unset = UNSET,
    limit: int | Unset = UNSET,
) -> Response[list[CallRecord]]:
    """Like `sync_detailed`, to be awaited."""
    return _build_response(
        client=client,
        response=await _encoding.sent(
            client.get_async_httpx_client().request,
            _get_kwargs(
                user_name,
                timefrom=timefrom,
                timeto=timeto,
                inbound=inbound,
                internal=internal,
                result=result,
                rawdata=rawdata,
                chaindata=chaindata,
                limit=limit,
            ),
        ),
    )


async def asyncio(
    user_name: str,
    *,
    client: AuthenticatedClient | Client,
    timefrom: str | Unset = UNSET,
    timeto: str | Unset = UNSET,
    inbound: GetIdentityCdrInbound | Unset = UNSET,
    internal: GetIdentityCdrInternal | Unset = UNSET,
    result: str | Unset = UNSET,
    rawdata: GetIdentityCdrRawdata | Unset = UNSET,
    chaindata: GetIdentityCdrChaindata | Unset = UNSET,
    limit: int | Unset = UNSET,
) -> list[CallRecord]:
    """Like `sync`, to be awaited."""
    return (
        await asyncio_detailed(
            user_name,
            client=client,
            timefrom=timefrom,
            timeto=timeto,
            inbound=inbound,
            internal=internal,
            result=result,
            rawdata=rawdata,
            chaindata=chaindata,
            limit=limit,
        )
    ).parsed
