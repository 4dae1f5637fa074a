"""What can go wrong when a message is handed to a server, told apart by one question: may it have gone?"""


class NotTaken(Exception):
    """The server surely does not have the message. ``for_good``: another try would not help."""

    def __init__(self, code: str, *, for_good: bool = False) -> None:
        super().__init__(code)
        self.code, self.for_good = code, for_good


class Unsure(Exception):
    """All was said, and no answer came: the server may have the message, or not."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Overtaken(Exception):
    """Somebody else settled the message, or sends it; whoever learns this says nothing to a server."""
