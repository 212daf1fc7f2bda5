from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.action_response import ActionResponse
from ...models.queue_action import QueueAction
from ...types import Response


def _get_kwargs(
    queue_name: str,
    *,
    body: QueueAction,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/queue/{queue_name}/action".format(
            queue_name=quote(str(queue_name), safe=""),
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
    queue_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: QueueAction,
) -> Response[ActionResponse | Any]:
    """Log an agent in or out, pause or resume

     Agent operations exist (path and body assumed).

    Source: release notes 7.05.00, 7.11.00 (confidence C).

    Args:
        queue_name (str):
        body (QueueAction): A command to a team.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ActionResponse | Any]
    """

    kwargs = _get_kwargs(
        queue_name=queue_name,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    queue_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: QueueAction,
) -> ActionResponse | Any | None:
    """Log an agent in or out, pause or resume

     Agent operations exist (path and body assumed).

    Source: release notes 7.05.00, 7.11.00 (confidence C).

    Args:
        queue_name (str):
        body (QueueAction): A command to a team.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ActionResponse | Any
    """

    return sync_detailed(
        queue_name=queue_name,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    queue_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: QueueAction,
) -> Response[ActionResponse | Any]:
    """Log an agent in or out, pause or resume

     Agent operations exist (path and body assumed).

    Source: release notes 7.05.00, 7.11.00 (confidence C).

    Args:
        queue_name (str):
        body (QueueAction): A command to a team.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[ActionResponse | Any]
    """

    kwargs = _get_kwargs(
        queue_name=queue_name,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    queue_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: QueueAction,
) -> ActionResponse | Any | None:
    """Log an agent in or out, pause or resume

     Agent operations exist (path and body assumed).

    Source: release notes 7.05.00, 7.11.00 (confidence C).

    Args:
        queue_name (str):
        body (QueueAction): A command to a team.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        ActionResponse | Any
    """

    return (
        await asyncio_detailed(
            queue_name=queue_name,
            client=client,
            body=body,
        )
    ).parsed
