"""From a documentation page to a client: one module an arrow of the story.

    page --locate--> address --download--> document (as published)
    document --repair--> valid document --overlay--> with what we know --generate--> low-level client
    low-level client --verify--> swap in, say what changed

`regenerate.py` is the door. Imports inside this package are relative, because the wheel carries it as
`pascom_facade._scripts` (there it serves `pascom --live`).
"""
