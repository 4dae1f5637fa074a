"""Finds the encoding of a web page: byte order mark, then what it says itself, then by trial."""

import re

from keqiao.readers.text.encoding import MARKS, decode

STATED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
STATED_WITHIN = 4096
# Pages state gb2312 and use characters of its successors.
WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "hz": "gb18030"}


def page_text(data: bytes) -> str:
    """Return the page as text; what it states is believed only if its bytes agree."""
    if any(data.startswith(mark) for mark, _ in MARKS):
        return decode(data)
    stated = STATED.search(data[:STATED_WITHIN])
    if stated:
        name = stated[1].decode("ascii").lower()
        try:
            return data.decode(WIDER.get(name, name))
        except (LookupError, UnicodeDecodeError):
            pass  # a wrong statement: decide by trial
    return decode(data)
