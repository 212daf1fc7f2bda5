from http import HTTPStatus
from typing import Any, cast
from urllib.parse import quote

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.voicemailbox import Voicemailbox
from ...types import Response


def _get_kwargs(
    mailbox: str,
) -> dict[str, Any]:

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/voicemailbox/{mailbox}".format(
            mailbox=quote(str(mailbox), safe=""),
        ),
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Any | Voicemailbox | None:
    if response.status_code == 200:
        response_200 = Voicemailbox.from_dict(response.json())

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
) -> Response[Any | Voicemailbox]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    mailbox: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[Any | Voicemailbox]:
    """One voicemail box

     One voicemail box as a flat object with database column names.

    Source: vendor script getmail.py (confidence A: path and `016voi_email`).

    Args:
        mailbox (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | Voicemailbox]
    """

    kwargs = _get_kwargs(
        mailbox=mailbox,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    mailbox: str,
    *,
    client: AuthenticatedClient | Client,
) -> Any | Voicemailbox | None:
    """One voicemail box

     One voicemail box as a flat object with database column names.

    Source: vendor script getmail.py (confidence A: path and `016voi_email`).

    Args:
        mailbox (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | Voicemailbox
    """

    return sync_detailed(
        mailbox=mailbox,
        client=client,
    ).parsed


async def asyncio_detailed(
    mailbox: str,
    *,
    client: AuthenticatedClient | Client,
) -> Response[Any | Voicemailbox]:
    """One voicemail box

     One voicemail box as a flat object with database column names.

    Source: vendor script getmail.py (confidence A: path and `016voi_email`).

    Args:
        mailbox (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Any | Voicemailbox]
    """

    kwargs = _get_kwargs(
        mailbox=mailbox,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    mailbox: str,
    *,
    client: AuthenticatedClient | Client,
) -> Any | Voicemailbox | None:
    """One voicemail box

     One voicemail box as a flat object with database column names.

    Source: vendor script getmail.py (confidence A: path and `016voi_email`).

    Args:
        mailbox (str):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Any | Voicemailbox
    """

    return (
        await asyncio_detailed(
            mailbox=mailbox,
            client=client,
        )
    ).parsed
