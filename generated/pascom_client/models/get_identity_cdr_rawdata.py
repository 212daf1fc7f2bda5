from typing import Literal

GetIdentityCdrRawdata = Literal[0, 1]

GET_IDENTITY_CDR_RAWDATA_VALUES: set[GetIdentityCdrRawdata] = {
    0,
    1,
}


def check_get_identity_cdr_rawdata(value: int) -> GetIdentityCdrRawdata:
    if value in GET_IDENTITY_CDR_RAWDATA_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {GET_IDENTITY_CDR_RAWDATA_VALUES!r}")
