"""Tables of the room: signature pages as they were printed, and the pictures of them that came back."""

from keqiao.web.filing.models.stamped import STATE_WORDS, Scan, Seal, SignaturePage, Way

__all__ = ["STATE_WORDS", "Scan", "Seal", "SignaturePage", "Way"]
