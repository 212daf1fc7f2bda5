# pyright: standard
from typing import Literal

ListCdrInternal = Literal[0, 1]
