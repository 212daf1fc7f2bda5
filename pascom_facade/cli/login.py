"""`pascom login`, `logout` and `status`: an instance gets a name, its password a safe place."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import click

from .. import _keyring
from .._named import read
from ..errors import CertificateChanged, CertificateRefused, ConfigurationError, PascomError
from ..settings import DEFAULT_USER, Address, Credentials, Options, with_pasted_address
from .instance import given, instance_options
from .instances import address as shown_address
from .instances import source
from .output import chosen, output_option, write_json
from .status import as_typed, one_line, say, status_of

Settings = dict[str, str]


@click.command()
@click.argument("address")
@click.argument("own_name", metavar="[INSTANCE]", required=False)
@click.option("--name", metavar="NAME", help="What to call it (default: the instance's own name).")
@click.option("--default", is_flag=True, help="Use it where no instance is named.")
@click.option("--auth-string", is_flag=True, help="Ask for the BASIC auth string of the web UI instead.")
@click.option("--password-command", metavar="COMMAND", help="What prints the password; only the command is kept.")
@click.option("--insecure-storage", is_flag=True, help="Without a keyring: keep the password in instances.toml.")
@instance_options()
def login(address: str, own_name: str | None, name: str | None, default: bool, **how: Any) -> None:
    """Give an instance a name, try the login, and keep the password in the system's keyring.

    ADDRESS is what the browser's address bar has, or a server with the INSTANCE behind it. An unknown certificate is
    shown, and pinned if you say so. Without a terminal the password is read from the first line of stdin.

    \b
    pascom login https://pascom.cloud/voipjack/
    pascom login 192.168.1.5 voipjack --name acme
    """
    from .instances_file import add

    where = _address(address, own_name)
    name = name or where.instance
    if not re.fullmatch(r"[\w][\w.-]*", name):
        raise click.UsageError(f"{name!r} is no name: letters, digits, '-', '_' and '.'")
    known = read().instances.get(name, {})
    before = known if shown_address(known) == shown_address(_variables(where)) else {}
    secret, table = _secret(given().get("login") or before.get("PASCOM_USER") or DEFAULT_USER, **how)
    trust = _tried(where, secret, _trust(before))
    if "password-command" not in table:
        table |= _stored(where, secret, how["insecure_storage"])
    user = {"user": secret.user} if secret.user != DEFAULT_USER else {}
    client = {"client": before["PASCOM_CLIENT"]} if "PASCOM_CLIENT" in before else {}
    place = {"server": where.origin.removeprefix("https://"), "instance": where.instance}
    path = add(name, place | user | table | trust | client, default)
    say(f"logged in; `pascom -i {name} ...` uses it ({path})")


@click.command()
@click.argument("name")
def logout(name: str) -> None:
    """Forget an instance: its name, and its password in the keyring."""
    from .instances_file import remove

    settings = read().settings(name)
    if settings.get("PASCOM_KEYRING"):
        _keyring.forget(Address.from_env(settings).services, settings.get("PASCOM_USER") or DEFAULT_USER)
    path = remove(name)
    say(f"forgot {name} ({path})")


@click.command()
@output_option("table", "json")
@click.pass_context
def status(context: click.Context, output: str | None) -> None:
    """Try the login of each instance that has a name; the exit status is the worst."""
    from .._sync.client import Pascom

    rows, worst = [], 0
    for name, settings in sorted(read().instances.items()):
        row = {"instance": name, "address": shown_address(settings), "password": source(settings), "status": "ok"}
        try:
            with Pascom.named(name, timeout=given().get("timeout", 10.0), retries=0) as pbx:
                list(pbx.cdr(limit=1))
        except PascomError as error:
            row["status"] = one_line(as_typed(str(error)))
            worst = max(worst, status_of(error))
        rows.append(row)
        if chosen(output) == "table":
            click.echo(f"{name}: {row['status']} ({row['address']}, password from {row['password']})")
    if chosen(output) == "json":
        write_json(rows)
    context.exit(worst)


def _address(text: str, instance: str | None) -> Address:
    settings = with_pasted_address({"PASCOM_SERVER": text, "PASCOM_INSTANCE": instance or ""})
    if not settings["PASCOM_INSTANCE"]:
        raise click.UsageError(f"which instance? {text!r} has none in it; put its name behind it")
    return Address.from_env(settings, allow_http=given().get("allow_http", False))


def _variables(where: Address) -> Settings:
    return {"PASCOM_SERVER": where.origin, "PASCOM_INSTANCE": where.instance}


def _asks() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _typed(what: str) -> str:
    return str(click.prompt(what, hide_input=True, err=True))


def _secret(
    user: str, *, auth_string: bool, password_command: str | None, insecure_storage: bool
) -> tuple[Credentials, Settings]:
    """The credentials, and what the file says of them if it is not a password."""
    if password_command:
        environ = {"PASCOM_USER": user, "PASCOM_PASSWORD_COMMAND": password_command}
        return Credentials(*Credentials.from_env(environ).reveal()), {"password-command": password_command}
    what = "BASIC auth string" if auth_string else f"REST password of {user}"
    text = _typed(what) if _asks() else sys.stdin.readline().rstrip("\r\n")
    if not text:
        raise click.UsageError(f"no password: no terminal to ask for the {what}, and nothing on stdin")
    return (Credentials.from_auth_string(text) if auth_string else Credentials(user, text)), {}


def _trust(before: Settings) -> Settings:
    """What the file says of the certificate: nothing where an authority vouches for it."""
    options = given()
    if "ca_file" in options:
        return {"ca-file": str(Path(options["ca_file"]).resolve())}
    if "fingerprint" in options:
        return {"fingerprint": str(Options(fingerprint=options["fingerprint"]).fingerprint)}
    kept = {"ca-file": before.get("PASCOM_CA_FILE"), "fingerprint": before.get("PASCOM_FINGERPRINT")}
    return {key: value for key, value in kept.items() if value}


def _tried(where: Address, secret: Credentials, trust: Settings) -> Settings:
    """Log in; whom it trusted in the end. Nothing is sent to a server that is not trusted. Raises PascomError."""
    try:
        _try(where, secret, trust)
    except CertificateRefused as problem:
        trust = {"fingerprint": _confirmed(where, problem)}
        _try(where, secret, trust)
    return trust


def _confirmed(where: Address, problem: CertificateRefused) -> str:
    """The fingerprint that the server shows, if somebody at a terminal vouches for it. Raises CertificateRefused."""
    from .._tls import fetch_fingerprint

    if isinstance(problem, CertificateChanged):
        shown = problem.shown
        say(f"the certificate of {where.host} has CHANGED: somebody renewed it, or stands in between")
        say(f"pinned: {problem.pinned}")
    else:
        shown = fetch_fingerprint(where)
        say(f"no authority vouches for the certificate of {where.host}")
    say(f"shown:  {shown} (SHA-256)")
    if not _asks():
        line = f"the certificate of {where.host} is not trusted; if it is the server's own, add --fingerprint {shown}"
        raise CertificateRefused(line) from None
    click.confirm("Is it the server's own? Compare first. Trust it from now on", abort=True, err=True)
    return shown


def _client(make: Any, where: Address, secret: Credentials, trust: Settings) -> Any:
    trusting = {key.replace("-", "_"): value for key, value in trust.items()}
    settings = {"timeout": given().get("timeout", 30.0), "allow_http": given().get("allow_http", False), "retries": 0}
    return make(where.origin, where.instance, user=secret.user, password=secret.password, **trusting, **settings)


def _try(where: Address, secret: Credentials, trust: Settings) -> None:
    """Raises PascomError."""
    from .._sync.client import Pascom

    with _client(Pascom, where, secret, trust) as pbx:
        list(pbx.cdr(limit=1))


def _stored(where: Address, secret: Credentials, insecure: bool) -> Settings:
    """Put the password where it belongs, and say that in the file's words."""
    user, password = secret.reveal()
    try:
        _keyring.store(where.services, user, password)
    except ConfigurationError as error:
        if not insecure:
            error.args = (f"{error}; or --insecure-storage keeps it in the file",)
            raise
        return {"password": password}
    return {"keyring": "true"}
