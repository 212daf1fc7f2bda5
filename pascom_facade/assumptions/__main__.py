"""`python -m pascom_facade.assumptions > docs/assumptions.md`: the page is made of the table."""

from __future__ import annotations

from .report import page

if __name__ == "__main__":
    print(page(), end="")
