from typing import Literal

ListCdrInternal = Literal[0, 1]

LIST_CDR_INTERNAL_VALUES: set[ListCdrInternal] = {
    0,
    1,
}


def check_list_cdr_internal(value: int) -> ListCdrInternal:
    if value in LIST_CDR_INTERNAL_VALUES:
        return value
    raise TypeError(f"Unexpected value {value!r}. Expected one of {LIST_CDR_INTERNAL_VALUES!r}")
