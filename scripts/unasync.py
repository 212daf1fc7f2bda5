"""Make `pascom_facade/_sync` from `pascom_facade/_async`, so that no verb is written twice by hand.

`python -m scripts.unasync` writes the files; `--check` says which are not what `_async` makes.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import tokenize_rt
import unasync

SOURCE = Path("pascom_facade/_async")
TARGET = Path("pascom_facade/_sync")
# Threads and tasks differ in more than words.
BY_HAND = {SOURCE / "_concurrency.py", SOURCE / "_sockets.py"}
HEADER = "# Made from {} by `python -m scripts.unasync`: edit that file.\n"
NAMES = {
    "AsyncPascom": "Pascom",
    "AsyncHttp": "Http",
    "AsyncApi": "Api",
    "AsyncClient": "Client",
    "AsyncConnectionInterface": "ConnectionInterface",
    "AsyncConnectionPool": "ConnectionPool",
    "AsyncHTTPProxy": "HTTPProxy",
    "AsyncHTTPTransport": "HTTPTransport",
    "AsyncPackage": "Package",
    "AsyncPool": "Pool",
    "AsyncRecordings": "Recordings",
    "AsyncRecordingStream": "RecordingStream",
    "AsyncSOCKSProxy": "SOCKSProxy",
    "AsyncTransport": "Transport",
    "anext": "next",
    "aclose": "close",
    "aclosing": "closing",
    "aiter_raw": "iter_raw",
    "asyncio": "sync",
    "asyncio_detailed": "sync_detailed",
    "handle_async_request": "handle_request",
    "set_async_httpx_client": "set_httpx_client",
}
# Words in docstrings and messages, which the token rules leave alone.
PROSE = [
    (r"\bawait ", ""),
    (r"\bAwaitable\[(\w+(\[[\w, ]+\])?)\]", r"\1"),
    (r"\bCoroutine\[Any, Any, (\w+)\]", r"\1"),
    (r"\bAwaitable, |, Coroutine$", ""),
    (r"\basync (with|for)\b", r"\1"),
    (r"\bAsyncPascom\b", "Pascom"),
    (r"\.asyncio\(", ".sync("),
    ("(may|May) be used by many tasks of one event loop", r"\1 be shared between threads"),
    ("After a fork, and in another event loop, it uses", "After a fork it uses"),
]


def to_sync(source: str) -> str:
    """The sync twin of an async module's text."""
    rule = unasync.Rule(str(SOURCE), str(TARGET), NAMES)
    tokens = rule._unasync_tokens(tokenize_rt.src_to_tokens(source))
    text: str = tokenize_rt.tokens_to_src(tokens)
    for pattern, replacement in PROSE:
        text = re.sub(pattern, replacement, text, flags=re.MULTILINE)
    return text


def main(arguments: list[str]) -> int:
    stale = []
    for source in sorted(set(SOURCE.glob("*.py")) - BY_HAND):
        target = TARGET / source.name
        text = HEADER.format(source.as_posix()) + to_sync(source.read_text("utf-8"))
        if target.is_file() and target.read_text("utf-8") == text:
            continue
        stale.append(target)
        if "--check" not in arguments:
            target.parent.mkdir(exist_ok=True)
            target.write_text(text, "utf-8")
    for target in stale:
        print(f"{target}: {'differs from what _async makes' if '--check' in arguments else 'written'}")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
