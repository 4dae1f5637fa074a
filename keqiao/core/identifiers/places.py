"""Codes of places: postcodes, and region codes of GB/T 2260 with the levels below."""

import re
import unicodedata

from keqiao.core.identifiers.malformed import Malformed

POSTCODE = re.compile(r"[0-9]{6}")
REGION = re.compile(r"[1-9][0-9]{5}(?:[0-9]{3}(?:[0-9]{3})?|-[A-Z][0-9]{1,2})?")


def clean_postcode(text: str) -> str:
    """Return a postcode of six digits; "" for an empty text.

    Raises:
        Malformed: it has another shape.
    """
    code = unicodedata.normalize("NFKC", text).strip()
    if code and not POSTCODE.fullmatch(code):
        raise Malformed("identifier.postcode_shape")
    return code


def clean_region_code(text: str) -> str:
    """Return a region code: six digits, nine (township), twelve (village), or a zone below one (``411200-G1``).

    Whether it is one that was ever given, the tree of regions knows.

    Raises:
        Malformed: it has another shape.
    """
    code = unicodedata.normalize("NFKC", text).strip().upper()
    if not REGION.fullmatch(code):
        raise Malformed("identifier.region_code_shape", code=code)
    return code
