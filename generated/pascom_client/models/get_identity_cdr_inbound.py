from typing import Literal

GetIdentityCdrInbound = Literal[0, 1]

GET_IDENTITY_CDR_INBOUND_VALUES: set[GetIdentityCdrInbound] = {
    0,
    1,
}


def check_get_identity_cdr_inbound(value: int) -> GetIdentityCdrInbound:
    if value in GET_IDENTITY_CDR_INBOUND_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GET_IDENTITY_CDR_INBOUND_VALUES!r}")
