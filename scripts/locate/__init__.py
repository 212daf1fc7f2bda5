"""Find the document behind an interactive documentation page: page -> viewer configuration -> address -> document.

    with Fetcher(address, credentials) as fetcher:
        located = locate(address, fetcher)      # the document the page shows first is located[0]

A page is a program that hands a configuration to a viewer. So it is run (`engine.py`, with a small stand-in for
the browser and a recorder in place of every viewer), and what the recorder heard is read (`evidence.py`,
`configuration.py`); each address is asked for its document (`candidates.py`). Only where that ends in nothing are
well-known paths tried, and marked as guessed.
"""

from .find import Located, locate

__all__ = ["Located", "locate"]
