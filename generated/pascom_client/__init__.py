# pyright: standard
"""A client library for accessing pascom REST API"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .api.apply import ApplyApi, AsyncApplyApi
    from .api.astdb import AstdbApi, AsyncAstdbApi
    from .api.berofix import AsyncBerofixApi, BerofixApi
    from .api.cdr import AsyncCdrApi, CdrApi
    from .api.connector import AsyncConnectorApi, ConnectorApi
    from .api.device import AsyncDeviceApi, DeviceApi
    from .api.extension import AsyncExtensionApi, ExtensionApi
    from .api.externals import AsyncExternalsApi, ExternalsApi
    from .api.faxdevice import AsyncFaxdeviceApi, FaxdeviceApi
    from .api.faxserver import AsyncFaxserverApi, FaxserverApi
    from .api.icinga import AsyncIcingaApi, IcingaApi
    from .api.identity import AsyncIdentityApi, IdentityApi
    from .api.ipdevice import AsyncIpdeviceApi, IpdeviceApi
    from .api.location import AsyncLocationApi, LocationApi
    from .api.monitor import AsyncMonitorApi, MonitorApi
    from .api.phonebook import AsyncPhonebookApi, PhonebookApi
    from .api.prompt import AsyncPromptApi, PromptApi
    from .api.queue import AsyncQueueApi, QueueApi
    from .api.redirect import AsyncRedirectApi, RedirectApi
    from .api.skill import AsyncSkillApi, SkillApi
    from .api.trunk import AsyncTrunkApi, TrunkApi
    from .api.voicemailbox import AsyncVoicemailboxApi, VoicemailboxApi
    from .api.xmppserver import AsyncXmppserverApi, XmppserverApi
    from .client import AuthenticatedClient, Client


class Api:
    """Every documented service by its tag, for example `Api(client).cdr.list_cdr(limit=5)`."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services: apply, astdb, berofix, cdr, connector, device, extension, externals, faxdevice, faxserver, icinga, identity, ipdevice, location, monitor, phonebook, prompt, queue, redirect, skill, trunk, voicemailbox, xmppserver>"

    @property
    def apply(self) -> ApplyApi:
        from .api.apply import ApplyApi

        return ApplyApi(self._client)

    @property
    def astdb(self) -> AstdbApi:
        from .api.astdb import AstdbApi

        return AstdbApi(self._client)

    @property
    def berofix(self) -> BerofixApi:
        from .api.berofix import BerofixApi

        return BerofixApi(self._client)

    @property
    def cdr(self) -> CdrApi:
        from .api.cdr import CdrApi

        return CdrApi(self._client)

    @property
    def connector(self) -> ConnectorApi:
        from .api.connector import ConnectorApi

        return ConnectorApi(self._client)

    @property
    def device(self) -> DeviceApi:
        from .api.device import DeviceApi

        return DeviceApi(self._client)

    @property
    def extension(self) -> ExtensionApi:
        from .api.extension import ExtensionApi

        return ExtensionApi(self._client)

    @property
    def externals(self) -> ExternalsApi:
        from .api.externals import ExternalsApi

        return ExternalsApi(self._client)

    @property
    def faxdevice(self) -> FaxdeviceApi:
        from .api.faxdevice import FaxdeviceApi

        return FaxdeviceApi(self._client)

    @property
    def faxserver(self) -> FaxserverApi:
        from .api.faxserver import FaxserverApi

        return FaxserverApi(self._client)

    @property
    def icinga(self) -> IcingaApi:
        from .api.icinga import IcingaApi

        return IcingaApi(self._client)

    @property
    def identity(self) -> IdentityApi:
        from .api.identity import IdentityApi

        return IdentityApi(self._client)

    @property
    def ipdevice(self) -> IpdeviceApi:
        from .api.ipdevice import IpdeviceApi

        return IpdeviceApi(self._client)

    @property
    def location(self) -> LocationApi:
        from .api.location import LocationApi

        return LocationApi(self._client)

    @property
    def monitor(self) -> MonitorApi:
        from .api.monitor import MonitorApi

        return MonitorApi(self._client)

    @property
    def phonebook(self) -> PhonebookApi:
        from .api.phonebook import PhonebookApi

        return PhonebookApi(self._client)

    @property
    def prompt(self) -> PromptApi:
        from .api.prompt import PromptApi

        return PromptApi(self._client)

    @property
    def queue(self) -> QueueApi:
        from .api.queue import QueueApi

        return QueueApi(self._client)

    @property
    def redirect(self) -> RedirectApi:
        from .api.redirect import RedirectApi

        return RedirectApi(self._client)

    @property
    def skill(self) -> SkillApi:
        from .api.skill import SkillApi

        return SkillApi(self._client)

    @property
    def trunk(self) -> TrunkApi:
        from .api.trunk import TrunkApi

        return TrunkApi(self._client)

    @property
    def voicemailbox(self) -> VoicemailboxApi:
        from .api.voicemailbox import VoicemailboxApi

        return VoicemailboxApi(self._client)

    @property
    def xmppserver(self) -> XmppserverApi:
        from .api.xmppserver import XmppserverApi

        return XmppserverApi(self._client)


