"""The facade, written once: `scripts/unasync.py` makes `_sync` from this package."""
