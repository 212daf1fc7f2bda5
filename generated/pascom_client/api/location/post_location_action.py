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
    from ...models.location_action import LocationAction


def _get_kwargs(location_name: str, *, body: LocationAction) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": _encoding.address(
            "/location/{location_name}/action", location_name=_encoding.in_path("locationName", location_name)
        ),
        "extensions": {"path_template": "/location/{location_name}/action"},
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
    location_name: str, *, client: AuthenticatedClient | Client, body: LocationAction
) -> Response[ActionResponse]:
    """Like `sync`, with the status, the headers and the content as they came."""
    return _build_response(
        client=client,
        response=_encoding.sent(client.get_httpx_client().request, _get_kwargs(location_name, body=body)),
    )


def sync(location_name: str, *, client: AuthenticatedClient | Client, body: LocationAction) -> ActionResponse:
    """Log a user in or out at a workplace

    Assumed: the vendor doesn't document this.

    Roaming (path and body assumed).

    Source: release notes 7.05.00; vendor manual of mobydick 7, REST API (confidence C).

    Args:
        location_name (str): Name of the workplace.
        body (LocationAction):

    Returns:
        ActionResponse
    """

    return sync_detailed(location_name, client=client, body=body).parsed


async def asyncio_detailed(
    location_name: str, *, client: AuthenticatedClient | Client, body: LocationAction
) -> Response[ActionResponse]:
    """Like `sync_detailed`, to be awaited."""
    return _build_response(
        client=client,
        response=await _encoding.sent(
            client.get_async_httpx_client().request, _get_kwargs(location_name, body=body)
        ),
    )


async def asyncio(
    location_name: str, *, client: AuthenticatedClient | Client, body: LocationAction
) -> ActionResponse:
    """Like `sync`, to be awaited."""
    return (await asyncio_detailed(location_name, client=client, body=body)).parsed
