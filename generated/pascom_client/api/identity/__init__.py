# pyright: standard
from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ...types import UNSET, File, Unset

if TYPE_CHECKING:
    import datetime
    from uuid import UUID

    from ...client import AuthenticatedClient, Client
    from ...models.action_response import ActionResponse
    from ...models.call_record import CallRecord
    from ...models.device_action import DeviceAction
    from ...models.get_identity_cdr_chaindata import GetIdentityCdrChaindata
    from ...models.get_identity_cdr_inbound import GetIdentityCdrInbound
    from ...models.get_identity_cdr_internal import GetIdentityCdrInternal
    from ...models.get_identity_cdr_rawdata import GetIdentityCdrRawdata
    from ...models.get_identity_states_response_200 import GetIdentityStatesResponse200
    from ...models.identity import Identity


class IdentityApi:
    """The services of `identity`."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of identity: default_device_action, get_identity, get_identity_cdr, get_identity_states, list_identities>"

    def default_device_action(self, user_name: str, *, body: DeviceAction) -> ActionResponse:
        """Control the user's preferred phone

        Lets the preferred phone of the user dial (`{"action": "dial", "destination": "*100", "prefix":
        "auto"}`), answer (`{"action": "offhook"}`) or hang up (`{"action": "hangup"}`, since 18.08). The
        answer means that the command was accepted, not that the call was answered.

        Source: vendor documentation, REST API page; vendor script togglecall.py (confidence A: path,
        bodies, reply to dial; D: reply to the others).

        Args:
            user_name (str): The user's login name (`003use_name`).
            body (DeviceAction):

        Returns:
            ActionResponse
        """

        from .default_device_action import sync as _call

        return _call(user_name, client=self._client, body=body)

    def get_identity(self, user_name: str) -> Identity:
        """One user

        One user as a flat object with database column names; 404 if there is none.

        Source: vendor manual of mobydick 7, REST API (confidence A; names of the fields: D, from the XMPP
        twin).

        Args:
            user_name (str): The user's login name (`003use_name`).

        Returns:
            Identity
        """

        from .get_identity import sync as _call

        return _call(user_name, client=self._client)

    def get_identity_cdr(
        self,
        user_name: str,
        *,
        timefrom: str | Unset = UNSET,
        timeto: str | Unset = UNSET,
        inbound: GetIdentityCdrInbound | Unset = UNSET,
        internal: GetIdentityCdrInternal | Unset = UNSET,
        result: str | Unset = UNSET,
        rawdata: GetIdentityCdrRawdata | Unset = UNSET,
        chaindata: GetIdentityCdrChaindata | Unset = UNSET,
        limit: int | Unset = UNSET,
    ) -> list[CallRecord]:
        """List calls of one user

        Assumed: the vendor doesn't document this.

        As `GET /cdr/`, for one user. Answered 500 until 18.04. Parameters and answer assumed.

        Source: release notes 18.05 (MD-11195) (confidence C).

        Args:
            user_name (str): The user's login name (`003use_name`).
            timefrom (str | Unset): Start of the time range. Value format assumed (not published):
                epoch milliseconds or `YYYY-MM-DD hh:mm:ss` in the server's local time; whether the end
                belongs to the range is not published either.
            timeto (str | Unset): End of the time range. Format as `timefrom`.
            inbound (GetIdentityCdrInbound | Unset): 1: calls from outside only, 0: the others. Values
                assumed.
            internal (GetIdentityCdrInternal | Unset): 1: internal calls only, 0: the others. Values
                assumed.
            result (str | Unset): Only calls with this `result`: noanswer, hangup, transfer, redirect.
            rawdata (GetIdentityCdrRawdata | Unset): 1: the raw phonecallrecords instead of journal
                rows.
            chaindata (GetIdentityCdrChaindata | Unset): 1, with `rawdata`: also every record of the
                whole call flow.
            limit (int | Unset): How many rows at most. Name assumed (it is that of the XMPP journal
                command); 100 when absent, at most 1000 are returned. Default: 100.

        Returns:
            list[CallRecord]
        """

        from .get_identity_cdr import sync as _call

        return _call(
            user_name,
            client=self._client,
            timefrom=timefrom,
            timeto=timeto,
            inbound=inbound,
            internal=internal,
            result=result,
            rawdata=rawdata,
            chaindata=chaindata,
            limit=limit,
        )

    def get_identity_states(self, *, keys: list[str] | Unset = UNSET) -> GetIdentityStatesResponse200 | None:
        """Telephone states of users

        The state of each user asked for, as an object keyed by user name. 204 when there is nothing to say.

        Source: vendor script togglecall.py; release notes 18.02 (confidence A; 204: C; separator of several
        keys assumed).

        Args:
            keys (list[str] | Unset): User names. Several are separated by commas (assumed).

        Returns:
            GetIdentityStatesResponse200 | None
        """

        from .get_identity_states import sync as _call

        return _call(client=self._client, keys=keys)

    def list_identities(self) -> list[Identity]:
        """List all users

        All users of the system. The vendor uses this address as its example for the browser's login; the
        shape of the list (an array of users) is assumed.

        Source: vendor web page api-doc (introduction) (confidence A: path; shape assumed).

        Returns:
            list[Identity]
        """

        from .list_identities import sync as _call

        return _call(client=self._client)


class AsyncIdentityApi:
    """The services of `identity`, awaitable."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services of identity: default_device_action, get_identity, get_identity_cdr, get_identity_states, list_identities>"

    async def default_device_action(self, user_name: str, *, body: DeviceAction) -> ActionResponse:
        """Control the user's preferred phone

        Lets the preferred phone of the user dial (`{"action": "dial", "destination": "*100", "prefix":
        "auto"}`), answer (`{"action": "offhook"}`) or hang up (`{"action": "hangup"}`, since 18.08). The
        answer means that the command was accepted, not that the call was answered.

        Source: vendor documentation, REST API page; vendor script togglecall.py (confidence A: path,
        bodies, reply to dial; D: reply to the others).

        Args:
            user_name (str): The user's login name (`003use_name`).
            body (DeviceAction):

        Returns:
            ActionResponse
        """

        from .default_device_action import asyncio as _call

        return await _call(user_name, client=self._client, body=body)

    async def get_identity(self, user_name: str) -> Identity:
        """One user

        One user as a flat object with database column names; 404 if there is none.

        Source: vendor manual of mobydick 7, REST API (confidence A; names of the fields: D, from the XMPP
        twin).

        Args:
            user_name (str): The user's login name (`003use_name`).

        Returns:
            Identity
        """

        from .get_identity import asyncio as _call

        return await _call(user_name, client=self._client)

    async def get_identity_cdr(
        self,
        user_name: str,
        *,
        timefrom: str | Unset = UNSET,
        timeto: str | Unset = UNSET,
        inbound: GetIdentityCdrInbound | Unset = UNSET,
        internal: GetIdentityCdrInternal | Unset = UNSET,
        result: str | Unset = UNSET,
        rawdata: GetIdentityCdrRawdata | Unset = UNSET,
        chaindata: GetIdentityCdrChaindata | Unset = UNSET,
        limit: int | Unset = UNSET,
    ) -> list[CallRecord]:
        """List calls of one user

        Assumed: the vendor doesn't document this.

        As `GET /cdr/`, for one user. Answered 500 until 18.04. Parameters and answer assumed.

        Source: release notes 18.05 (MD-11195) (confidence C).

        Args:
            user_name (str): The user's login name (`003use_name`).
            timefrom (str | Unset): Start of the time range. Value format assumed (not published):
                epoch milliseconds or `YYYY-MM-DD hh:mm:ss` in the server's local time; whether the end
                belongs to the range is not published either.
            timeto (str | Unset): End of the time range. Format as `timefrom`.
            inbound (GetIdentityCdrInbound | Unset): 1: calls from outside only, 0: the others. Values
                assumed.
            internal (GetIdentityCdrInternal | Unset): 1: internal calls only, 0: the others. Values
                assumed.
            result (str | Unset): Only calls with this `result`: noanswer, hangup, transfer, redirect.
            rawdata (GetIdentityCdrRawdata | Unset): 1: the raw phonecallrecords instead of journal
                rows.
            chaindata (GetIdentityCdrChaindata | Unset): 1, with `rawdata`: also every record of the
                whole call flow.
            limit (int | Unset): How many rows at most. Name assumed (it is that of the XMPP journal
                command); 100 when absent, at most 1000 are returned. Default: 100.

        Returns:
            list[CallRecord]
        """

        from .get_identity_cdr import asyncio as _call

        return await _call(
            user_name,
            client=self._client,
            timefrom=timefrom,
            timeto=timeto,
            inbound=inbound,
            internal=internal,
            result=result,
            rawdata=rawdata,
            chaindata=chaindata,
            limit=limit,
        )

    async def get_identity_states(
        self, *, keys: list[str] | Unset = UNSET
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

        from .get_identity_states import asyncio as _call

        return await _call(client=self._client, keys=keys)

    async def list_identities(self) -> list[Identity]:
        """List all users

        All users of the system. The vendor uses this address as its example for the browser's login; the
        shape of the list (an array of users) is assumed.

        Source: vendor web page api-doc (introduction) (confidence A: path; shape assumed).

        Returns:
            list[Identity]
        """

        from .list_identities import asyncio as _call

        return await _call(client=self._client)
