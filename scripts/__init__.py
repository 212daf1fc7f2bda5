"""From a documentation page to a client: one folder an arrow of the story.

    page --locate--> address --download--> document (as published)
    document --repair--> valid document (several of an instance --combine--> one) --overlay--> with what we know
    with what we know --lower--> in the forms that the generator keeps --generate--> low-level client
    low-level client --verify--> sound --swap--> in place; --changes--> what is new for callers

`regenerate.py` is the door. Beside it lie the commands that take several arrows (`update.py`, `build.py`, …) and the
words that all steps share (`tree.py`, `names.py`, …). Imports inside this package are relative, because the wheel
carries it as `pascom_facade._scripts`; there `live.py` serves `pascom --live`.
"""
