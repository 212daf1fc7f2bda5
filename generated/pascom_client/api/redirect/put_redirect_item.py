from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.redirect import Redirect
from ...types import Response


def _get_kwargs(
    source: str,
    *,
    body: Redirect,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/redirect/{source}".format(
            source=quote(str(source), safe=""),
        ),
    }

    _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Any | Redirect | None:
    if response.status_code == 200:
        response_200 = Redirect.from_dict(response.json())

        return response_200

    if response.status_code == 401:
        response_401 = cast(Any, None)
        return response_401

    if response.status_code == 404:
        response_404 = cast(Any, None)
        return response_404

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Any | Redirect]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    source: str,
    *,
    client: AuthenticatedClient | Client,
    body: Redirect,
) -> Response[Any | Redirect]:
    """Set a call forwarding

     Call forwardings can be set; the target must be numeric (path and body assumed).

    Source: release notes 7.04.00, 7.05.00 (confidence C).

    Args:
        source (str):
        body (Redirect): A call forwarding; fields from the XMPP twin.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | Redirect]
    """

    kwargs = _get_kwargs(
        source=source,
        body=body,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    source: str,
    *,
    client: AuthenticatedClient | Client,
    body: Redirect,
) -> Any | Redirect | None:
    """Set a call forwarding

     Call forwardings can be set; the target must be numeric (path and body assumed).

    Source: release notes 7.04.00, 7.05.00 (confidence C).

    Args:
        source (str):
        body (Redirect): A call forwarding; fields from the XMPP twin.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | Redirect
    """

    return sync_detailed(
        source=source,
        client=client,
        body=body,
    ).parsed


async def asyncio_detailed(
    source: str,
    *,
    client: AuthenticatedClient | Client,
    body: Redirect,
) -> Response[Any | Redirect]:
    """Set a call forwarding

     Call forwardings can be set; the target must be numeric (path and body assumed).

    Source: release notes 7.04.00, 7.05.00 (confidence C).

    Args:
        source (str):
        body (Redirect): A call forwarding; fields from the XMPP twin.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | Redirect]
    """

    kwargs = _get_kwargs(
        source=source,
        body=body,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    source: str,
    *,
    client: AuthenticatedClient | Client,
    body: Redirect,
) -> Any | Redirect | None:
    """Set a call forwarding

     Call forwardings can be set; the target must be numeric (path and body assumed).

    Source: release notes 7.04.00, 7.05.00 (confidence C).

    Args:
        source (str):
        body (Redirect): A call forwarding; fields from the XMPP twin.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | Redirect
    """

    return (
        await asyncio_detailed(
            source=source,
            client=client,
            body=body,
        )
    ).parsed
