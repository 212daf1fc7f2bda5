# pyright: standard
from typing import Literal

GetIdentityCdrChaindata = Literal[0, 1]
