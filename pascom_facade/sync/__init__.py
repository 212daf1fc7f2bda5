"""The journal of calls in a database that stays right: `pascom sync`, and `sync_calls` (extra `sync`).

    from pascom_facade.sync import sync_calls

    with Pascom.from_env() as pbx:
        print(sync_calls(pbx, "sqlite:///calls.db"))

Table `calls` has the columns of `Call.FIELDS`, and as `raw_…` what the instance has besides. After any number of runs,
and of runs that were killed, it equals the journal, as far as calls get into that within `look_back` (assumed).
"""

from __future__ import annotations

from .run import Report, sync_calls

__all__ = ["Report", "sync_calls"]
