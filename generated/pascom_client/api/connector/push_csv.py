# pyright: standard
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ... import encoding as _encoding
from ... import errors as _errors
from ...types import File, Response, Unset, raw
from ...types import read as _read
from ...types import status_of as _status_of

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client


def _get_kwargs(profile_name: str, *, body: File | str) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": _encoding.address(
            "/connector/{profile_name}/push", profile_name=_encoding.in_path("profileName", profile_name)
        ),
        "extensions": {"path_template": "/connector/{profile_name}/push"},
    }
    _headers: dict[str, str] = {"Accept": "application/json"}
    if not isinstance(body, Unset):
        _body, _body_headers = _encoding.in_body(body, "text/csv")
        _kwargs |= _body
        _headers |= _body_headers
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


def sync_detailed(
    profile_name: str, *, client: AuthenticatedClient | Client, body: File | str
) -> Response[Any | None]:
    """Like `sync`, with the status, the headers and the content as they came."""
    return _build_response(
        client=client,
        response=_encoding.sent(client.get_httpx_client().request, _get_kwargs(profile_name, body=body)),
    )


def sync(profile_name: str, *, client: AuthenticatedClient | Client, body: File | str) -> Any | None:
    """Push CSV to a connector profile

    Runs the connector profile on the CSV in the body: UTF-8, header line first. With the profile's
    default mode records missing from it are removed. The reply's shape is not published.

    Source: a public CRM exchanger in VB.NET that ran against real instances (confidence B).

    Args:
        profile_name (str): Name of the connector profile, for example `CSV-Import`.
        body (File | str): CSV, UTF-8, header line first.

    Returns:
        Any | None
    """

    return sync_detailed(profile_name, client=client, body=body).parsed


async def asyncio_detailed(
    profile_name: str, *, client: AuthenticatedClient | Client, body: File | str
) -> Response[Any | None]:
    """Like `sync_detailed`, to be awaited."""
    return _build_response(
        client=client,
        response=await _encoding.sent(
            client.get_async_httpx_client().request, _get_kwargs(profile_name, body=body)
        ),
    )


async def asyncio(profile_name: str, *, client: AuthenticatedClient | Client, body: File | str) -> Any | None:
    """Like `sync`, to be awaited."""
    return (await asyncio_detailed(profile_name, client=client, body=body)).parsed
