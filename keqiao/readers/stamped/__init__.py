"""Photos, scans and PDF files of signature pages: which page, straightened, and whether red of a seal is to be seen.

Presence of red only: nothing here proves that a seal is genuine, and signatures by hand are not looked for.
"""

from keqiao.readers.stamped.seen import Appearance, PageSeen
from keqiao.readers.stamped.signatures import SignatureSeen
from keqiao.readers.stamped.uploaded import FileSeen, look_at_upload

__all__ = ["Appearance", "FileSeen", "PageSeen", "SignatureSeen", "look_at_upload"]
