"""The facade's own verbs and commands, by the operation that they stand on: shorter than any general call."""

from __future__ import annotations

_BEGIN = "with Pascom.from_env() as pbx:\n    "

# The operations' names are pinned: by openapi/overlay.yaml they are the same for every instance.
SHORT: dict[str, dict[str, str]] = {
    operation: {"command": command, "verb": f"{_BEGIN}{verb}\n"}
    for operation, command, verb in [
        (
            "identity.default_device_action",
            "pascom dial mpasquay '*100'    # or: pascom answer mpasquay, pascom hangup mpasquay",
            'print(pbx.dial("mpasquay", "*100"))  # or pbx.answer("mpasquay"), pbx.hangup("mpasquay")',
        ),
        (
            "cdr.list_cdr",
            "pascom cdr --since 7d",
            "for call in pbx.cdr(limit=100):\n        print(call.started, call.direction, call.user)",
        ),
        (
            "identity.get_identity_states",
            "pascom states mpasquay jmueller",
            'print(pbx.states(["mpasquay", "jmueller"]))',
        ),
        (
            "monitor.get_recording",
            "pascom recordings get --since 7d --to recordings/",
            "calls = pbx.cdr(limit=100)\n"
            '    for call, saved in pbx.recordings.download_all(calls, "recordings/"):\n'
            "        print(saved)",
        ),
        (
            "connector.push_csv",
            "pascom push phonebook contacts.csv",
            'print(pbx.push("phonebook", [{"displayname": "Kanzlei Ozan", "phone": "+49991296911"}]))',
        ),
    ]
}
