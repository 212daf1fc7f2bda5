from http import HTTPStatus
from typing import Any, cast

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.get_identity_states_response_200 import GetIdentityStatesResponse200
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    keys: list[str] | Unset = UNSET,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_keys: list[str] | Unset = UNSET
    if not isinstance(keys, Unset):
        json_keys = keys

    params["keys"] = json_keys

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/identity/states",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Any | GetIdentityStatesResponse200 | None:
    if response.status_code == 200:
        response_200 = GetIdentityStatesResponse200.from_dict(response.json())

        return response_200

    if response.status_code == 204:
        response_204 = cast(Any, None)
        return response_204

    if response.status_code == 401:
        response_401 = cast(Any, None)
        return response_401

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Any | GetIdentityStatesResponse200]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient | Client,
    keys: list[str] | Unset = UNSET,
) -> Response[Any | GetIdentityStatesResponse200]:
    """Telephone states of users

     The state of each user asked for, as an object keyed by user name. 204 when there is nothing to say.

    Source: vendor script togglecall.py; release notes 18.02 (confidence A; 204: C; separator of several
    keys assumed).

    Args:
        keys (list[str] | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | GetIdentityStatesResponse200]
    """

    kwargs = _get_kwargs(
        keys=keys,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient | Client,
    keys: list[str] | Unset = UNSET,
) -> Any | GetIdentityStatesResponse200 | None:
    """Telephone states of users

     The state of each user asked for, as an object keyed by user name. 204 when there is nothing to say.

    Source: vendor script togglecall.py; release notes 18.02 (confidence A; 204: C; separator of several
    keys assumed).

    Args:
        keys (list[str] | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | GetIdentityStatesResponse200
    """

    return sync_detailed(
        client=client,
        keys=keys,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient | Client,
    keys: list[str] | Unset = UNSET,
) -> Response[Any | GetIdentityStatesResponse200]:
    """Telephone states of users

     The state of each user asked for, as an object keyed by user name. 204 when there is nothing to say.

    Source: vendor script togglecall.py; release notes 18.02 (confidence A; 204: C; separator of several
    keys assumed).

    Args:
        keys (list[str] | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | GetIdentityStatesResponse200]
    """

    kwargs = _get_kwargs(
        keys=keys,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient | Client,
    keys: list[str] | Unset = UNSET,
) -> Any | GetIdentityStatesResponse200 | None:
    """Telephone states of users

     The state of each user asked for, as an object keyed by user name. 204 when there is nothing to say.

    Source: vendor script togglecall.py; release notes 18.02 (confidence A; 204: C; separator of several
    keys assumed).

    Args:
        keys (list[str] | Unset):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | GetIdentityStatesResponse200
    """

    return (
        await asyncio_detailed(
            client=client,
            keys=keys,
        )
    ).parsed
