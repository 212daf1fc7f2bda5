"""Near misses: what somebody may have meant."""

from __future__ import annotations

from collections.abc import Iterable


def suggestion(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'cdr'?`, where something is near."""
    import difflib  # only when something is wrong

    by_folded = {one.lower(): one for one in known}
    near = difflib.get_close_matches(word.lower(), list(by_folded), n=3, cutoff=0.55)
    return f"; did you mean {' or '.join(repr(by_folded[one]) for one in near)}?" if near else ""
