# pyright: standard
"""The models, each imported when it is first asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .action_response import ActionResponse
    from .any_object import AnyObject
    from .astdb_value import AstdbValue
    from .call_label import CallLabel
    from .call_record import CallRecord
    from .call_record_inbound import CallRecordInbound
    from .call_record_internal import CallRecordInternal
    from .device import Device
    from .device_action import DeviceAction
    from .get_identity_cdr_chaindata import GetIdentityCdrChaindata
    from .get_identity_cdr_inbound import GetIdentityCdrInbound
    from .get_identity_cdr_internal import GetIdentityCdrInternal
    from .get_identity_cdr_rawdata import GetIdentityCdrRawdata
    from .get_identity_states_response_200 import GetIdentityStatesResponse200
    from .identity import Identity
    from .identity_state import IdentityState
    from .list_cdr_chaindata import ListCdrChaindata
    from .list_cdr_inbound import ListCdrInbound
    from .list_cdr_internal import ListCdrInternal
    from .list_cdr_rawdata import ListCdrRawdata
    from .location_action import LocationAction
    from .phonebook_entry import PhonebookEntry
    from .queue_action import QueueAction
    from .recording import Recording
    from .redirect import Redirect
    from .voicemailbox import Voicemailbox

    pass

_MODULES: dict[str, str] = {
    "ActionResponse": ".action_response",
    "AnyObject": ".any_object",
    "AstdbValue": ".astdb_value",
    "CallLabel": ".call_label",
    "CallRecord": ".call_record",
    "CallRecordInbound": ".call_record_inbound",
    "CallRecordInternal": ".call_record_internal",
    "Device": ".device",
    "DeviceAction": ".device_action",
    "GetIdentityCdrChaindata": ".get_identity_cdr_chaindata",
    "GetIdentityCdrInbound": ".get_identity_cdr_inbound",
    "GetIdentityCdrInternal": ".get_identity_cdr_internal",
    "GetIdentityCdrRawdata": ".get_identity_cdr_rawdata",
    "GetIdentityStatesResponse200": ".get_identity_states_response_200",
    "Identity": ".identity",
    "IdentityState": ".identity_state",
    "ListCdrChaindata": ".list_cdr_chaindata",
    "ListCdrInbound": ".list_cdr_inbound",
    "ListCdrInternal": ".list_cdr_internal",
    "ListCdrRawdata": ".list_cdr_rawdata",
    "LocationAction": ".location_action",
    "PhonebookEntry": ".phonebook_entry",
    "QueueAction": ".queue_action",
    "Recording": ".recording",
    "Redirect": ".redirect",
    "Voicemailbox": ".voicemailbox",
}


def __getattr__(name: str) -> Any:
    if name not in _MODULES:
        raise AttributeError(name)
    return getattr(import_module(_MODULES[name], __name__), name)


def __dir__() -> list[str]:
    return sorted(_MODULES)


__all__ = (
    "ActionResponse",
    "AnyObject",
    "AstdbValue",
    "CallLabel",
    "CallRecord",
    "CallRecordInbound",
    "CallRecordInternal",
    "Device",
    "DeviceAction",
    "GetIdentityCdrChaindata",
    "GetIdentityCdrInbound",
    "GetIdentityCdrInternal",
    "GetIdentityCdrRawdata",
    "GetIdentityStatesResponse200",
    "Identity",
    "IdentityState",
    "ListCdrChaindata",
    "ListCdrInbound",
    "ListCdrInternal",
    "ListCdrRawdata",
    "LocationAction",
    "PhonebookEntry",
    "QueueAction",
    "Recording",
    "Redirect",
    "Voicemailbox",
)
