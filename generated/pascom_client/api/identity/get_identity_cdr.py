from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.call_record import CallRecord
from ...models.get_identity_cdr_chaindata import GetIdentityCdrChaindata
from ...models.get_identity_cdr_inbound import GetIdentityCdrInbound
from ...models.get_identity_cdr_internal import GetIdentityCdrInternal
from ...models.get_identity_cdr_rawdata import GetIdentityCdrRawdata
from ...types import UNSET, Response, Unset


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
        "url": "/identity/{user_name}/cdr".format(
            user_name=quote(str(user_name), safe=""),
        ),
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

    if response.status_code == 404:
        response_404 = cast(Any, None)
        return response_404

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
    limit: int | Unset = 100,
) -> Response[Any | list[CallRecord]]:
    """List calls of one user

     As `GET /cdr/`, for one user. Answered 500 until 18.04. Parameters and answer assumed.

    Source: release notes 18.05 (MD-11195) (confidence C).

    Args:
        user_name (str):
        timefrom (str | Unset):
        timeto (str | Unset):
        inbound (GetIdentityCdrInbound | Unset):
        internal (GetIdentityCdrInternal | Unset):
        result (str | Unset):
        rawdata (GetIdentityCdrRawdata | Unset):
        chaindata (GetIdentityCdrChaindata | Unset):
        limit (int | Unset):  Default: 100.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | list[CallRecord]]
    """

    kwargs = _get_kwargs(
        user_name=user_name,
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
    limit: int | Unset = 100,
) -> Any | list[CallRecord] | None:
    """List calls of one user

     As `GET /cdr/`, for one user. Answered 500 until 18.04. Parameters and answer assumed.

    Source: release notes 18.05 (MD-11195) (confidence C).

    Args:
        user_name (str):
        timefrom (str | Unset):
        timeto (str | Unset):
        inbound (GetIdentityCdrInbound | Unset):
        internal (GetIdentityCdrInternal | Unset):
        result (str | Unset):
        rawdata (GetIdentityCdrRawdata | Unset):
        chaindata (GetIdentityCdrChaindata | Unset):
        limit (int | Unset):  Default: 100.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | list[CallRecord]
    """

    return sync_detailed(
        user_name=user_name,
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
    limit: int | Unset = 100,
) -> Response[Any | list[CallRecord]]:
    """List calls of one user

     As `GET /cdr/`, for one user. Answered 500 until 18.04. Parameters and answer assumed.

    Source: release notes 18.05 (MD-11195) (confidence C).

    Args:
        user_name (str):
        timefrom (str | Unset):
        timeto (str | Unset):
        inbound (GetIdentityCdrInbound | Unset):
        internal (GetIdentityCdrInternal | Unset):
        result (str | Unset):
        rawdata (GetIdentityCdrRawdata | Unset):
        chaindata (GetIdentityCdrChaindata | Unset):
        limit (int | Unset):  Default: 100.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | list[CallRecord]]
    """

    kwargs = _get_kwargs(
        user_name=user_name,
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
    limit: int | Unset = 100,
) -> Any | list[CallRecord] | None:
    """List calls of one user

     As `GET /cdr/`, for one user. Answered 500 until 18.04. Parameters and answer assumed.

    Source: release notes 18.05 (MD-11195) (confidence C).

    Args:
        user_name (str):
        timefrom (str | Unset):
        timeto (str | Unset):
        inbound (GetIdentityCdrInbound | Unset):
        internal (GetIdentityCdrInternal | Unset):
        result (str | Unset):
        rawdata (GetIdentityCdrRawdata | Unset):
        chaindata (GetIdentityCdrChaindata | Unset):
        limit (int | Unset):  Default: 100.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | list[CallRecord]
    """

    return (
        await asyncio_detailed(
            user_name=user_name,
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
