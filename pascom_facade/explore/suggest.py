"""Near misses: suggestions for a mistyped word."""

from __future__ import annotations

from collections.abc import Iterable


def suggestion(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'cdr'?`; empty if no known word is similar."""
    import difflib  # late: only after a mistake

    by_folded = {candidate.lower(): candidate for candidate in known}
    close = difflib.get_close_matches(word.lower(), list(by_folded), n=3, cutoff=0.55)
    if not close:
        return ""
    return f"; did you mean {' or '.join(repr(by_folded[folded]) for folded in close)}?"
