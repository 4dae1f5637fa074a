"""Mobile numbers of the mainland."""

import re
import unicodedata

from keqiao.core.identifiers.malformed import Malformed

MOBILE = re.compile(r"1[3-9][0-9]{9}")
PUNCTUATION = re.compile(r"[\s\-()]")
COUNTRY = ("+86", "0086", "86")
LONGEST = 40


def clean_mobile(text: str) -> str:
    """Return a mainland mobile number as eleven digits; spaces, dashes, brackets and +86 are taken off.

    Raises:
        Malformed: it is no such number. 1[3-9] and nine digits are all the numbering plan promises.
    """
    digits = PUNCTUATION.sub("", unicodedata.normalize("NFKC", text[:LONGEST]))
    for prefix in COUNTRY:
        if digits.startswith(prefix) and len(digits) == len(prefix) + 11:
            digits = digits.removeprefix(prefix)
    if len(text) > LONGEST or not MOBILE.fullmatch(digits):
        raise Malformed("identifier.mobile_shape")
    return digits
