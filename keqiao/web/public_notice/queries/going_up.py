"""What goes on to the level above: what the call says of it, which calls above are open here, what went."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from keqiao.core.programme import Programme, effective, leaves
from keqiao.core.programme.rules import RecommendUp
from keqiao.core.rules.regions import LEVELS
from keqiao.web.eligibility.queries import offers_open
from keqiao.web.public_notice.models import Award, UpwardEntry


@dataclass(frozen=True, slots=True)
class StatedUpward:
    """What a call says about passing on: its words, to whom, in which clause."""

    summary: str
    to: tuple[str, ...]
    clause: str


def stated_upward(programme: Programme) -> list[StatedUpward]:
    """Return what a call says about passing projects on, each rule once."""
    paths = [path for path, _category in leaves(programme)] or [()]
    rules = {
        rule.id: rule
        for path in paths
        for stated in effective(programme, path).rules
        if isinstance(rule := stated.fact, RecommendUp)
    }
    return [
        StatedUpward(each.summary, tuple(each.to), (each.source.clause or "") if each.source else "")
        for each in rules.values()
    ]


def offers_above(association: Any, at: datetime) -> list[Any]:
    """Return the open categories of associations of a higher level than this one, by call and their order."""
    own = association.organisation.level
    above = LEVELS[: LEVELS.index(own)] if own in LEVELS else ()
    rows = offers_open(at).filter(call__association__organisation__level__in=above)
    rows = rows.exclude(call__association_id=association.pk).select_related("call__association__organisation")
    return list(rows.order_by("call__association_id", "call_id", "position"))


def entries_of(award: Award) -> QuerySet[UpwardEntry]:
    """Return what of an award was passed on, the newest first. The draft above is nobody's here."""
    rows = award.entries.select_related("selection__application__unit", "call", "made_by")
    return rows.order_by("-made_at", "pk")
