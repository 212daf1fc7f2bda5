# pyright: standard
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ... import encoding as _encoding
from ... import errors as _errors
from ...types import Response
from ...types import read as _read
from ...types import status_of as _status_of

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.identity import Identity


def _get_kwargs(user_name: str) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": _encoding.address("/identity/{user_name}", user_name=_encoding.in_path("userName", user_name)),
        "extensions": {"path_template": "/identity/{user_name}"},
    }
    _headers: dict[str, str] = {"Accept": "application/json"}
    _kwargs["headers"] = _headers
    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Identity:
    from ...models.identity import Identity

    _documented = ("200", "401", "404")
    if client.raise_on_unexpected_status and not {
        str(response.status_code),
        f"{response.status_code // 100}XX",
        "default",
    }.intersection(_documented):
        raise _errors.UnexpectedStatus(response.status_code, response.content)
    _parsed: Identity = _read(response, {"200": Identity.from_dict})
    return _parsed


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Identity]:
    return Response(
        status_code=_status_of(response),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(user_name: str, *, client: AuthenticatedClient | Client) -> Response[Identity]:
    """Like `sync`, with the status, the headers and the content as they came."""
    return _build_response(
        client=client, response=_encoding.sent(client.get_httpx_client().request, _get_kwargs(user_name))
    )


def sync(user_name: str, *, client: AuthenticatedClient | Client) -> Identity:
    """One user

    One user as a flat object with database column names; 404 if there is none.

    Source: vendor manual of mobydick 7, REST API (confidence A; names of the fields: D, from the XMPP
    twin).

    Args:
        user_name (str): The user's login name (`003use_name`).

    Returns:
        Identity
    """

    return sync_detailed(user_name, client=client).parsed


async def asyncio_detailed(user_name: str, *, client: AuthenticatedClient | Client) -> Response[Identity]:
    """Like `sync_detailed`, to be awaited."""
    return _build_response(
        client=client,
        response=await _encoding.sent(client.get_async_httpx_client().request, _get_kwargs(user_name)),
    )


async def asyncio(user_name: str, *, client: AuthenticatedClient | Client) -> Identity:
    """Like `sync`, to be awaited."""
    return (await asyncio_detailed(user_name, client=client)).parsed
