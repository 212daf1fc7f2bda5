"""The speed of this client, side by side with plain httpx and with what generators make: `python -m bench`.

`rows.py` holds the table (what is measured, and how fast ours shall be); `measure.py` lets the contestants take
turns; `server.py` is the instance they talk to; `peers.py` generates and installs the others; `contestants/` are
the programs that are timed, one file a client, each run by the Python of its own environment.
"""
