"""Numbers that check and plainly belong to nobody: credit codes, identity numbers, mobile numbers, mail addresses."""

from datetime import date
from random import Random

from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

from keqiao.readers.organisation_kinds import organisation_kinds

NOWHERE = "999999"
"""No region has this code (GB/T 2260): it stands in every generated credit code."""
NO_PREFECTURE = "99"
"""No province has a prefecture of this code: it stands in every generated identity number."""
UNASSIGNED = "154"
"""Mobile numbers that begin so are assigned to no operator."""
MAIL_ENDING = ".example"
"""A top-level domain that is kept for examples (RFC 2606)."""
BODY = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015 uses no I, O, S, V, Z


def credit_code(kind: str, chance: Random) -> str:
    """Return a code that begins as those of ``kind`` do; "" for kinds of body that have none."""
    beginnings = organisation_kinds()[kind].credit_codes
    if not beginnings:
        return ""
    code = f"{beginnings[0]}{NOWHERE}" + "".join(chance.choices(BODY, k=9))
    return code + str(uscc.calc_check_digit(f"{code}0"))


def identity_number(region: str, born: date, chance: Random) -> str:
    """Return a number of 18 characters with the birth date in it, of the province of ``region`` and no place there."""
    place = f"{region[:2]}{NO_PREFECTURE}{chance.randrange(100):02d}"  # so that two seeds hardly meet
    number = f"{place}{born:%Y%m%d}{chance.randrange(1000):03d}"
    return number + str(mod_11_2.calc_check_digit(number))


def mobile_number(chance: Random) -> str:
    """Return a mobile number that nobody can have."""
    return f"{UNASSIGNED}{chance.randrange(10**8):08d}"


def mail_address(place: int, slug: str) -> str:
    """Return the mail address of the applicant at a ``place`` in the list of an association; 0 is the first."""
    return f"applicant{place or ''}@{slug}{MAIL_ENDING}"
