"""The one way documents are written: sorted keys, two spaces, UTF-8, so that differences mean something."""

from __future__ import annotations

import json


def canonical(document: object) -> bytes:
    """`document` as canonical JSON, ending in a newline.

    Raises ValueError for what JSON cannot hold (NaN, infinities) or UTF-8 cannot (lone surrogates).
    """
    text = json.dumps(document, sort_keys=True, indent=2, ensure_ascii=False, allow_nan=False)
    return text.encode("utf-8") + b"\n"
