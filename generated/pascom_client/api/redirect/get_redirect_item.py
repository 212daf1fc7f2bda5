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
    from ...models.redirect import Redirect


def _get_kwargs(source: str) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": _encoding.address("/redirect/{source}", source=_encoding.in_path("source", source)),
        "extensions": {"path_template": "/redirect/{source}"},
    }
    _headers: dict[str, str] = {"Accept": "application/json"}
    _kwargs["headers"] = _headers
    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Redirect:
    from ...models.redirect import Redirect

    _documented = ("200", "401", "404")
    if client.raise_on_unexpected_status and not {
        str(response.status_code),
        f"{response.status_code // 100}XX",
        "default",
    }.intersection(_documented):
        raise _errors.UnexpectedStatus(response.status_code, response.content)
    _parsed: Redirect = _read(response, {"200": Redirect.from_dict})
    return _parsed


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Redirect]:
    return Response(
        status_code=_status_of(response),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(source: str, *, client: AuthenticatedClient | Client) -> Response[Redirect]:
    """Like `sync`, with the status, the headers and the content as they came."""
    return _build_response(
        client=client, response=_encoding.sent(client.get_httpx_client().request, _get_kwargs(source))
    )


def sync(source: str, *, client: AuthenticatedClient | Client) -> Redirect:
    """Read a call forwarding

    Assumed: the vendor doesn't document this.

    Call forwardings can be set, activated and deactivated (path assumed, shape from the XMPP twin).

    Source: release notes 7.04.00, 7.05.00 (confidence C).

    Args:
        source (str): The extension that is forwarded.

    Returns:
        Redirect
    """

    return sync_detailed(source, client=client).parsed


async def asyncio_detailed(source: str, *, client: AuthenticatedClient | Client) -> Response[Redirect]:
    """Like `sync_detailed`, to be awaited."""
    return _build_response(
        client=client,
        response=await _encoding.sent(client.get_async_httpx_client().request, _get_kwargs(source)),
    )


async def asyncio(source: str, *, client: AuthenticatedClient | Client) -> Redirect:
    """Like `sync`, to be awaited."""
    return (await asyncio_detailed(source, client=client)).parsed
