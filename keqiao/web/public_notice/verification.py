"""What must always hold of notices, objections and awards."""

from collections.abc import Iterator
from typing import Any

from keqiao.core.lifecycle.objection import OPEN, SUSPENDS
from keqiao.core.lifecycle.objection import TABLE as OBJECTIONS
from keqiao.core.lifecycle.public_notice import TABLE as NOTICES
from keqiao.core.lifecycle.public_notice import PublicNoticeState
from keqiao.core.lifecycle.selection import SelectionState
from keqiao.core.workdays import YearNotPublished
from keqiao.web.audit.verification import Check, Fault, Outcome, compare_states
from keqiao.web.programmes.definitions import digest_of
from keqiao.web.public_notice.actions.awarding import Joined, award_digest
from keqiao.web.public_notice.actions.drafting import content_of
from keqiao.web.public_notice.counting import counted_in, period_from
from keqiao.web.public_notice.models import Award, Notice, Objection
from keqiao.web.public_notice.permissions import PUBLIC

HOLDING = [state.value for state in SUSPENDS]
UNDECIDED = [state.value for state in OPEN]


def check_notices() -> Outcome:
    """Check that the state of each notice is what its events say."""
    states = Notice.objects.values_list("pk", "state").iterator()
    return compare_states(Notice._meta.label_lower, states, NOTICES.state_after)


def check_objections() -> Outcome:
    """Check that the state of each objection is what its events say."""
    states = Objection.objects.values_list("pk", "state").iterator()
    return compare_states(Objection._meta.label_lower, states, OBJECTIONS.state_after)


def check_lists() -> Outcome:
    """Check that the list of each notice and award is the one under its digest."""
    notices = Notice.objects.exclude(digest="").prefetch_related("items")
    faults = [Fault("public_notice.list_differs", str(row.pk)) for row in notices if _list_differs(row)]
    awards = Award.objects.exclude(digest="").prefetch_related("items")
    faults += [Fault("award.list_differs", str(row.pk)) for row in awards if _award_differs(row)]
    return Outcome(len(notices) + len(awards), tuple(faults))


def _list_differs(notice: Any) -> bool:
    items = sorted(notice.items.all(), key=lambda item: item.position)
    return digest_of(content_of(notice, items, [item.listed for item in items])) != notice.digest


def _award_differs(award: Any) -> bool:
    items = sorted(award.items.all(), key=lambda item: item.position)
    joined = [Joined(tuple(item.merged), tuple(item.duplicates)) for item in items]
    return award_digest(award, [item.listed for item in items], joined) != award.digest


def check_days() -> Outcome:
    """Check that each notice stood as long as it says, and that the core counts a running one to the same day."""
    stood = Notice.objects.filter(first_day__isnull=False)
    faults = tuple(Fault("public_notice.days_differ", str(row.pk)) for row in stood if _days_differ(row))
    return Outcome(len(stood), faults)


def _days_differ(notice: Any) -> bool:
    first, last = notice.first_day.isoformat(), notice.last_day.isoformat()
    if len(notice.counted) < notice.days or notice.counted[0] < first or notice.counted[-1] > last:
        return True
    if notice.state != PublicNoticeState.POSTED.value:
        return False
    try:
        period = period_from(notice, notice.first_day, notice.until)
        return period.last != notice.last_day or counted_in(notice, period) != notice.counted
    except YearNotPublished:
        return False


def check_held() -> Outcome:
    """Check that nothing is confirmed to which an objection is open, and nothing is held without one."""
    rows = Objection.objects.filter(state__in=UNDECIDED, notice__state__in=PUBLIC)
    found = rows.select_related("item__selection")
    faults = [Fault(code, str(row.pk)) for row in found for code in _wrong(row)]
    return Outcome(len(found), tuple(faults))


def _wrong(objection: Any) -> Iterator[str]:
    state = objection.item.selection.state
    if state == SelectionState.CONFIRMED.value:
        yield "objection.confirmed_meanwhile"
    if objection.state in HOLDING and state == SelectionState.IN_NOTICE.value:
        yield "objection.does_not_hold"


CHECKS: list[tuple[str, Check]] = [
    ("public notices", check_notices),
    ("objections", check_objections),
    ("lists of notices and awards", check_lists),
    ("days of notices", check_days),
    ("objections that hold", check_held),
]
