"""The one exception of all readers."""


class Unreadable(Exception):
    """A file that is refused or cannot be read.

    ``code`` names the reason (``unreadable.zip_bomb``, ``unreadable.scanned_pdf`` …); ``values`` fill the
    sentences in ``data/messages/reading.yaml``, which say what is wrong, why, and what to do.
    """

    def __init__(self, code: str, **values: str | int) -> None:
        """Keep ``code`` and ``values``; the message is for logs only."""
        super().__init__(code, values)
        self.code = code
        self.values = values
