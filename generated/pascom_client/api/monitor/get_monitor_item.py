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
    from ...models.recording import Recording


def _get_kwargs(record_id: str) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": _encoding.address("/monitor/{record_id}", record_id=_encoding.in_path("recordID", record_id)),
        "extensions": {"path_template": "/monitor/{record_id}"},
    }
    _headers: dict[str, str] = {"Accept": "application/json"}
    _kwargs["headers"] = _headers
    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> list[Recording]:
    from ...models.recording import Recording

    _documented = ("200", "401", "404")
    if client.raise_on_unexpected_status and not {
        str(response.status_code),
        f"{response.status_code // 100}XX",
        "default",
    }.intersection(_documented):
        raise _errors.UnexpectedStatus(response.status_code, response.content)
    _parsed: list[Recording] = _read(response, {"200": list_of(Recording.from_dict)})
    return _parsed


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[list[Recording]]:
    return Response(
        status_code=_status_of(response),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(record_id: str, *, client: AuthenticatedClient | Client) -> Response[list[Recording]]:
    """Like `sync`, with the status, the headers and the content as they came."""
    return _build_response(
        client=client, response=_encoding.sent(client.get_httpx_client().request, _get_kwargs(record_id))
    )


def sync(record_id: str, *, client: AuthenticatedClient | Client) -> list[Recording]:
    """Sections of a recording

    Assumed: the vendor doesn't document this.

    What was recorded of a call (path assumed, shape from the XMPP twin).

    Source: vendor XMPP manual, monitor.FindRecord; release notes 19.09 (MD-11891) (confidence D).

    Args:
        record_id (str): `recordId` of the call record.

    Returns:
        list[Recording]
    """

    return sync_detailed(record_id, client=client).parsed


async def asyncio_detailed(
    record_id: str, *, client: AuthenticatedClient | Client
) -> Response[list[Recording]]:
    """Like `sync_detailed`, to be awaited."""
    return _build_response(
        client=client,
        response=await _encoding.sent(client.get_async_httpx_client().request, _get_kwargs(record_id)),
    )


async def asyncio(record_id: str, *, client: AuthenticatedClient | Client) -> list[Recording]:
    """Like `sync`, to be awaited."""
    return (await asyncio_detailed(record_id, client=client)).parsed
