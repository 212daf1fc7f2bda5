"""`pascom instances`: which are known by name."""

from __future__ import annotations

import os
from typing import Any

import click

from .._named import Named, read
from ..errors import ConfigurationError
from ..settings import DEFAULT_USER, SECRETS, Address
from .output import chosen, console, output_option, plain_table, write_json

SOURCES = {
    "PASCOM_PASSWORD": "this file",
    "PASCOM_PASSWORD_COMMAND": "a command",
    "PASCOM_AUTH_STRING": "this file",
    "PASCOM_KEYRING": "the keyring",
}


@click.command()
@output_option("table", "json")
def instances(output: str | None) -> None:
    """List the instances that have a name: `pascom -i NAME ...` uses one; * marks the default.

    They are in instances.toml in your configuration folder (PASCOM_CONFIG names another file); `pascom login` adds one.
    """
    named = read()
    rows = [_row(named, name) for name in sorted(named.instances)]
    if chosen(output) == "json":
        write_json(rows)
        return
    if not rows:
        click.echo(f"no instances in {named.path}; `pascom login` adds one", err=True)
        return
    table = plain_table("", "name", "address", "user", "password from", "client", "seen")
    for row in rows:
        mark = "*" if row["default"] else ""
        table.add_row(mark, *(str(row[key] or "") for key in ("name", "address", "user", "password", "client", "seen")))
    console().print(table)


def _row(named: Named, name: str) -> dict[str, Any]:
    settings = named.instances[name]
    return {
        "name": name,
        "default": name == named.default,
        "address": address(settings),
        "user": settings.get("PASCOM_USER") or DEFAULT_USER,
        "password": source(settings),
        "client": settings.get("PASCOM_CLIENT"),
        "seen": version_seen(settings),
    }


def source(settings: dict[str, str]) -> str:
    """Where the password comes from."""
    within = next((SOURCES[secret] for secret in SECRETS if settings.get(secret)), None)
    if within is None and any(os.environ.get(secret) for secret in SECRETS):
        return "the environment"
    return within or "the terminal"


def address(settings: dict[str, str]) -> str:
    """Without a scheme where it is https: `pascom.cloud/acme`."""
    try:
        found = Address.from_env(settings, allow_http=True)
    except ConfigurationError:
        return "not an address"
    return f"{found.origin.removeprefix('https://')}/{found.instance}"


def note_version(environ: dict[str, str], version: str) -> None:
    """Keep what `doctor` saw; a cache that can't be written stops nothing."""
    from .._cache import KeptFile

    try:
        KeptFile("seen", address(environ), format=1).write({"version": version})
    except OSError:
        return


def version_seen(settings: dict[str, str]) -> str | None:
    """The version of the document that `pascom doctor` saw last."""
    from .._cache import KeptFile

    kept = KeptFile("seen", address(settings), format=1).read() or {}
    return kept.get("version")
