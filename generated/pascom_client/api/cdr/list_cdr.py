from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.call_record import CallRecord
from ...models.list_cdr_chaindata import ListCdrChaindata
from ...models.list_cdr_inbound import ListCdrInbound
from ...models.list_cdr_internal import ListCdrInternal
from ...models.list_cdr_rawdata import ListCdrRawdata
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    timefrom: str | Unset = UNSET,
    timeto: str | Unset = UNSET,
    inbound: ListCdrInbound | Unset = UNSET,
    internal: ListCdrInternal | Unset = UNSET,
    result: str | Unset = UNSET,
    rawdata: ListCdrRawdata | Unset = UNSET,
    chaindata: ListCdrChaindata | Unset = UNSET,
    limit: int | Unset = 100,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    params["timefrom"] = timefrom

    params["timeto"] = timeto

    json_inbound: int | Unset = UNSET
    if not isinstance(inbound, Unset):
        json_inbound = inbound

    params["inbound"] = json_inbound

    json_internal: int | Unset = UNSET
    if not isinstance(internal, Unset):
        json_internal = internal

    params["internal"] = json_internal

    params["result"] = result

    json_rawdata: int | Unset = UNSET
    if not isinstance(rawdata, Unset):
        json_rawdata = rawdata

    params["rawdata"] = json_rawdata

    json_chaindata: int | Unset = UNSET
    if not isinstance(chaindata, Unset):
        json_chaindata = chaindata

    params["chaindata"] = json_chaindata

    params["limit"] = limit

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/cdr/",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Any | list[CallRecord] | None:
    if response.status_code == 200:
        response_200 = []
        _response_200 = response.json()
        for response_200_item_data in _response_200:
            response_200_item = CallRecord.from_dict(response_200_item_data)

            response_200.append(response_200_item)

        return response_200

    if response.status_code == 401:
        response_401 = cast(Any, None)
        return response_401

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Any | list[CallRecord]]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    timefrom: str | Unset = UNSET,
    timeto: str | Unset = UNSET,
    inbound: ListCdrInbound | Unset = UNSET,
    internal: ListCdrInternal | Unset = UNSET,
    result: str | Unset = UNSET,
    rawdata: ListCdrRawdata | Unset = UNSET,
    chaindata: ListCdrChaindata | Unset = UNSET,
    limit: int | Unset = 100,
) -> Response[Any | list[CallRecord]]:
    """List calls

     All calls made on the system as an array, newest first (order assumed), at most 100 by default and
    at most 1000 (user report). Can also be had as CSV since 7.10.03; how that is chosen is not
    published. The structure is new since pascom 19.09.

    Source: vendor documentation, REST API page; release notes 7.04.00, 7.08.01-03, 7.10.03 (confidence
    A: path, default, record, parameter names; B: cap of 1000; D: `limit`).

    Args:
        timefrom (str | Unset):
        timeto (str | Unset):
        inbound (ListCdrInbound | Unset):
        internal (ListCdrInternal | Unset):
        result (str | Unset):
        rawdata (ListCdrRawdata | Unset):
        chaindata (ListCdrChaindata | Unset):
        limit (int | Unset):  Default: 100.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | list[CallRecord]]
    """

    kwargs = _get_kwargs(
        timefrom=timefrom,
        timeto=timeto,
        inbound=inbound,
        internal=internal,
        result=result,
        rawdata=rawdata,
        chaindata=chaindata,
        limit=limit,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    timefrom: str | Unset = UNSET,
    timeto: str | Unset = UNSET,
    inbound: ListCdrInbound | Unset = UNSET,
    internal: ListCdrInternal | Unset = UNSET,
    result: str | Unset = UNSET,
    rawdata: ListCdrRawdata | Unset = UNSET,
    chaindata: ListCdrChaindata | Unset = UNSET,
    limit: int | Unset = 100,
) -> Any | list[CallRecord] | None:
    """List calls

     All calls made on the system as an array, newest first (order assumed), at most 100 by default and
    at most 1000 (user report). Can also be had as CSV since 7.10.03; how that is chosen is not
    published. The structure is new since pascom 19.09.

    Source: vendor documentation, REST API page; release notes 7.04.00, 7.08.01-03, 7.10.03 (confidence
    A: path, default, record, parameter names; B: cap of 1000; D: `limit`).

    Args:
        timefrom (str | Unset):
        timeto (str | Unset):
        inbound (ListCdrInbound | Unset):
        internal (ListCdrInternal | Unset):
        result (str | Unset):
        rawdata (ListCdrRawdata | Unset):
        chaindata (ListCdrChaindata | Unset):
        limit (int | Unset):  Default: 100.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | list[CallRecord]
    """

    return sync_detailed(
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
    *,
    client: AuthenticatedClient | Client,
    timefrom: str | Unset = UNSET,
    timeto: str | Unset = UNSET,
    inbound: ListCdrInbound | Unset = UNSET,
    internal: ListCdrInternal | Unset = UNSET,
    result: str | Unset = UNSET,
    rawdata: ListCdrRawdata | Unset = UNSET,
    chaindata: ListCdrChaindata | Unset = UNSET,
    limit: int | Unset = 100,
) -> Response[Any | list[CallRecord]]:
    """List calls

     All calls made on the system as an array, newest first (order assumed), at most 100 by default and
    at most 1000 (user report). Can also be had as CSV since 7.10.03; how that is chosen is not
    published. The structure is new since pascom 19.09.

    Source: vendor documentation, REST API page; release notes 7.04.00, 7.08.01-03, 7.10.03 (confidence
    A: path, default, record, parameter names; B: cap of 1000; D: `limit`).

    Args:
        timefrom (str | Unset):
        timeto (str | Unset):
        inbound (ListCdrInbound | Unset):
        internal (ListCdrInternal | Unset):
        result (str | Unset):
        rawdata (ListCdrRawdata | Unset):
        chaindata (ListCdrChaindata | Unset):
        limit (int | Unset):  Default: 100.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | list[CallRecord]]
    """

    kwargs = _get_kwargs(
        timefrom=timefrom,
        timeto=timeto,
        inbound=inbound,
        internal=internal,
        result=result,
        rawdata=rawdata,
        chaindata=chaindata,
        limit=limit,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    timefrom: str | Unset = UNSET,
    timeto: str | Unset = UNSET,
    inbound: ListCdrInbound | Unset = UNSET,
    internal: ListCdrInternal | Unset = UNSET,
    result: str | Unset = UNSET,
    rawdata: ListCdrRawdata | Unset = UNSET,
    chaindata: ListCdrChaindata | Unset = UNSET,
    limit: int | Unset = 100,
) -> Any | list[CallRecord] | None:
    """List calls

     All calls made on the system as an array, newest first (order assumed), at most 100 by default and
    at most 1000 (user report). Can also be had as CSV since 7.10.03; how that is chosen is not
    published. The structure is new since pascom 19.09.

    Source: vendor documentation, REST API page; release notes 7.04.00, 7.08.01-03, 7.10.03 (confidence
    A: path, default, record, parameter names; B: cap of 1000; D: `limit`).

    Args:
        timefrom (str | Unset):
        timeto (str | Unset):
        inbound (ListCdrInbound | Unset):
        internal (ListCdrInternal | Unset):
        result (str | Unset):
        rawdata (ListCdrRawdata | Unset):
        chaindata (ListCdrChaindata | Unset):
        limit (int | Unset):  Default: 100.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | list[CallRecord]
    """

    return (
        await asyncio_detailed(
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
