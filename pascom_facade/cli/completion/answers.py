"""Shell completion: answers from the index in a few milliseconds, without click unless an option is completed.

The scripts of `pascom completion` call `pascom` with `_PASCOM_COMPLETE` set and the words typed so far as arguments,
the last one unfinished. Each line of the answer is a candidate, a tab, and what it is.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ..commands import COMMANDS, RECORDINGS, REGENERATE, SHELLS

if TYPE_CHECKING:
    from ..._index import Index, Operation

Candidate = tuple[str, str]


def complete(environ: Mapping[str, str], arguments: Sequence[str] | None = None) -> int:
    """Print the candidates. Never fails aloud: a broken setting must not spoil somebody's prompt."""
    words = list(sys.argv[1:] if arguments is None else arguments) or [""]
    is_bash = environ["_PASCOM_COMPLETE"] == "bash"
    if is_bash:
        words = [unquoted(word) for word in rejoined(words)]
    try:
        found = [
            (value, text)
            for value, text in candidates(words, environ)
            if value.startswith(words[-1]) and value.isprintable()
        ]
    except Exception:
        return 1
    cut = 0
    if is_bash:  # bash replaces only what follows the last = or :
        cut = max(words[-1].rfind("="), words[-1].rfind(":")) + 1
    for value, text in found:
        inserted = quoted(value[cut:]) if is_bash else value[cut:]
        sys.stdout.write(f"{inserted}\t{' '.join(text.split())[:80]}\n")
    return 0


def quoted(value: str) -> str:
    """A value as bash types it: it puts a candidate into the line as it is, and a document's text may be `$(…)`.

    (zsh and fish quote what they insert.)
    """
    return "".join(letter if letter.isalnum() or letter in "@%+=:,./_-" else f"\\{letter}" for letter in value)


def unquoted(word: str) -> str:
    """A word as bash has it on the line, without its backslashes and quotes."""
    if not set(word) & set("\\'\""):
        return word
    import shlex

    try:
        (plain,) = shlex.split(word)
    except ValueError:  # several words, none, or a quote that is still open
        return word
    return plain


def rejoined(words: Sequence[str]) -> list[str]:
    """bash breaks words at = and : as well; `name = va` is one word again."""
    joined: list[str] = []
    glue = False
    for word in words:
        breaks = word in ("=", ":", ":=")
        if joined and (breaks or glue) and (joined[-1] != "" or glue):
            joined[-1] += word
        else:
            joined.append(word)
        glue = breaks
    return joined


def candidates(words: Sequence[str], environ: Mapping[str, str]) -> Iterator[Candidate]:
    """What may stand where the last word is being typed."""
    *before, current = words
    plain = [word for word in before if not word.startswith("-")]
    if current.startswith("-") or (before and before[-1].startswith("-") and before[-1] != "--"):
        from .options import options

        answered = list(options(before, current))
        yield from answered
        if answered or current.startswith("-"):
            return
    command = plain[0] if plain else None
    if command is None:
        yield from ((name, text) for name, (_, text) in COMMANDS.items())
    elif command == "completion":
        yield from ((shell, "") for shell in SHELLS)
    elif command == "recordings" and len(plain) == 1:
        yield from RECORDINGS.items()
    elif command == "regenerate" and len(plain) == 1:
        yield from REGENERATE.items()
    elif command in ("services", "show", "call"):
        yield from _explored(command, plain[1:], current, _index(before, environ))


def _index(before: Sequence[str], environ: Mapping[str, str]) -> Index:
    live = environ.get("PASCOM_LIVE", "").lower() not in ("", "0", "no", "false")
    if live or {"--live", "--page", "--name"} & set(before):
        from ..live_cache import cached_index

        if (
            cached := cached_index(_value_after("--page", before), _value_after("--name", before), environ)
        ) is not None:
            return cached
    from ..client import client_index

    return client_index(environ)


def _value_after(option: str, words: Sequence[str]) -> str | None:
    return words[words.index(option) + 1] if option in words[:-1] else None


def _explored(command: str, typed: Sequence[str], current: str, index: Index) -> Iterator[Candidate]:
    if command == "services":
        yield from ((tag, "") for tag in index.tags)
    elif not typed:
        yield from ((name, entry["summary"]) for name, entry in index.operations.items())
    elif command == "call" and typed[0] in index.operations:
        taken = {word.partition("=")[0].removesuffix(":") for word in typed[1:]}
        yield from _arguments(index, index.operations[typed[0]], current, taken)


def _arguments(index: Index, operation: Operation, current: str, taken: set[str]) -> Iterator[Candidate]:
    listed = [(p["name"], p["schema"], p.get("description") or "", p.get("required")) for p in operation["parameters"]]
    for schema in (operation["body"] or {"content": {}})["content"].values():
        body = index.reader.shape(schema)
        for name, part in body.properties.items():
            text = index.reader.flat(part).get("description") or ""
            listed.append((name, part, text, name in body.required))
    name, equals, _ = current.partition("=")
    if not equals:
        for field, _, text, needed in listed:
            if field not in taken:
                yield f"{field}=", ("(required) " if needed else "") + text
        return
    for field, schema, _, _ in listed:
        if field == name.removesuffix(":"):
            known = [value for value in index.reader.choices(schema) if value is not None]
            if index.reader.kinds(schema) - {"null"} == {"boolean"}:
                known = ["true", "false"]
            yield from ((f"{name}={value}", "") for value in known)
