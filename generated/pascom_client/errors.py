# pyright: standard
"""What generated functions raise."""


class UnexpectedStatus(Exception):
    """The server answered with a status that isn't documented, and Client.raise_on_unexpected_status is True."""

    def __init__(self, status_code: int, content: bytes) -> None:
        super().__init__(f"the server answered with status {status_code}, which isn't documented")
        self.status_code = status_code
        self.content = content


__all__ = ["UnexpectedStatus"]
