# pyright: standard
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ... import encoding as _encoding
from ... import errors as _errors
from ...types import Response, list_of
from ...types import read as _read
from ...types import status_of as _status_of

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.any_object import AnyObject


def _get_kwargs() -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": _encoding.address("/externals/"),
        "extensions": {"path_template": "/externals/"},
    }
    _headers: dict[str, str] = {"Accept": "application/json"}
    _kwargs["headers"] = _headers
    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> list[AnyObject]:
    from ...models.any_object import AnyObject

    _documented = ("200", "401")
    if client.raise_on_unexpected_status and not {
        str(response.status_code),
        f"{response.status_code // 100}XX",
        "default",
    }.intersection(_documented):
        raise _errors.UnexpectedStatus(response.status_code, response.content)
    _parsed: list[AnyObject] = _read(response, {"200": list_of(AnyObject.from_dict)})
    return _parsed


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[list[AnyObject]]:
    return Response(
        status_code=_status_of(response),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(*, client: AuthenticatedClient | Client) -> Response[list[AnyObject]]:
    """Like `sync`, with the status, the headers and the content as they came."""
    return _build_response(
        client=client, response=_encoding.sent(client.get_httpx_client().request, _get_kwargs())
    )


def sync(*, client: AuthenticatedClient | Client) -> list[AnyObject]:
    """List external phones and mobiles

    Assumed: the vendor doesn't document this.

    The tag exists; that it lists external phones and mobiles at this path is assumed.

    Source: vendor screenshot of the REST service browser, 2013 (confidence A: tag).

    Returns:
        list[AnyObject]
    """

    return sync_detailed(client=client).parsed


async def asyncio_detailed(*, client: AuthenticatedClient | Client) -> Response[list[AnyObject]]:
    """Like `sync_detailed`, to be awaited."""
    return _build_response(
        client=client, response=await _encoding.sent(client.get_async_httpx_client().request, _get_kwargs())
    )


async def asyncio(*, client: AuthenticatedClient | Client) -> list[AnyObject]:
    """Like `sync`, to be awaited."""
    return (await asyncio_detailed(client=client)).parsed
