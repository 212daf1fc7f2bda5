"""The address scheme and the credentials: what is accepted, what is refused, and that nothing leaks."""

from __future__ import annotations

import base64
import sys
from collections.abc import Callable

import pytest

from pascom_facade.errors import ConfigurationError
from pascom_facade.settings import Address, Credentials, is_loopback

SECRET = "Geheim-7:x"
AUTH_STRING = base64.b64encode(f"moby:{SECRET}".encode()).decode()


@pytest.mark.parametrize(
    ("server", "instance", "services"),
    [
        ("pascom.cloud", "voipjack", "https://pascom.cloud/voipjack/services/"),
        ("192.168.1.5", "voipjack", "https://192.168.1.5/voipjack/services/"),
        ("https://pbx.example:8443", "voipjack", "https://pbx.example:8443/voipjack/services/"),
        ("https://pbx.example/", "/voipjack/", "https://pbx.example/voipjack/services/"),
        ("http://127.0.0.1:8080", "voipjack", "http://127.0.0.1:8080/voipjack/services/"),
        ("[::1]:8443", "voipjack", "https://[::1]:8443/voipjack/services/"),
        ("  pascom.cloud ", " voipjack ", "https://pascom.cloud/voipjack/services/"),
        ("pascom.cloud", "büro", "https://pascom.cloud/b%C3%BCro/services/"),
    ],
)
def test_an_address_is_put_together_as_the_vendor_says(server: str, instance: str, services: str) -> None:
    assert Address.of(server, instance).services == services


@pytest.mark.parametrize(
    "url",
    [
        "https://pascom.cloud/voipjack/services/",
        "https://pascom.cloud/voipjack/services",
        "https://pascom.cloud/voipjack",
        "https://pascom.cloud/voipjack/services/apidoc/#/cdr?x=1",
    ],
)
def test_an_address_can_be_copied_from_a_browser(url: str) -> None:
    assert Address.from_url(url) == Address("https://pascom.cloud", "voipjack")


@pytest.mark.parametrize(
    ("server", "instance", "said"),
    [
        ("", "voipjack", "is not an address"),
        ("ftp://pascom.cloud", "voipjack", "is not an address"),
        ("https://", "voipjack", "is not an address"),
        ("pascom.cloud:port", "voipjack", "is not an address"),
        ("pas com.cloud", "voipjack", "is not an address"),
        ("https://[::1", "voipjack", "is not an address"),
        ("pascom.cloud/voipjack", "voipjack", "holds more than a host"),
        ("pascom.cloud", "", "is not a name"),
        ("pascom.cloud", "a/b", "is not a name"),
        ("pascom.cloud", "..", "is not a name"),
        ("pascom.cloud", "a b", "is not a name"),
        ("http://pascom.cloud", "voipjack", "unencrypted"),
        ("http://192.168.1.5", "voipjack", "unencrypted"),
    ],
)
def test_an_unusable_address_says_what_to_give(server: str, instance: str, said: str) -> None:
    with pytest.raises(ConfigurationError, match=said) as caught:
        Address.of(server, instance)
    assert "\n" not in str(caught.value)


def test_credentials_in_an_address_are_refused_and_not_repeated() -> None:
    with pytest.raises(ConfigurationError) as caught:
        Address.of(f"https://moby:{SECRET}@pascom.cloud", "voipjack")
    assert SECRET not in str(caught.value)
    with pytest.raises(ConfigurationError) as caught:
        Address.from_url(f"https://moby:{SECRET}@pascom.cloud/a/b/c")
    assert SECRET not in str(caught.value)


