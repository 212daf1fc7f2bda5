"""httpx as tests ask with it: never through the proxy of whoever runs them."""

from __future__ import annotations

from functools import partial

import httpx

get = partial(httpx.get, trust_env=False)
post = partial(httpx.post, trust_env=False)
Client = partial(httpx.Client, trust_env=False)
