"""The public look-up: what everybody may know of a number in a public register. Nothing else is public."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from keqiao.core.lifecycle.recognition import LED_ON, NEVER_HELD, RecognitionState, recognition_on
from keqiao.web.parties.periods import on_day
from keqiao.web.registers.models import Debarment, Recognition, SharingPolicy
from keqiao.web.registers.models.recognitions import STATE_WORDS
from keqiao.web.registers.numbers import plain_number
from keqiao.web.registers.queries.lines import in_force_on

MOST = 20  # lines under one number: it may stand in several registers
HOPS = 20  # from a former number to the one that holds now
HIDDEN = [state.value for state in NEVER_HELD]


@dataclass(frozen=True, slots=True)
class Shown:
    """What the public sees of one line: these values and no others. ``leads_to`` is the number to ask for now."""

    number: str
    register: str
    issuer: str
    holder: str
    item: str
    grade: str
    state: str
    valid_from: date
    valid_until: date | None
    leads_to: str = ""
    holds: bool = False


def look_up(association_id: UUID, number: str, day: date) -> list[Shown]:
    """Return the lines of public registers of an association under exactly this number, the newest first.

    Width and case of letters and blanks do not matter. What was never held (proposed, declined, struck off) is not
    there, and cannot be told from a number that nobody has.
    """
    wanted = plain_number(number)
    if not wanted:
        return []
    rows = Recognition.objects.filter(
        association_id=association_id, scheme__public=True, number__iexact=wanted
    )
    rows = rows.exclude(state__in=HIDDEN).filter(valid_from__lte=day)
    related = rows.select_related("scheme", "party", "region", "followed_by").order_by("-valid_from")
    return [_shown(row, day) for row in related[:MOST]]


def publishes_debarments(association_id: UUID) -> bool:
    """Has the association decided to show its debarments to everybody?"""
    return SharingPolicy.objects.filter(pk=association_id, publishes_debarments=True).exists()


def public_debarments(association_id: UUID, day: date) -> list[Debarment]:
    """Return the debarments of units in force on ``day``. Those of people are never public."""
    rows = Debarment.objects.filter(on_day(day), in_force_on(day), association_id=association_id)
    units = rows.filter(party__organisation__isnull=False)
    return list(units.select_related("party").order_by("valid_until", "party__name"))


def _shown(row: Recognition, day: date) -> Shown:
    state = recognition_on(RecognitionState(row.state), row.valid_until, day)
    return Shown(
        number=row.number,
        register=row.scheme.name,
        issuer=row.issuer or row.scheme.issuer,
        holder=row.holder,
        item=row.item,
        grade=row.grade,
        state=str(STATE_WORDS[state]),
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        leads_to=_last_number(row) if state in LED_ON else "",
        holds=state in (RecognitionState.VALID, RecognitionState.RECTIFYING),
    )


def _last_number(row: Recognition) -> str:
    """The number that holds now, over all renewals, transfers and mergers; nothing where it is the same one."""
    last = row
    for _hop in range(HOPS):
        if last.followed_by is None:
            break
        last = last.followed_by
    return last.number if last.number != row.number else ""
