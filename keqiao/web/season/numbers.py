"""Numbers that check and plainly belong to nobody: credit codes, identity numbers, mobile numbers, mail addresses."""

from datetime import date
from random import Random

from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

from keqiao.readers.organisation_kinds import organisation_kinds
from keqiao.web.season.vocabulary import grounds

NOWHERE = "999999"
"""No region has this code (GB/T 2260): it stands in every generated credit code."""
NO_PREFECTURE = "99"
"""No province has a prefecture of this code: it stands in every generated identity number."""
SEEDS = 20
"""Seeds are 0 to 19: with five grounds each world has two digits of identity numbers for itself."""
IN_A_BLOCK = 1000
"""People of a world who may be born on the same day, by the three digits behind the birth date."""
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


def block_of(slug: str, seed: int) -> int:
    """Return the block of identity numbers, 0 to 99, that the world of this seed at this ground has for itself.

    Raises:
        ValueError: ``seed`` is none of 0 to 19.
    """
    if seed not in range(SEEDS):
        raise ValueError(f"{seed}: seeds are 0 to {SEEDS - 1}")
    return list(grounds()).index(slug) * SEEDS + seed


def identity_number(region: str, born: date, block: int, person: int) -> str:
    """Return a number of 18 characters with the birth date in it, of the province of ``region`` and no place there.

    ``person`` counts the people of a world. Worlds have blocks of their own, so no two of them share a number.
    """
    number = f"{region[:2]}{NO_PREFECTURE}{block:02d}{born:%Y%m%d}{person % IN_A_BLOCK:03d}"
    return number + str(mod_11_2.calc_check_digit(number))


def mobile_number(chance: Random) -> str:
    """Return a mobile number that nobody can have."""
    return f"{UNASSIGNED}{chance.randrange(10**8):08d}"


def mail_address(place: int, slug: str) -> str:
    """Return the mail address of the applicant at a ``place`` in the list of an association; 0 is the first."""
    return f"applicant{place or ''}@{slug}{MAIL_ENDING}"


def agent_address(slug: str) -> str:
    """Return the mail address of whoever fills in for the units without an account of their own."""
    return f"agent@{slug}{MAIL_ENDING}"


def officer_address(slug: str) -> str:
    """Return the mail address of the officer of an association of a demonstration."""
    return f"officer@{slug}{MAIL_ENDING}"


def endorser_address(slug: str) -> str:
    """Return the mail address of the endorsing unit of a demonstration that visitors log in for."""
    return f"endorser@{slug}{MAIL_ENDING}"


def endorsing_staff_address(slug: str) -> str:
    """Return the mail address of whoever acts for the other endorsing units."""
    return f"endorsers@{slug}{MAIL_ENDING}"


def treasury_address(slug: str) -> str:
    """Return the mail address of the finance bureau of a demonstration that visitors log in for."""
    return f"finance@{slug}{MAIL_ENDING}"


def leader_address(slug: str) -> str:
    """Return the mail address of the leader of an association of a demonstration."""
    return f"leader@{slug}{MAIL_ENDING}"


def bureau_address(slug: str) -> str:
    """Return the mail address of the finance bureau beside an association, where it turns the second key."""
    return f"bureau@{slug}{MAIL_ENDING}"


def investigator_address(slug: str) -> str:
    """Return the mail address of whoever in the office looks into objections."""
    return f"investigator@{slug}{MAIL_ENDING}"


def objector_address(outcome: str, slug: str) -> str:
    """Return the mail address of somebody who objects; what comes of it names them."""
    return f"objector-{outcome}@{slug}{MAIL_ENDING}"


def expert_address(number: int, slug: str) -> str:
    """Return the mail address of an expert of an association of a demonstration; 0 is the first."""
    return f"expert{number + 1}@{slug}{MAIL_ENDING}"


def treasury_staff_address(slug: str) -> str:
    """Return the mail address of whoever acts for the other finance bureaus."""
    return f"treasuries@{slug}{MAIL_ENDING}"
