"""The unified social credit code (统一社会信用代码, GB 32100-2015)."""

import unicodedata
from collections.abc import Collection

from stdnum.cn import uscc

from keqiao.core.identifiers.malformed import Malformed

ALPHABET = frozenset("0123456789ABCDEFGHJKLMNPQRTUWXY")  # no I, O, S, V, Z: they are taken for 1, 0, 5, U, 2
LENGTH = 18


def clean_credit_code(text: str) -> str:
    """Return the code in narrow capitals without spaces and dashes; "" for an empty text.

    The first two characters may be letters (N1 for village collectives, Y1 for others), which the validation of
    python-stdnum 2.2 refuses, so only its check character is used.

    Raises:
        Malformed: length, a character, or the check character is wrong.
    """
    code: str = uscc.compact(unicodedata.normalize("NFKC", text))
    if not code:
        return ""
    if len(code) != LENGTH:
        raise Malformed("identifier.credit_code_length", code=code, length=len(code))
    if strange := tuple(sorted(set(code) - ALPHABET)):
        raise Malformed("identifier.credit_code_characters", code=code, characters=strange)
    if not code[2:8].isdecimal():
        raise Malformed("identifier.credit_code_region", code=code, region=code[2:8])
    if code[-1] != uscc.calc_check_digit(code):
        raise Malformed("identifier.credit_code_check", code=code)
    return code


def is_usual_for(code: str, beginnings: Collection[str]) -> bool:
    """Is the pair of department and type that ``code`` begins with among the usual ones of a kind of unit?

    No ``beginnings`` means that none is unusual. An unusual pair is a doubt, never a fault: departments have added
    pairs since the standard was printed.
    """
    return not beginnings or code[:2] in beginnings
