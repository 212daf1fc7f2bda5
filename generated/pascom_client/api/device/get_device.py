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
    from ...models.device import Device


def _get_kwargs(name: str) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": _encoding.address("/device/{name}", name=_encoding.in_path("name", name)),
        "extensions": {"path_template": "/device/{name}"},
    }
    _headers: dict[str, str] = {"Accept": "application/json"}
    _kwargs["headers"] = _headers
    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Device:
    from ...models.device import Device

    _documented = ("200", "401", "404")
    if client.raise_on_unexpected_status and not {
        str(response.status_code),
        f"{response.status_code // 100}XX",
        "default",
    }.intersection(_documented):
        raise _errors.UnexpectedStatus(response.status_code, response.content)
    _parsed: Device = _read(response, {"200": Device.from_dict})
    return _parsed


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[Device]:
    return Response(
        status_code=_status_of(response),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(name: str, *, client: AuthenticatedClient | Client) -> Response[Device]:
    """Like `sync`, with the status, the headers and the content as they came."""
    return _build_response(
        client=client, response=_encoding.sent(client.get_httpx_client().request, _get_kwargs(name))
    )


def sync(name: str, *, client: AuthenticatedClient | Client) -> Device:
    """List one device with all details

    List one device with all details. Which of its names is asked for is not published.

    Source: vendor screenshot of the REST service browser, 2013 (confidence A: path; shape assumed).

    Args:
        name (str): The device's name.

    Returns:
        Device
    """

    return sync_detailed(name, client=client).parsed


async def asyncio_detailed(name: str, *, client: AuthenticatedClient | Client) -> Response[Device]:
    """Like `sync_detailed`, to be awaited."""
    return _build_response(
        client=client,
        response=await _encoding.sent(client.get_async_httpx_client().request, _get_kwargs(name)),
    )


async def asyncio(name: str, *, client: AuthenticatedClient | Client) -> Device:
    """Like `sync`, to be awaited."""
    return (await asyncio_detailed(name, client=client)).parsed
