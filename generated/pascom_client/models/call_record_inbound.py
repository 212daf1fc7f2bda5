from typing import Literal

CallRecordInbound = Literal[0, 1]

CALL_RECORD_INBOUND_VALUES: set[CallRecordInbound] = {
    0,
    1,
}


def check_call_record_inbound(value: int) -> CallRecordInbound:
    if value in CALL_RECORD_INBOUND_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CALL_RECORD_INBOUND_VALUES!r}")
