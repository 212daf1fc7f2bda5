# pyright: standard
from typing import Literal

CallRecordInbound = Literal[0, 1]
