# pyright: standard
from typing import Literal

ListCdrInbound = Literal[0, 1]
