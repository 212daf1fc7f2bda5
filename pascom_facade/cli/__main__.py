"""`python -m pascom_facade.cli` is `pascom`."""

from . import main

main()
