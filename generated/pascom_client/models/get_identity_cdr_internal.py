from typing import Literal

GetIdentityCdrInternal = Literal[0, 1]

GET_IDENTITY_CDR_INTERNAL_VALUES: set[GetIdentityCdrInternal] = {
    0,
    1,
}


def check_get_identity_cdr_internal(value: int) -> GetIdentityCdrInternal:
    if value in GET_IDENTITY_CDR_INTERNAL_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GET_IDENTITY_CDR_INTERNAL_VALUES!r}")
