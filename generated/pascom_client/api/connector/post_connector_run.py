# pyright: standard
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ... import encoding as _encoding
from ... import errors as _errors
from ...types import Response, raw
from ...types import read as _read
from ...types import status_of as _status_of

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client


def _get_kwargs(profile_name: str) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": _encoding.address(
            "/connector/{profile_name}/run", profile_name=_encoding.in_path("profileName", profile_name)
        ),
        "extensions": {"path_template": "/connector/{profile_name}/run"},
    }
    _headers: dict[str, str] = {"Accept": "application/json"}
    _kwargs["headers"] = _headers
    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Any | None:

    _documented = ("200", "401", "404")
    if client.raise_on_unexpected_status and not {
        str(response.status_code),
        f"{response.status_code // 100}XX",
        "default",
    }.intersection(_documented):
        raise _errors.UnexpectedStatus(response.status_code, response.content)
    _parsed: Any | None = _read(response, {"200": raw})
    return _parsed


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Any | None]:
    return Response(
        status_code=_status_of(response),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(profile_name: str, *, client: AuthenticatedClient | Client) -> Response[Any | None]:
    """Like `sync`, with the status, the headers and the content as they came."""
    return _build_response(
        client=client, response=_encoding.sent(client.get_httpx_client().request, _get_kwargs(profile_name))
    )


def sync(profile_name: str, *, client: AuthenticatedClient | Client) -> Any | None:
    """Execute a connector profile

    Assumed: the vendor doesn't document this.

    Executes a connector profile (path assumed).

    Source: release notes 7.04.00 (confidence C).

    Args:
        profile_name (str): Name of the connector profile.

    Returns:
        Any | None
    """

    return sync_detailed(profile_name, client=client).parsed


async def asyncio_detailed(
    profile_name: str, *, client: AuthenticatedClient | Client
) -> Response[Any | None]:
    """Like `sync_detailed`, to be awaited."""
    return _build_response(
        client=client,
        response=await _encoding.sent(client.get_async_httpx_client().request, _get_kwargs(profile_name)),
    )


async def asyncio(profile_name: str, *, client: AuthenticatedClient | Client) -> Any | None:
    """Like `sync`, to be awaited."""
    return (await asyncio_detailed(profile_name, client=client)).parsed
