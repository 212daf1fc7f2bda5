# pyright: standard
from typing import Literal

GetIdentityCdrRawdata = Literal[0, 1]
