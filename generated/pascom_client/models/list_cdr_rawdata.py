from typing import Literal

ListCdrRawdata = Literal[0, 1]

LIST_CDR_RAWDATA_VALUES: set[ListCdrRawdata] = {
    0,
    1,
}


def check_list_cdr_rawdata(value: int) -> ListCdrRawdata:
    if value in LIST_CDR_RAWDATA_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {LIST_CDR_RAWDATA_VALUES!r}")
