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
    from ...models.phonebook_entry import PhonebookEntry


def _get_kwargs(*, body: list[PhonebookEntry]) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": _encoding.address("/phonebook/"),
        "extensions": {"path_template": "/phonebook/"},
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

    _documented = ("200", "401")
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
    *, client: AuthenticatedClient | Client, body: list[PhonebookEntry]
) -> Response[ActionResponse]:
    """Like `sync`, with the status, the headers and the content as they came."""
    return _build_response(
        client=client, response=_encoding.sent(client.get_httpx_client().request, _get_kwargs(body=body))
    )


def sync(*, client: AuthenticatedClient | Client, body: list[PhonebookEntry]) -> ActionResponse:
    """Import phonebook entries

    Assumed: the vendor doesn't document this.

    A call that writes to the phonebook exists (path and body assumed).

    Source: release notes 17.04, 15.06 (MD-9901) (confidence C).

    Args:
        body (list[PhonebookEntry]):

    Returns:
        ActionResponse
    """

    return sync_detailed(client=client, body=body).parsed


async def asyncio_detailed(
    *, client: AuthenticatedClient | Client, body: list[PhonebookEntry]
) -> Response[ActionResponse]:
    """Like `sync_detailed`, to be awaited."""
    return _build_response(
        client=client,
        response=await _encoding.sent(client.get_async_httpx_client().request, _get_kwargs(body=body)),
    )


async def asyncio(*, client: AuthenticatedClient | Client, body: list[PhonebookEntry]) -> ActionResponse:
    """Like `sync`, to be awaited."""
    return (await asyncio_detailed(client=client, body=body)).parsed
