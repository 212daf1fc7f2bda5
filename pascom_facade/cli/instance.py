"""Which instance a command talks to: arguments first, then the environment."""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..errors import ConfigurationError
from .output import at_least

if TYPE_CHECKING:
    from .._sync.client import Pascom

Function = TypeVar("Function", bound=Callable[..., Any])

OPTIONS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("--server", {"metavar": "ADDRESS", "help": "pascom.cloud, 192.168.1.5 or https://pbx:8443"}),
    ("--instance", {"metavar": "NAME", "help": "voipjack in https://pascom.cloud/voipjack/services/"}),
    ("--login", {"metavar": "NAME", "help": "REST user (default: moby)."}),
    ("--ca-file", {"metavar": "FILE", "help": "Certificate (PEM) of a server that signs its own."}),
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
}
SECRETS = ("PASCOM_PASSWORD", "PASCOM_PASSWORD_COMMAND", "PASCOM_AUTH_STRING")


def instance_options(*, hidden: bool = True) -> Callable[[Function], Function]:
    """The options that say where the instance is: shown by `pascom --help`, accepted behind every command."""

    def decorate(function: Function) -> Function:
        for name, settings in reversed(OPTIONS):
            function = click.option(name, expose_value=False, hidden=hidden, callback=_keep, is_eager=True, **settings)(
                function
            )
        return function

    return decorate


def _keep(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    if value is not None and parameter.name:
        context.ensure_object(dict)[parameter.name] = value


def given() -> dict[str, Any]:
    """The options given on the command line."""
    found: dict[str, Any] = click.get_current_context().ensure_object(dict)
    return found


def environment() -> dict[str, str]:
    """The environment, with the arguments put first."""
    options = given()
    arguments = {VARIABLES[name]: value for name, value in options.items() if name in VARIABLES}
    if "typed_password" in options:
        arguments["PASCOM_PASSWORD"] = options["typed_password"]
    return {**os.environ, **arguments}


def open_instance() -> Pascom:
    """The instance the settings name. Nothing is sent yet.

    Raises ConfigurationError for what is missing; a password is asked for on a terminal, and never elsewhere.
    """
    from .._sync.client import Pascom

    environ, options = environment(), given()
    settings: dict[str, Any] = {"allow_http": options.get("allow_http", False)}
    if "timeout" in options:
        settings["timeout"] = options["timeout"]
    if options.get("insecure"):
        settings["verify"] = False
        warnings.simplefilter("always", UserWarning)
        warnings.showwarning = _say_once(options.setdefault("said", set()))
    if not any(environ.get(name) for name in SECRETS) and sys.stdin.isatty() and sys.stderr.isatty():
        for name in ("PASCOM_SERVER", "PASCOM_INSTANCE"):
            if not environ.get(name):
                raise ConfigurationError(f"{name} is not set; for example {name}={EXAMPLES[name]}")
        user = environ.get("PASCOM_USER") or "moby"
        options["typed_password"] = click.prompt(f"REST password of {user}", hide_input=True, err=True)
        environ = environment()
    return Pascom.from_env(environ, **settings)


def _say_once(said: set[str]) -> Any:
    def show(message: Warning | str, *_: Any, **__: Any) -> None:
        if str(message) not in said:
            said.add(str(message))
            click.echo(f"pascom: {message}", err=True)

    return show


EXAMPLES = {"PASCOM_SERVER": "pascom.cloud", "PASCOM_INSTANCE": "voipjack"}
