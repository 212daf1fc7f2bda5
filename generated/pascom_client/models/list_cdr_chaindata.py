# pyright: standard
from typing import Literal

ListCdrChaindata = Literal[0, 1]
