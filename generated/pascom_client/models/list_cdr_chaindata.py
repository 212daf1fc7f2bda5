from typing import Literal

ListCdrChaindata = Literal[0, 1]

LIST_CDR_CHAINDATA_VALUES: set[ListCdrChaindata] = {
    0,
    1,
}


def check_list_cdr_chaindata(value: int) -> ListCdrChaindata:
    if value in LIST_CDR_CHAINDATA_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {LIST_CDR_CHAINDATA_VALUES!r}")
