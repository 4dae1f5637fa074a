"""Remind people of what comes due: a week before, the day before, and once it is overdue.

Each morning everybody who has something gets one letter with all of it. Who is told is asked on that morning: whoever
holds the role then. Nothing is held in memory: a worker may die at any moment, and nobody is told twice.
"""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from keqiao.core.lifecycle.duty import LOOKED_BACK, Occasion, occasion
from keqiao.core.workdays import in_shanghai, last_moment, shanghai_day
from keqiao.web.duties.kinds import all_kinds
from keqiao.web.duties.models import Duty, Told
from keqiao.web.duties.queries import Line, duties_of, lines_of, open_at
from keqiao.web.notifications.actions import Letter, queue
from keqiao.web.scope import INSTALLATION
from keqiao.web.ui.site_addresses import page_address
from keqiao.web.ui.templatetags.shell import cn_date

FIRST_HOUR = 8  # Asia/Shanghai: nobody is woken by a deadline
PEOPLE_AT_ONCE = 50  # so that a round of due work stays short
AHEAD = timedelta(days=7)
NAMED = 5
"""So many duties are named in a letter; the rest is a number."""
TEMPLATE = "duties.reminder"
MORNING = "duties.morning"
EVERYBODY = UUID(int=0)


def remind_due(now: datetime) -> None:
    """Tell the next people of this morning. Due work: safe to run at any time and by several at once."""
    today = shanghai_day(now)
    if in_shanghai(now).hour < FIRST_HOUR or _told_today(EVERYBODY, today):
        return
    people = list(_to_tell(today, now)[:PEOPLE_AT_ONCE])
    for account in people:
        _tell(account, today, now)
    if not people:
        Told.objects.update_or_create(account_id=EVERYBODY, defaults={"day": today})


def _told_today(account_id: UUID, today: date) -> bool:
    return Told.objects.filter(account_id=account_id, day__gte=today).exists()


def _to_tell(today: date, now: datetime) -> Any:
    """Accounts that hold something with a date near this day, and were not looked at today."""
    near = Duty.objects.filter(open_at(now), _near(today), kind__in=_reminding())
    told = Told.objects.filter(account_id=OuterRef("pk"), day__gte=today)
    own = near.filter(account_id__isnull=False).values("account_id")
    held = Q(pk__in=own) | _holding(near.exclude(role="").values_list("role", "organisation_id"), now)
    people = get_user_model()._default_manager.filter(held, ~Exists(told), is_active=True)
    return people.order_by("pk").distinct()


def _near(today: date) -> Q:
    first, last = last_moment(today - LOOKED_BACK - AHEAD), last_moment(today + AHEAD)
    return Q(due_at__gt=first, due_at__lte=last)


def _reminding() -> list[str]:
    return [kind.code for kind in all_kinds().values() if kind.reminds]


def _holding(held: Any, now: datetime) -> Q:
    """Accounts with a grant in force of one of these roles; accounts keep their grants under that name."""
    organisations: dict[str, set[UUID]] = {}
    for role, organisation in held.distinct():
        organisations.setdefault(role, set()).add(organisation)
    which = Q(pk__in=[])
    for role, units in organisations.items():
        of_units = Q(grants__organisation_id__in=units - {INSTALLATION})
        if INSTALLATION in units:
            of_units |= Q(grants__organisation_id__isnull=True)
        which |= Q(grants__role=role) & of_units
    in_force = Q(grants__valid_until__isnull=True) | Q(grants__valid_until__gt=now)
    return which & in_force & Q(grants__valid_from__lte=now)


@transaction.atomic
def _tell(account: Any, today: date, now: datetime) -> None:
    """Queue the letter of one person and note the day, in one transaction; two workers tell nobody twice."""
    Told.objects.get_or_create(account_id=account.pk, defaults={"day": today - timedelta(days=1)})
    told = Told.objects.select_for_update().get(account_id=account.pk)
    if told.day >= today:
        return
    lines = list(_come_due(account, told.day, today, now))
    told.day, told.ids = today, [str(line.duty.pk) for line, _occasion in lines]
    told.save(update_fields=["day", "ids"])
    if lines:
        queue(_letter(account, lines), key=f"duties:{account.pk}:{today}", at=now)


def _come_due(account: Any, told: date, today: date, now: datetime) -> Iterator[tuple[Line, Occasion]]:
    """What comes due for a person since the day ``told``. What arose today was told of by the act itself."""
    for line in lines_of(duties_of(account, now).filter(_near(today), kind__in=_reminding()), now):
        come = occasion(line.duty.due_at, told, today)
        if come is not None and shanghai_day(line.duty.opened_at) < today:
            yield line, come


def _letter(account: Any, lines: Collection[tuple[Line, Occasion]]) -> Letter:
    associations = {line.duty.association_id for line, _occasion in lines} - {INSTALLATION}
    with override(account.language):
        named = [_said(line, come) for line, come in list(lines)[:NAMED]]
        if len(lines) > NAMED:
            named.append(_("另有 %(n)s 件") % {"n": len(lines) - NAMED})
        variables = {
            "count": str(len(lines)),
            "what": _("；").join(named),
            "url": page_address("portal:desk"),
        }
    return Letter(
        TEMPLATE,
        recipient_id=account.pk,
        address=account.email or "",
        language=account.language,
        variables=variables,
        about=(MORNING, str(account.pk)),
        association_id=associations.pop() if len(associations) == 1 else None,
    )


def _said(line: Line, come: Occasion) -> str:
    words = _("%(what)s（%(day)s已过期）") if come is Occasion.OVERDUE else _("%(what)s（%(day)s到期）")
    return words % {"what": line.title, "day": cn_date(line.duty.due_at)}