class AsyncApi:
    """Every documented service by its tag, for example `AsyncApi(client).cdr.list_cdr(limit=5)`, awaitable."""

    def __init__(self, client: AuthenticatedClient | Client) -> None:
        self._client = client

    def __repr__(self) -> str:
        return "<services: apply, astdb, berofix, cdr, connector, device, extension, externals, faxdevice, faxserver, icinga, identity, ipdevice, location, monitor, phonebook, prompt, queue, redirect, skill, trunk, voicemailbox, xmppserver>"

    @property
    def apply(self) -> AsyncApplyApi:
        from .api.apply import AsyncApplyApi

        return AsyncApplyApi(self._client)

    @property
    def astdb(self) -> AsyncAstdbApi:
        from .api.astdb import AsyncAstdbApi

        return AsyncAstdbApi(self._client)

    @property
    def berofix(self) -> AsyncBerofixApi:
        from .api.berofix import AsyncBerofixApi

        return AsyncBerofixApi(self._client)

    @property
    def cdr(self) -> AsyncCdrApi:
        from .api.cdr import AsyncCdrApi

        return AsyncCdrApi(self._client)

    @property
    def connector(self) -> AsyncConnectorApi:
        from .api.connector import AsyncConnectorApi

        return AsyncConnectorApi(self._client)

    @property
    def device(self) -> AsyncDeviceApi:
        from .api.device import AsyncDeviceApi

        return AsyncDeviceApi(self._client)

    @property
    def extension(self) -> AsyncExtensionApi:
        from .api.extension import AsyncExtensionApi

        return AsyncExtensionApi(self._client)

    @property
    def externals(self) -> AsyncExternalsApi:
        from .api.externals import AsyncExternalsApi

        return AsyncExternalsApi(self._client)

    @property
    def faxdevice(self) -> AsyncFaxdeviceApi:
        from .api.faxdevice import AsyncFaxdeviceApi

        return AsyncFaxdeviceApi(self._client)

    @property
    def faxserver(self) -> AsyncFaxserverApi:
        from .api.faxserver import AsyncFaxserverApi

        return AsyncFaxserverApi(self._client)

    @property
    def icinga(self) -> AsyncIcingaApi:
        from .api.icinga import AsyncIcingaApi

        return AsyncIcingaApi(self._client)

    @property
    def identity(self) -> AsyncIdentityApi:
        from .api.identity import AsyncIdentityApi

        return AsyncIdentityApi(self._client)

    @property
    def ipdevice(self) -> AsyncIpdeviceApi:
        from .api.ipdevice import AsyncIpdeviceApi

        return AsyncIpdeviceApi(self._client)

    @property
    def location(self) -> AsyncLocationApi:
        from .api.location import AsyncLocationApi

        return AsyncLocationApi(self._client)

    @property
    def monitor(self) -> AsyncMonitorApi:
        from .api.monitor import AsyncMonitorApi

        return AsyncMonitorApi(self._client)

    @property
    def phonebook(self) -> AsyncPhonebookApi:
        from .api.phonebook import AsyncPhonebookApi

        return AsyncPhonebookApi(self._client)

    @property
    def prompt(self) -> AsyncPromptApi:
        from .api.prompt import AsyncPromptApi

        return AsyncPromptApi(self._client)

    @property
    def queue(self) -> AsyncQueueApi:
        from .api.queue import AsyncQueueApi

        return AsyncQueueApi(self._client)

    @property
    def redirect(self) -> AsyncRedirectApi:
        from .api.redirect import AsyncRedirectApi

        return AsyncRedirectApi(self._client)

    @property
    def skill(self) -> AsyncSkillApi:
        from .api.skill import AsyncSkillApi

        return AsyncSkillApi(self._client)

    @property
    def trunk(self) -> AsyncTrunkApi:
        from .api.trunk import AsyncTrunkApi

        return AsyncTrunkApi(self._client)

    @property
    def voicemailbox(self) -> AsyncVoicemailboxApi:
        from .api.voicemailbox import AsyncVoicemailboxApi

        return AsyncVoicemailboxApi(self._client)

    @property
    def xmppserver(self) -> AsyncXmppserverApi:
        from .api.xmppserver import AsyncXmppserverApi

        return AsyncXmppserverApi(self._client)


def __getattr__(name: str) -> Any:
    if name in ("AuthenticatedClient", "Client"):
        from . import client

        return getattr(client, name)
    raise AttributeError(name)


__all__ = ("Api", "AsyncApi", "AuthenticatedClient", "Client")
