from http import HTTPStatus
from typing import Any
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.default_device_action_response_200 import DefaultDeviceActionResponse200
from ...models.device_action import DeviceAction
from ...types import Response


def _get_kwargs(
    user_name: str,
    *,
    body: DeviceAction,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": "/identity/{user_name}/defaultdevice/action".format(
            user_name=quote(str(user_name), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> DefaultDeviceActionResponse200 | None:
    if response.status_code == 200:
        response_200 = DefaultDeviceActionResponse200.from_dict(response.json())

        return response_200

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[DefaultDeviceActionResponse200]:
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
    body: DeviceAction,
) -> Response[DefaultDeviceActionResponse200]:
    """Control the user's preferred phone

     Lets the preferred phone of the user dial (`{"action": "dial", "destination": "*100", "prefix":
    "auto"}`), answer (`{"action": "offhook"}`) or hang up (`{"action": "hangup"}`, since 18.08). The
    answer means that the command was accepted, not that the call was answered.

    Source: vendor documentation, REST API page; vendor script togglecall.py (confidence A: path,
    bodies, reply to dial; D: reply to the others).

    Args:
        user_name (str):
        body (DeviceAction): What the preferred phone of a user is told to do.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[DefaultDeviceActionResponse200]
    """

    kwargs = _get_kwargs(
        user_name=user_name,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    user_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: DeviceAction,
) -> DefaultDeviceActionResponse200 | None:
    """Control the user's preferred phone

     Lets the preferred phone of the user dial (`{"action": "dial", "destination": "*100", "prefix":
    "auto"}`), answer (`{"action": "offhook"}`) or hang up (`{"action": "hangup"}`, since 18.08). The
    answer means that the command was accepted, not that the call was answered.

    Source: vendor documentation, REST API page; vendor script togglecall.py (confidence A: path,
    bodies, reply to dial; D: reply to the others).

    Args:
        user_name (str):
        body (DeviceAction): What the preferred phone of a user is told to do.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        DefaultDeviceActionResponse200
    """

    return sync_detailed(
        user_name=user_name,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    user_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: DeviceAction,
) -> Response[DefaultDeviceActionResponse200]:
    """Control the user's preferred phone

     Lets the preferred phone of the user dial (`{"action": "dial", "destination": "*100", "prefix":
    "auto"}`), answer (`{"action": "offhook"}`) or hang up (`{"action": "hangup"}`, since 18.08). The
    answer means that the command was accepted, not that the call was answered.

    Source: vendor documentation, REST API page; vendor script togglecall.py (confidence A: path,
    bodies, reply to dial; D: reply to the others).

    Args:
        user_name (str):
        body (DeviceAction): What the preferred phone of a user is told to do.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[DefaultDeviceActionResponse200]
    """

    kwargs = _get_kwargs(
        user_name=user_name,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    user_name: str,
    *,
    client: AuthenticatedClient | Client,
    body: DeviceAction,
) -> DefaultDeviceActionResponse200 | None:
    """Control the user's preferred phone

     Lets the preferred phone of the user dial (`{"action": "dial", "destination": "*100", "prefix":
    "auto"}`), answer (`{"action": "offhook"}`) or hang up (`{"action": "hangup"}`, since 18.08). The
    answer means that the command was accepted, not that the call was answered.

    Source: vendor documentation, REST API page; vendor script togglecall.py (confidence A: path,
    bodies, reply to dial; D: reply to the others).

    Args:
        user_name (str):
        body (DeviceAction): What the preferred phone of a user is told to do.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        DefaultDeviceActionResponse200
    """

    return (
        await asyncio_detailed(
            user_name=user_name,
            client=client,
            body=body,
        )
    ).parsed
