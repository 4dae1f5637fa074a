"""Postcodes."""

import re
import unicodedata

from keqiao.core.identifiers.malformed import Malformed

POSTCODE = re.compile(r"[0-9]{6}")


def clean_postcode(text: str) -> str:
    """Return a postcode of six digits; "" for an empty text.

    Raises:
        Malformed: it has another shape.
    """
    code = unicodedata.normalize("NFKC", text).strip()
    if code and not POSTCODE.fullmatch(code):
        raise Malformed("identifier.postcode_shape")
    return code
