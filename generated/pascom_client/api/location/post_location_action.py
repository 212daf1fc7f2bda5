from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.action_response import ActionResponse
from ...models.location_action import LocationAction
from ...types import Response


def _get_kwargs(
    location_name: str,
    *,
    body: LocationAction,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/location/{location_name}/action".format(
            location_name=quote(str(location_name), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> ActionResponse | Any | None:
    if response.status_code == 200:
        response_200 = ActionResponse.from_dict(response.json())

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
) -> Response[ActionResponse | Any]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    location_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: LocationAction,
) -> Response[ActionResponse | Any]:
    """Log a user in or out at a workplace

     Roaming (path and body assumed).

    Source: release notes 7.05.00; vendor manual of mobydick 7, REST API (confidence C).

    Args:
        location_name (str):
        body (LocationAction): A command to a workplace.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ActionResponse | Any]
    """

    kwargs = _get_kwargs(
        location_name=location_name,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    location_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: LocationAction,
) -> ActionResponse | Any | None:
    """Log a user in or out at a workplace

     Roaming (path and body assumed).

    Source: release notes 7.05.00; vendor manual of mobydick 7, REST API (confidence C).

    Args:
        location_name (str):
        body (LocationAction): A command to a workplace.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ActionResponse | Any
    """

    return sync_detailed(
        location_name=location_name,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    location_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: LocationAction,
) -> Response[ActionResponse | Any]:
    """Log a user in or out at a workplace

     Roaming (path and body assumed).

    Source: release notes 7.05.00; vendor manual of mobydick 7, REST API (confidence C).

    Args:
        location_name (str):
        body (LocationAction): A command to a workplace.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ActionResponse | Any]
    """

    kwargs = _get_kwargs(
        location_name=location_name,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    location_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: LocationAction,
) -> ActionResponse | Any | None:
    """Log a user in or out at a workplace

     Roaming (path and body assumed).

    Source: release notes 7.05.00; vendor manual of mobydick 7, REST API (confidence C).

    Args:
        location_name (str):
        body (LocationAction): A command to a workplace.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ActionResponse | Any
    """

    return (
        await asyncio_detailed(
            location_name=location_name,
            client=client,
            body=body,
        )
    ).parsed
