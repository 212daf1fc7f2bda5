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
    from ...models.astdb_value import AstdbValue


def _get_kwargs(key: str, *, body: AstdbValue) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": _encoding.address("/astdb/{key}", key=_encoding.in_path("key", key)),
        "extensions": {"path_template": "/astdb/{key}"},
    }
    _headers: dict[str, str] = {"Accept": "application/json"}
    if not isinstance(body, Unset):
        _body, _body_headers = _encoding.in_body(body, "application/json")
        _kwargs |= _body
        _headers |= _body_headers
    _kwargs["headers"] = _headers
    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> AstdbValue:
    from ...models.astdb_value import AstdbValue

    _documented = ("200", "401")
    if client.raise_on_unexpected_status and not {
        str(response.status_code),
        f"{response.status_code // 100}XX",
        "default",
    }.intersection(_documented):
        raise _errors.UnexpectedStatus(response.status_code, response.content)
    _parsed: AstdbValue = _read(response, {"200": AstdbValue.from_dict})
    return _parsed


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[AstdbValue]:
    return Response(
        status_code=_status_of(response),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    key: str, *, client: AuthenticatedClient | Client, body: AstdbValue
) -> Response[AstdbValue]:
    """Like `sync`, with the status, the headers and the content as they came."""
    return _build_response(
        client=client, response=_encoding.sent(client.get_httpx_client().request, _get_kwargs(key, body=body))
    )


def sync(key: str, *, client: AuthenticatedClient | Client, body: AstdbValue) -> AstdbValue:
    """Write a value of the Asterisk database

    Assumed: the vendor doesn't document this.

    Values of the key family `/API` can be written (method, path and body assumed).

    Source: vendor screenshot of the interactive documentation, 2019; release notes 7.11.00 (confidence
    A: tag; C: operation).

    Args:
        key (str): The key below `/API`.
        body (AstdbValue):

    Returns:
        AstdbValue
    """

    return sync_detailed(key, client=client, body=body).parsed


async def asyncio_detailed(
    key: str, *, client: AuthenticatedClient | Client, body: AstdbValue
) -> Response[AstdbValue]:
    """Like `sync_detailed`, to be awaited."""
    return _build_response(
        client=client,
        response=await _encoding.sent(client.get_async_httpx_client().request, _get_kwargs(key, body=body)),
    )


async def asyncio(key: str, *, client: AuthenticatedClient | Client, body: AstdbValue) -> AstdbValue:
    """Like `sync`, to be awaited."""
    return (await asyncio_detailed(key, client=client, body=body)).parsed
