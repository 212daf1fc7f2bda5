# pyright: standard
from typing import Literal

GetIdentityCdrInbound = Literal[0, 1]
