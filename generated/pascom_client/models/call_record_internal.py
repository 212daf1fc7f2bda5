from typing import Literal

CallRecordInternal = Literal[0, 1]

CALL_RECORD_INTERNAL_VALUES: set[CallRecordInternal] = {
    0,
    1,
}


def check_call_record_internal(value: int) -> CallRecordInternal:
    if value in CALL_RECORD_INTERNAL_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {CALL_RECORD_INTERNAL_VALUES!r}")
