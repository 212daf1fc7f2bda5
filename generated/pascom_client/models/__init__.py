"""Contains all the data models used in inputs/outputs"""

from .action_response import ActionResponse
from .astdb_value import AstdbValue
from .call_label import CallLabel
from .call_record import CallRecord
from .call_record_inbound import CallRecordInbound
from .call_record_internal import CallRecordInternal
from .default_device_action_response_200 import DefaultDeviceActionResponse200
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
from .master_data import MasterData
from .phonebook_entry import PhonebookEntry
from .queue_action import QueueAction
from .recording import Recording
from .redirect import Redirect
from .voicemailbox import Voicemailbox

__all__ = (
    "ActionResponse",
    "AstdbValue",
    "CallLabel",
    "CallRecord",
    "CallRecordInbound",
    "CallRecordInternal",
    "DefaultDeviceActionResponse200",
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
    "MasterData",
    "PhonebookEntry",
    "QueueAction",
    "Recording",
    "Redirect",
    "Voicemailbox",
)
