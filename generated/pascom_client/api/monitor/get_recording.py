from http import HTTPStatus
from io import BytesIO
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...types import File, Response


def _get_kwargs(
    record_id: str,
    rule_id: str,
    file: int,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/monitor/{record_id}/{rule_id}/{file}/wav".format(
            record_id=quote(str(record_id), safe=""),
            rule_id=quote(str(rule_id), safe=""),
            file=quote(str(file), safe=""),
        ),
    }

    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> File | None:
    if response.status_code == 200:
        response_200 = File(payload=BytesIO(response.content))

        return response_200

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[File]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    record_id: str,
    rule_id: str,
    file: int,
    *,
    client: AuthenticatedClient | Client,
) -> Response[File]:
    """Download a recording

     One section of a recorded call. `r_` in front of the record id: the caller's voice only; `t_`: the
    callee's only (where recorded with separate streams, since 18.12). Recordings are deleted after 90
    days by default.

    Source: vendor documentation, module recording and its screenshot of 2019 (confidence A).

    Args:
        record_id (str):
        rule_id (str):
        file (int):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[File]
    """

    kwargs = _get_kwargs(
        record_id=record_id,
        rule_id=rule_id,
        file=file,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    record_id: str,
    rule_id: str,
    file: int,
    *,
    client: AuthenticatedClient | Client,
) -> File | None:
    """Download a recording

     One section of a recorded call. `r_` in front of the record id: the caller's voice only; `t_`: the
    callee's only (where recorded with separate streams, since 18.12). Recordings are deleted after 90
    days by default.

    Source: vendor documentation, module recording and its screenshot of 2019 (confidence A).

    Args:
        record_id (str):
        rule_id (str):
        file (int):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        File
    """

    return sync_detailed(
        record_id=record_id,
        rule_id=rule_id,
        file=file,
        client=client,
    ).parsed


async def asyncio_detailed(
    record_id: str,
    rule_id: str,
    file: int,
    *,
    client: AuthenticatedClient | Client,
) -> Response[File]:
    """Download a recording

     One section of a recorded call. `r_` in front of the record id: the caller's voice only; `t_`: the
    callee's only (where recorded with separate streams, since 18.12). Recordings are deleted after 90
    days by default.

    Source: vendor documentation, module recording and its screenshot of 2019 (confidence A).

    Args:
        record_id (str):
        rule_id (str):
        file (int):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[File]
    """

    kwargs = _get_kwargs(
        record_id=record_id,
        rule_id=rule_id,
        file=file,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    record_id: str,
    rule_id: str,
    file: int,
    *,
    client: AuthenticatedClient | Client,
) -> File | None:
    """Download a recording

     One section of a recorded call. `r_` in front of the record id: the caller's voice only; `t_`: the
    callee's only (where recorded with separate streams, since 18.12). Recordings are deleted after 90
    days by default.

    Source: vendor documentation, module recording and its screenshot of 2019 (confidence A).

    Args:
        record_id (str):
        rule_id (str):
        file (int):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        File
    """

    return (
        await asyncio_detailed(
            record_id=record_id,
            rule_id=rule_id,
            file=file,
            client=client,
        )
    ).parsed
