"""The simulated company's master data: users, phones, voicemail boxes and so on.

Fields are named as the database columns of the public facts; values are texts, as in every public sample.
"""

from __future__ import annotations

from dataclasses import dataclass

Row = dict[str, str]
CHANGED = "2026-10-01 08:00:00.705785"


@dataclass(frozen=True)
class Person:
    """A user with the phone on the desk; ids as small as a young system's."""

    id: int
    login: str
    name: str
    extension: str
    phone: str
    peer: str

    @property
    def device_id(self) -> int:
        return self.id - 2

    @property
    def location_id(self) -> int:
        return self.id - 1

    @property
    def entry(self) -> str:
        """Number of the phonebook entry."""
        return str(100 + self.id)


def _person(position: int, login: str, name: str, phone: str) -> Person:
    extension = str(101 + position)
    model = phone.split()[0]
    return Person(
        id=position + 3,
        login=login,
        name=name,
        extension=extension,
        phone=f"{phone} [{name}]",
        peer=f"{model.lower()}{extension}",
    )


# The first is the vendor's own example.
PEOPLE = tuple(
    _person(position, *who)
    for position, who in enumerate(
        [
            ("mpasquay", "Mathias Pasquay", "pascom Softphone"),
            ("tweber", "Thomas Weber", "Snom 0004132726ee"),
            ("jmueller", "Jörg Müller", "Snom 000413a1b2c3"),
            ("sschaefer", "Sabine Schäfer", "Yealink 805ec0123456"),
            ("kweiss", "Käthe Weiß", "pascom Softphone"),
            ("boezdemir", "Büşra Özdemir", "Snom 00041391ab07"),
            ("anovak", "Aneta Nováková", "pascom Softphone"),
            ("rgrosz", "René Groß", "Yealink 805ec0777aa1"),
            ("lhuber", "Lena Huber", "pascom Softphone"),
            ("uoelmann", "Uwe Oelmann", "Gigaset 7c2f80aa0102"),
        ]
    )
)
BY_LOGIN = {person.login: person for person in PEOPLE}

# Callers and callees outside: (name, number, phonebook entry); some without a name, one with a suppressed number.
OUTSIDERS = (
    ("Bäckerei Süßmeier", "0049991296910", "1"),
    ("Jürgen Öttinger, Öttinger & Söhne", "00498912345670", "2"),
    ("Autohaus Straßer", "004994123456", "3"),
    ("", "00493098765432", ""),
    ("Łukasz Wiśniewski", "0048221234567", "4"),
    ("Müllabfuhr", "0049991100200", "5"),
    ("Anonymous", "anonymous", ""),
    ("Chloé Bélanger", "0033142685300", "6"),
    ("", "004915112345678", ""),
    ('Gasthof "Zur Post"', "0049991555010", "7"),
)

TEAM_EXTENSION = "201"
MENU_EXTENSION = "501"


def identity(person: Person) -> Row:
    """The user as `identity/{userName}` shows it (names of the fields: D, from the XMPP twin)."""
    number = str(person.id)
    return {
        "003use_id": number,
        "003use_name": person.login,
        "003use_bez": person.name,
        "003use_enabled": "true",
        "003use_lastlogin": CHANGED,
        "003use_doc": "",
        "003use_tmstmp": CHANGED,
        "009ext_id": number,
        "009ext_extension": person.extension,
        "009ext_tmstmp": CHANGED,
        "011acc_id": number,
        "011acc_calleridnum": f"0049991296{person.extension}",
        "011acc_voiidwatch": number,
        "011acc_tmstmp": CHANGED,
        "016voi_id": number,
        "016voi_mailbox": person.extension,
        "020fax_id": "",
        "028pho_id": person.entry,
        "faxextension": "",
    }


def device(person: Person) -> Row:
    return {"010dev_id": str(person.device_id), "010dev_bez": person.phone, "013pee_username": person.peer}


def voicemailbox(person: Person) -> Row:
    return {
        "016voi_id": str(person.id),
        "016voi_name": person.name,
        "016voi_mailbox": person.extension,
        "016voi_email": f"{person.login}@voipjack.example",
        "016voi_tmstmp": CHANGED,
    }


def find_device(name: str) -> Row | None:
    """By SIP account or display name: which of them the path names is not published."""
    return next((device(p) for p in PEOPLE if name in (p.peer, p.phone)), None)


def find_voicemailbox(mailbox: str) -> Row | None:
    return next((voicemailbox(p) for p in PEOPLE if p.extension == mailbox), None)


# Lists of which only the existence is known: paths and fields are assumed.
ASSUMED_LISTS: dict[str, list[Row]] = {
    "ipdevice": [
        {"015ipd_id": str(p.id), "071ipp_mac": p.phone.split()[1], "address": f"10.0.0.{p.id}"}
        for p in PEOPLE
        if "Softphone" not in p.phone
    ],
    "phonebook": [
        {"028pho_id": entry, "028pho_bez": name, "028pho_phone": number} for name, number, entry in OUTSIDERS if entry
    ],
    "apply": [],
    "queue": [{"name": "Zentrale", "extension": TEAM_EXTENSION}],
    "location": [{"name": p.name, "username": p.login} for p in PEOPLE],
    "trunk": [{"048pee_username": "voipjack", "048pee_domain": "sip.example", "state": "Registered"}],
    "skill": [],
    "prompt": [],
    "extension": [{"009ext_id": str(p.id), "009ext_extension": p.extension} for p in PEOPLE],
    "externals": [],
    "faxdevice": [],
    "faxserver": [],
    "berofix": [],
}
