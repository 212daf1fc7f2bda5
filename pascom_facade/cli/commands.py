"""Which commands there are; no import, so that completion can ask."""

from __future__ import annotations

# name -> (module, what `pascom --help` says): a command's module is imported when it is run.
SECTIONS: dict[str, dict[str, tuple[str, str]]] = {
    "Phones": {
        "dial": ("phones", "Let a user's phone call a number."),
        "answer": ("phones", "Pick up the call that rings at a user's phone."),
        "hangup": ("phones", "End the call at a user's phone."),
        "states": ("states", "Show what the phones of users are doing."),
    },
    "Journal": {
        "cdr": ("cdr", "Calls: list, export, follow, sum up."),
        "sync": ("sync", "Keep all calls in a database, SQLite or PostgreSQL, that stays right."),
        "recordings": ("recordings", "Recordings: list calls that were recorded, download them."),
    },
    "Explore": {
        "services": ("services", "Every documented service: tags and operations."),
        "show": ("show", "What a service is for, takes and gives, and how to call it."),
        "call": ("call", "Call any documented service."),
        "open": ("open_page", "Open the instance's documentation page in the browser."),
    },
    "Import": {
        "push": ("push", "Send a CSV file to a connector profile, such as a phonebook."),
    },
    "This computer": {
        "login": ("login", "Give an instance a name; its password goes into the keyring."),
        "logout": ("login", "Forget an instance and its password."),
        "status": ("login", "Try the login of each instance that has a name."),
        "instances": ("instances", "The instances that have a name, for -i NAME."),
        "regenerate": ("regenerate", "Make the typed client anew from your instance's own document."),
        "doctor": ("doctor", "Is the instance reachable, is the login right?"),
        "simulate": ("simulate", "Run a simulated instance to try all of this on."),
        "completion": ("completion.shells", "Print what makes the shell complete all of this."),
    },
}
# Commands whose function has another name: theirs is a builtin.
FUNCTIONS = {"open": "open_page"}
COMMANDS = {name: entry for section in SECTIONS.values() for name, entry in section.items()}
RECORDINGS = {"list": "Calls that were recorded.", "get": "Download recordings by id, or all of a time."}
REGENERATE = {
    "check": "Does the client still follow from its document?",
    "changes": "What differs for callers: by the last update, or between two documents.",
    "rollback": "Go back to what the last update replaced.",
}
SHELLS = ("bash", "zsh", "fish")
