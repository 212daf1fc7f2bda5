from typing import Literal

GetIdentityCdrChaindata = Literal[0, 1]

GET_IDENTITY_CDR_CHAINDATA_VALUES: set[GetIdentityCdrChaindata] = {
    0,
    1,
}


def check_get_identity_cdr_chaindata(value: int) -> GetIdentityCdrChaindata:
    if value in GET_IDENTITY_CDR_CHAINDATA_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GET_IDENTITY_CDR_CHAINDATA_VALUES!r}")
