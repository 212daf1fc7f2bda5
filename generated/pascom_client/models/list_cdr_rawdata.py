# pyright: standard
from typing import Literal

ListCdrRawdata = Literal[0, 1]
