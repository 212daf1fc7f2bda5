# pyright: standard
from typing import Literal

GetIdentityCdrInternal = Literal[0, 1]
