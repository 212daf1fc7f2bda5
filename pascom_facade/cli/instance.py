"""The instance a command talks to: from its arguments first, then from the environment."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..errors import ConfigurationError, NotFound
from ..settings import SECRETS, TRUST, with_pasted_address
from .client import adopt
from .output import at_least

if TYPE_CHECKING:
    from .._sync.client import Pascom

Function = TypeVar("Function", bound=Callable[..., Any])

OPTIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("--server", {"metavar": "ADDRESS", "help": "pascom.cloud, https://pbx:8443, or a browser's whole address"}),
    ("-i --instance", {"metavar": "NAME", "help": "One of `pascom instances`; or with --server: its instance."}),
    ("--login", {"metavar": "NAME", "help": "REST user (default: moby)."}),
    ("--ca-file", {"metavar": "FILE", "help": "Certificate (PEM) of a server that signs its own."}),
    ("--fingerprint", {"metavar": "SHA256", "help": "Trust this one certificate (`pascom doctor` shows it)."}),
    (
        "--timeout",
        {
            "type": at_least(0.1),
            "metavar": "SECONDS",
            "help": "To wait for an answer (default: 30).",
        },
    ),
    ("--insecure", {"is_flag": True, "default": None, "help": "Trust any certificate, and say so."}),
    (
        "--allow-http",
        {"is_flag": True, "default": None, "help": "Allow http to other machines, unencrypted."},
    ),
)
VARIABLES = {
    "server": "PASCOM_SERVER",
    "instance": "PASCOM_INSTANCE",
    "login": "PASCOM_USER",
    "ca_file": "PASCOM_CA_FILE",
    "fingerprint": "PASCOM_FINGERPRINT",
}


def instance_options(*, hidden: bool = True, short: bool = True) -> Callable[[Function], Function]:
    """The options that name the instance: shown by `pascom --help`, accepted after every command.

    short: whether -i is one of them; a command may have an -i of its own.
    """

    def decorate(function: Function) -> Function:
        for name, settings in reversed(OPTIONS):
            names = name.split() if short else name.split()[-1:]
            option = click.option(*names, expose_value=False, hidden=hidden, callback=_keep, is_eager=True, **settings)
            function = option(function)
        return function

    return decorate


def _keep(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    if value is not None and parameter.name:
        context.ensure_object(dict)[parameter.name] = value


def given() -> dict[str, Any]:
    """The options given on the command line."""
    options: dict[str, Any] = click.get_current_context().ensure_object(dict)
    return options


def environment() -> dict[str, str]:
    """The arguments, else the environment, else the named instance (-i, PASCOM_PROFILE, the default)."""
    options = given()
    arguments = {VARIABLES[name]: value for name, value in options.items() if name in VARIABLES}
    if "typed_password" in options:
        arguments["PASCOM_PASSWORD"] = options["typed_password"]
    if "settings" not in options:  # the file is read once
        options["settings"], options["profile"] = _settings(options)
    if options["profile"] is not None:
        arguments.pop("PASCOM_INSTANCE", None)
    if "PASCOM_SERVER" in arguments and "PASCOM_INSTANCE" not in arguments:
        pasted = with_pasted_address({"PASCOM_SERVER": arguments["PASCOM_SERVER"]})
        arguments |= pasted
    settings = options["settings"]
    if any(trust in arguments for trust in TRUST):
        settings = {key: value for key, value in settings.items() if key not in TRUST}
    return with_pasted_address({**settings, **arguments})


def _settings(options: Mapping[str, Any]) -> tuple[dict[str, str], str | None]:
    """Environment and named instance, and its name. Raises ConfigurationError."""
    environ = dict(os.environ)
    name = options.get("instance")
    if "server" in options:  # then it is part of the address
        return environ, None
    if name is None and not environ.get("PASCOM_PROFILE") and environ.get("PASCOM_SERVER"):
        return environ, None
    from .._named import effective, read

    named = read(environ)
    if name is not None and name not in named.instances and environ.get("PASCOM_SERVER"):
        return environ, None
    if name is None and not environ.get("PASCOM_PROFILE"):
        name = None if environ.get("PASCOM_INSTANCE") else named.default
    return effective(environ, name, named=named), name


def open_instance(**more: Any) -> Pascom:
    """The instance the settings name. Nothing is sent yet. more: arguments of Pascom.

    Raises ConfigurationError for a missing setting; asks for a missing password, if on a terminal.
    """
    from .._sync.client import Pascom

    options = given()
    settings: dict[str, Any] = {"allow_http": options.get("allow_http", False), **more}
    if "timeout" in options:
        settings["timeout"] = options["timeout"]
    if options.get("insecure"):
        settings["verify"] = False
        warnings.simplefilter("always", UserWarning)
        warnings.showwarning = _showing_once(options.setdefault("shown_warnings", set()))
    has_secret = any(environment().get(name) for name in SECRETS)
    if not has_secret and sys.stdin.isatty() and sys.stderr.isatty():
        options["typed_password"] = _prompted_password(environment())
    adopt(environment())
    return Pascom.from_env(environment(), **settings)


@contextmanager
def naming(kind: str, name: str) -> Iterator[None]:
    """Where something isn't there, name what was asked for first: a user, a profile, and only then the instance."""
    try:
        yield
    except NotFound as error:
        instance = environment().get("PASCOM_INSTANCE", "")
        text = f"there is no {kind} {name!r} ({error.status}), or no instance {instance!r}"
        raise NotFound(text, method=error.method, path=error.path, status=error.status) from None


def _prompted_password(environ: Mapping[str, str]) -> str:
    """Nobody should type a password only to read that another setting is missing."""
    for name, example in EXAMPLES.items():
        if not environ.get(name):
            raise ConfigurationError(f"{name} is not set; for example {name}={example}")
    user = environ.get("PASCOM_USER") or "moby"
    return str(click.prompt(f"REST password of {user}", hide_input=True, err=True))


def _showing_once(shown: set[str]) -> Any:
    """A `warnings.showwarning` that writes each message once."""

    def show(message: Warning | str, *_: Any, **__: Any) -> None:
        if str(message) not in shown:
            shown.add(str(message))
            click.echo(f"pascom: {message}", err=True)

    return show


EXAMPLES = {"PASCOM_SERVER": "pascom.cloud", "PASCOM_INSTANCE": "voipjack"}
