# pyright: standard
from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any

from ... import encoding as _encoding
from ... import errors as _errors
from ...types import File, Response, as_file
from ...types import read as _read
from ...types import status_of as _status_of

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client


def _get_kwargs(record_id: str, rule_id: str, file: int) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": _encoding.address(
            "/monitor/{record_id}/{rule_id}/{file}/wav",
            record_id=_encoding.in_path("recordID", record_id),
            rule_id=_encoding.in_path("ruleID", rule_id),
            file=_encoding.in_path("file", file),
        ),
        "extensions": {"path_template": "/monitor/{record_id}/{rule_id}/{file}/wav"},
    }
    _headers: dict[str, str] = {"Accept": "audio/x-wav"}
    _kwargs["headers"] = _headers
    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> File:

    _documented = ("200", "401", "404")
    if client.raise_on_unexpected_status and not {
        str(response.status_code),
        f"{response.status_code // 100}XX",
        "default",
    }.intersection(_documented):
        raise _errors.UnexpectedStatus(response.status_code, response.content)
    _parsed: File = _read(response, {"200": as_file})
    return _parsed


def _build_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Response[File]:
    return Response(
        status_code=_status_of(response),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    record_id: str, rule_id: str, file: int, *, client: AuthenticatedClient | Client
) -> Response[File]:
    """Like `sync`, with the status, the headers and the content as they came."""
    return _build_response(
        client=client,
        response=_encoding.sent(client.get_httpx_client().request, _get_kwargs(record_id, rule_id, file)),
    )


def sync(record_id: str, rule_id: str, file: int, *, client: AuthenticatedClient | Client) -> File:
    """Download a recording

    One section of a recorded call. `r_` in front of the record id: the caller's voice only; `t_`: the
    callee's only (where recorded with separate streams, since 18.12). Recordings are deleted after 90
    days by default.

    Source: vendor documentation, module recording and its screenshot of 2019 (confidence A).

    Args:
        record_id (str): `recordId` of the call record, with `r_` or `t_` in front for one leg.
        rule_id (str): Number of the recording rule.
        file (int): Number of the section, starting at 1.

    Returns:
        File
    """

    return sync_detailed(record_id, rule_id, file, client=client).parsed


async def asyncio_detailed(
    record_id: str, rule_id: str, file: int, *, client: AuthenticatedClient | Client
) -> Response[File]:
    """Like `sync_detailed`, to be awaited."""
    return _build_response(
        client=client,
        response=await _encoding.sent(
            client.get_async_httpx_client().request, _get_kwargs(record_id, rule_id, file)
        ),
    )


async def asyncio(record_id: str, rule_id: str, file: int, *, client: AuthenticatedClient | Client) -> File:
    """Like `sync`, to be awaited."""
    return (await asyncio_detailed(record_id, rule_id, file, client=client)).parsed


@contextmanager
def stream(
    record_id: str, rule_id: str, file: int, *, client: AuthenticatedClient | Client
) -> Iterator[httpx.Response]:
    """Like `sync`, with the answer as it arrives: `with stream(…) as answer: answer.iter_bytes()`."""
    with _encoding.sent(client.get_httpx_client().stream, _get_kwargs(record_id, rule_id, file)) as response:
        yield response


@asynccontextmanager
async def astream(
    record_id: str, rule_id: str, file: int, *, client: AuthenticatedClient | Client
) -> AsyncIterator[httpx.Response]:
    """Like `stream`, to be awaited: `async with astream(…) as answer: answer.aiter_bytes()`."""
    async with _encoding.sent(
        client.get_async_httpx_client().stream, _get_kwargs(record_id, rule_id, file)
    ) as response:
        yield response
