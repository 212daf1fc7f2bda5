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
    from ...models.voicemailbox import Voicemailbox


def _get_kwargs(mailbox: str) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": _encoding.address("/voicemailbox/{mailbox}", mailbox=_encoding.in_path("mailbox", mailbox)),
        "extensions": {"path_template": "/voicemailbox/{mailbox}"},
    }
    _headers: dict[str, str] = {"Accept": "application/json"}
    _kwargs["headers"] = _headers
    return _kwargs


def _parse_response(*, client: AuthenticatedClient | Client, response: httpx.Response) -> Voicemailbox:
    from ...models.voicemailbox import Voicemailbox

    _documented = ("200", "401", "404")
    if client.raise_on_unexpected_status and not {
        str(response.status_code),
        f"{response.status_code // 100}XX",
        "default",
    }.intersection(_documented):
        raise _errors.UnexpectedStatus(response.status_code, response.content)
    _parsed: Voicemailbox = _read(response, {"200": Voicemailbox.from_dict})
    return _parsed


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Voicemailbox]:
    return Response(
        status_code=_status_of(response),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(mailbox: str, *, client: AuthenticatedClient | Client) -> Response[Voicemailbox]:
    """Like `sync`, with the status, the headers and the content as they came."""
    return _build_response(
        client=client, response=_encoding.sent(client.get_httpx_client().request, _get_kwargs(mailbox))
    )


def sync(mailbox: str, *, client: AuthenticatedClient | Client) -> Voicemailbox:
    """One voicemail box

    One voicemail box as a flat object with database column names.

    Source: vendor script getmail.py (confidence A: path and `016voi_email`).

    Args:
        mailbox (str): The box's extension.

    Returns:
        Voicemailbox
    """

    return sync_detailed(mailbox, client=client).parsed


async def asyncio_detailed(mailbox: str, *, client: AuthenticatedClient | Client) -> Response[Voicemailbox]:
    """Like `sync_detailed`, to be awaited."""
    return _build_response(
        client=client,
        response=await _encoding.sent(client.get_async_httpx_client().request, _get_kwargs(mailbox)),
    )


async def asyncio(mailbox: str, *, client: AuthenticatedClient | Client) -> Voicemailbox:
    """Like `sync`, to be awaited."""
    return (await asyncio_detailed(mailbox, client=client)).parsed
