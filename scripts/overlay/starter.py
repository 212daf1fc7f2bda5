"""The overlay that a project's client begins with: empty, and saying what it is for."""

STARTER = """\
# What your instance's document doesn't say and you know: an OpenAPI Overlay 1.x, applied to the repaired document after
# the package's own. An action that matches nothing is an error. After a change, make the client anew:
# `pascom regenerate`. An example of an action:
#
#   - target: $.paths['/voicemailbox/{mailbox}'].get
#     description: The vendor's summary says little.
#     update: {summary: One voicemail box}
overlay: 1.0.0
info: {title: What we know, version: "1"}
actions: []
"""