@pytest.mark.parametrize(
    "server",
    [
        "moby:{}@pascom..cloud",
        "moby:{}@pascom.cloud/a",
        "https:/moby:{}@a",
        "https:\\\\moby:{}@a",
        "https://moby:{}/x@pascom.cloud",
        "https://moby:{}?x@pascom.cloud",
        "https://moby:{}#x@pascom.cloud",
        "https://moby:x@{}@..a",
        "https://moby:{}/services",
        "https://{}@[",
        "https://a..b/?token={}",
    ],
)
@pytest.mark.parametrize("behind", ["", "/v", "/v/services/"])
def test_of_no_address_a_login_is_repeated(server: str, behind: str) -> None:
    text = server.format("Geheim7") + behind
    attempts: list[Callable[[], object]] = [
        lambda: Address.of(text, "v"),
        lambda: Address.from_url(text),
        lambda: Address.from_env({"PASCOM_SERVER": text}),
        lambda: Address.from_env({"PASCOM_SERVER": text, "PASCOM_INSTANCE": "v"}),
    ]
    for attempt in attempts:
        try:
            made = attempt()
        except ConfigurationError as refused:
            assert "Geheim7" not in str(refused)
        else:
            assert "Geheim7" not in repr(made)


def test_plain_http_to_another_machine_only_when_asked() -> None:
    assert Address.of("http://pbx.lan", "a", allow_http=True).services == "http://pbx.lan/a/services/"


@pytest.mark.parametrize("url", ["", "voipjack", "https://pascom.cloud", "https://pascom.cloud/a/other/", "https://["])
def test_a_url_of_another_form_is_refused(url: str) -> None:
    with pytest.raises(ConfigurationError):
        Address.from_url(url)


@pytest.mark.parametrize("text", [AUTH_STRING, f"Basic {AUTH_STRING}", f" {AUTH_STRING}\n"])
def test_the_web_uis_auth_string_holds_user_and_password(text: str) -> None:
    assert Credentials.from_auth_string(text).reveal() == ("moby", SECRET)


@pytest.mark.parametrize("text", ["", "nonsense!", "bW9ieQ==", base64.b64encode(b"moby:").decode(), "/////w=="])
def test_a_bad_auth_string_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        Credentials.from_auth_string(text)
    assert not text or text not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"PASCOM_PASSWORD": SECRET}, ("moby", SECRET)),
        ({"PASCOM_PASSWORD": SECRET, "PASCOM_USER": "api"}, ("api", SECRET)),
        ({"PASCOM_AUTH_STRING": AUTH_STRING}, ("moby", SECRET)),
        ({"PASCOM_PASSWORD_COMMAND": f'"{sys.executable}" -c "print(chr(120)*3)"'}, ("moby", "xxx")),
        ({"PASCOM_PASSWORD": SECRET, "PASCOM_PASSWORD_COMMAND": "exit 1"}, ("moby", SECRET)),
    ],
)
def test_credentials_come_from_the_environment(environ: dict[str, str], expected: tuple[str, str]) -> None:
    assert Credentials.from_env(environ).reveal() == expected


def test_missing_credentials_name_the_variables() -> None:
    with pytest.raises(ConfigurationError, match="PASCOM_PASSWORD"):
        Credentials.from_env({})


def test_a_failing_password_command_says_its_status() -> None:
    with pytest.raises(ConfigurationError, match="exit status 3"):
        Credentials.from_env({"PASCOM_PASSWORD_COMMAND": "exit 3"}).reveal()


def test_a_password_function_is_called_when_it_is_needed() -> None:
    calls: list[int] = []

    def password() -> str:
        calls.append(1)
        return SECRET

    credentials = Credentials("moby", password)
    assert not calls
    assert credentials.reveal() == ("moby", SECRET)
    with pytest.raises(ConfigurationError, match="empty"):
        Credentials("moby", lambda: "").reveal()


def test_no_repr_shows_the_password() -> None:
    assert SECRET not in repr(Credentials("moby", SECRET))


@pytest.mark.parametrize(
    ("environ", "said"),
    [({}, "PASCOM_SERVER"), ({"PASCOM_SERVER": "pascom.cloud"}, "PASCOM_INSTANCE")],
)
def test_a_missing_address_names_the_variable(environ: dict[str, str], said: str) -> None:
    with pytest.raises(ConfigurationError, match=said):
        Address.from_env(environ)


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("127.9.9.9", True),
        ("pbx", False),
        ("10.0.0.1", False),
    ],
)
def test_what_is_loopback(host: str, expected: bool) -> None:
    assert is_loopback(host) is expected
