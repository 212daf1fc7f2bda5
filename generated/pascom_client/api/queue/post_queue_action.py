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
    from ...models.queue_action import QueueAction


def _get_kwargs(queue_name: str, *, body: QueueAction) -> dict[str, Any]:
    _kwargs: dict[str, Any] = {
        "method": "post",
        "url": _encoding.address(
            "/queue/{queue_name}/action", queue_name=_encoding.in_path("queueName", queue_name)
        ),
        "extensions": {"path_template": "/queue/{queue_name}/action"},
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

    _documented = ("200", "401", "404")
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
    queue_name: str, *, client: AuthenticatedClient | Client, body: QueueAction
) -> Response[ActionResponse]:
    """Like `sync`, with the status, the headers and the content as they came."""
    return _build_response(
        client=client,
        response=_encoding.sent(client.get_httpx_client().request, _get_kwargs(queue_name, body=body)),
    )


def sync(queue_name: str, *, client: AuthenticatedClient | Client, body: QueueAction) -> ActionResponse:
    """Log an agent in or out, pause or resume

    Assumed: the vendor doesn't document this.

    Agent operations exist (path and body assumed).

    Source: release notes 7.05.00, 7.11.00 (confidence C).

    Args:
        queue_name (str): Name of the team.
        body (QueueAction):

    Returns:
        ActionResponse
    """

    return sync_detailed(queue_name, client=client, body=body).parsed


async def asyncio_detailed(
    queue_name: str, *, client: AuthenticatedClient | Client, body: QueueAction
) -> Response[ActionResponse]:
    """Like `sync_detailed`, to be awaited."""
    return _build_response(
        client=client,
        response=await _encoding.sent(
            client.get_async_httpx_client().request, _get_kwargs(queue_name, body=body)
        ),
    )


async def asyncio(
    queue_name: str, *, client: AuthenticatedClient | Client, body: QueueAction
) -> ActionResponse:
    """Like `sync`, to be awaited."""
    return (await asyncio_detailed(queue_name, client=client, body=body)).parsed
