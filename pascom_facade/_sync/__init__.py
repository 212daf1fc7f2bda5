# Made from pascom_facade/_async/__init__.py by `python -m scripts.unasync`: edit that file.
"""The facade, written once: `scripts/unasync.py` makes `_sync` from this package."""
