# pyright: standard
from typing import Literal

CallRecordInternal = Literal[0, 1]
