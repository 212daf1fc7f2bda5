# pyright: standard
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ... import encoding as _encoding
from ... import errors as _errors
from ...types import Response, Unset
from ...types import read as _read
from ...types import status_of as _status_of

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.action_response import ActionResponse
    from ...models.device_action import DeviceAction


def _get_kwargs(user_name: str, *, body: DeviceAction) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": _encoding.address(
            "/identity/{user_name}/defaultdevice/action", user_name=_encoding.in_path("userName", user_name)
        ),
        "extensions": {"path_template": "/identity/{user_name}/defaultdevice/action"},
    }
    _headers: dict[str, str] = {"Accept": "application/json"}
    if not isinstance(body, Unset):
        _body, _body_headers = _encoding.in_body(body, "application/json")
        _kwargs |= _body
        _headers |= _body_headers
    _kwargs["headers"] = _headers
    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> ActionResponse:
    from ...models.action_response import ActionResponse

    _documented = ("200", "401", "404")
    if client.raise_on_unexpected_status and not {
        str(response.status_code),
        f"{response.status_code // 100}XX",
        "default",
    }.intersection(_documented):
        raise _errors.UnexpectedStatus(response.status_code, response.content)
    _parsed: ActionResponse = _read(response, {"200": ActionResponse.from_dict})
    return _parsed


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[ActionResponse]:
    return Response(
        status_code=_status_of(response),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    user_name: str, *, client: AuthenticatedClient | Client, body: DeviceAction
) -> Response[ActionResponse]:
    """Like `sync`, with the status, the headers and the content as they came."""
    return _build_response(
        client=client,
        response=_encoding.sent(client.get_httpx_client().request, _get_kwargs(user_name, body=body)),
    )


def sync(user_name: str, *, client: AuthenticatedClient | Client, body: DeviceAction) -> ActionResponse:
    """Control the user's preferred phone

    Lets the preferred phone of the user dial (`{"action": "dial", "destination": "*100", "prefix":
    "auto"}`), answer (`{"action": "offhook"}`) or hang up (`{"action": "hangup"}`, since 18.08). The
    answer means that the command was accepted, not that the call was answered.

    Source: vendor documentation, REST API page; vendor script togglecall.py (confidence A: path,
    bodies, reply to dial; D: reply to the others).

    Args:
        user_name (str): The user's login name (`003use_name`).
        body (DeviceAction):

    Returns:
        ActionResponse
    """

    return sync_detailed(user_name, client=client, body=body).parsed


async def asyncio_detailed(
    user_name: str, *, client: AuthenticatedClient | Client, body: DeviceAction
) -> Response[ActionResponse]:
    """Like `sync_detailed`, to be awaited."""
    return _build_response(
        client=client,
        response=await _encoding.sent(
            client.get_async_httpx_client().request, _get_kwargs(user_name, body=body)
        ),
    )


async def asyncio(
    user_name: str, *, client: AuthenticatedClient | Client, body: DeviceAction
) -> ActionResponse:
    """Like `sync`, to be awaited."""
    return (await asyncio_detailed(user_name, client=client, body=body)).parsed
