# pyright: standard
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ... import encoding as _encoding
from ... import errors as _errors
from ...types import UNSET, Response, Unset
from ...types import read as _read
from ...types import status_of as _status_of

if TYPE_CHECKING:
    import httpx

    from ...client import AuthenticatedClient, Client
    from ...models.get_identity_states_response_200 import GetIdentityStatesResponse200


def _get_kwargs(*, keys: list[str] | Unset = UNSET) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": _encoding.with_query(
            _encoding.address("/identity/states"), _encoding.in_query("keys", keys, explode=False)
        ),
        "extensions": {"path_template": "/identity/states"},
    }
    _headers: dict[str, str] = {"Accept": "application/json"}
    _kwargs["headers"] = _headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> GetIdentityStatesResponse200 | None:
    from ...models.get_identity_states_response_200 import GetIdentityStatesResponse200

    _documented = ("200", "204", "401")
    if client.raise_on_unexpected_status and not {
        str(response.status_code),
        f"{response.status_code // 100}XX",
        "default",
    }.intersection(_documented):
        raise _errors.UnexpectedStatus(response.status_code, response.content)
    _parsed: GetIdentityStatesResponse200 | None = _read(
        response, {"200": GetIdentityStatesResponse200.from_dict}
    )
    return _parsed


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[GetIdentityStatesResponse200 | None]:
    return Response(
        status_code=_status_of(response),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *, client: AuthenticatedClient | Client, keys: list[str] | Unset = UNSET
) -> Response[GetIdentityStatesResponse200 | None]:
    """Like `sync`, with the status, the headers and the content as they came."""
    return _build_response(
        client=client, response=_encoding.sent(client.get_httpx_client().request, _get_kwargs(keys=keys))
    )


def sync(
    *, client: AuthenticatedClient | Client, keys: list[str] | Unset = UNSET
) -> GetIdentityStatesResponse200 | None:
    """Telephone states of users

    The state of each user asked for, as an object keyed by user name. 204 when there is nothing to say.

    Source: vendor script togglecall.py; release notes 18.02 (confidence A; 204: C; separator of several
    keys assumed).

    Args:
        keys (list[str] | Unset): User names. Several are separated by commas (assumed).

    Returns:
        GetIdentityStatesResponse200 | None
    """

    return sync_detailed(client=client, keys=keys).parsed


async def asyncio_detailed(
    *, client: AuthenticatedClient | Client, keys: list[str] | Unset = UNSET
) -> Response[GetIdentityStatesResponse200 | None]:
    """Like `sync_detailed`, to be awaited."""
    return _build_response(
        client=client,
        response=await _encoding.sent(client.get_async_httpx_client().request, _get_kwargs(keys=keys)),
    )


async def asyncio(
    *, client: AuthenticatedClient | Client, keys: list[str] | Unset = UNSET
) -> GetIdentityStatesResponse200 | None:
    """Like `sync`, to be awaited."""
    return (await asyncio_detailed(client=client, keys=keys)).parsed
