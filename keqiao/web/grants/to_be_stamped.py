"""Agreements are stamped: what is signed of one, by whom, and that a change makes the page outdated."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keqiao.core.lifecycle.grant import GrantState
from keqiao.web.filing.stampable import Box, Head, Stampable, ToSign
from keqiao.web.grants import queries
from keqiao.web.grants.agreement_paper import parties_of
from keqiao.web.grants.changed import shown_changes
from keqiao.web.grants.models import ChangeRequest, Grant
from keqiao.web.grants.owed import GRANT
from keqiao.web.grants.permissions import grants_seen
from keqiao.web.grants.terms import fingerprint
from keqiao.web.ui.templatetags.shell import cn_date, money

NOT_PRINTED = frozenset({GrantState.GIVEN_UP, GrantState.TERMINATED, GrantState.CLOSED, GrantState.FAILED})
LABELS = {
    "number": gettext_lazy("项目编号"),
    "title": gettext_lazy("项目名称"),
    "unit": gettext_lazy("承担单位"),
    "leader": gettext_lazy("项目负责人"),
    "amount": gettext_lazy("支持经费"),
    "term": gettext_lazy("实施期限"),
}


def seen(viewer: Any, at: datetime) -> QuerySet[Grant]:
    """Whoever reads a grant prints the page of its agreement and brings it."""
    return Grant.objects.filter(grants_seen(viewer, at)).exclude(state=GrantState.DRAFTED.value)


def to_sign(viewer: Any, pk: UUID, at: datetime) -> ToSign:
    """What is signed: the agreement as it stands now.

    Raises:
        ValidationError: it is still written.
    """
    grant = queries.grant_for(viewer, pk, at)
    if grant.state == GrantState.DRAFTED.value:
        raise ValidationError(_("任务书尚未发出。"), code="grants.not_sent")
    values = {
        "number": grant.number,
        "title": grant.title,
        "unit": grant.unit.name,
        "leader": grant.leader.name if grant.leader else "",
        "amount": money(grant.amount_fen) if grant.amount_fen else "",
        "term": f"{cn_date(grant.begins_on)}—{cn_date(grant.ends_on)}",
    }
    return ToSign(
        association_id=grant.association_id,
        fingerprint=fingerprint(grant),
        version=None,
        under=grant.call.title,
        rows=[(LABELS[name], words) for name, words in values.items() if words],
        boxes=[Box(party.name, party.role, seal=True) for party in parties_of(grant)],
        pledge=_("各方已审阅指纹所对应的任务书，同意按其执行。内容改动后指纹随之改变，须重新打印本页签章。"),
        over=_("这个项目已不再签订任务书。") if GrantState(grant.state) in NOT_PRINTED else "",
    )


def head(viewer: Any, pk: UUID, at: datetime) -> Head:
    """Whose agreement it is, and the way back to it."""
    grant = queries.grant_for(viewer, pk, at)
    name = _("任务书 %(number)s") % {"number": grant.number}
    crumbs = [(grant.title, reverse("grants:grant", args=[pk]))]
    return Head(name, f"{grant.title} · {grant.unit.name}", crumbs, grant.association_id)


def address(pk: UUID) -> str:
    """The page about the stamped page of an agreement."""
    return reverse("filing:stamped_about", args=[GRANT, pk])


def titles(ids: Collection[UUID]) -> Mapping[UUID, str]:
    """The grants by number and title."""
    return {row.pk: str(row) for row in Grant.objects.filter(pk__in=ids)}


def changes(pk: UUID, _since: int | None, _now: int | None) -> Sequence[str]:
    """What was changed by the last change request that was carried out."""
    rows = ChangeRequest.objects.filter(grant_id=pk, state__in=["approved", "noted"])
    last = rows.order_by("-decided_at").first()
    return [str(LABELS.get(each.name, each.name)) for each in shown_changes(last)] if last else ()


KINDS = (Stampable(GRANT, seen, head, to_sign, titles, address, changes),)
