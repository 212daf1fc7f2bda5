from typing import Literal

ListCdrInbound = Literal[0, 1]

LIST_CDR_INBOUND_VALUES: set[ListCdrInbound] = {
    0,
    1,
}


def check_list_cdr_inbound(value: int) -> ListCdrInbound:
    if value in LIST_CDR_INBOUND_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {LIST_CDR_INBOUND_VALUES!r}")
