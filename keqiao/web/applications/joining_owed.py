"""What a unit owes that was asked to join an application: an answer, before the deadline of the application."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.joining import JoiningState
from keqiao.web.applications.models import Joining
from keqiao.web.applications.permissions import OF_A_UNIT
from keqiao.web.duties.kinds import Kind, Owed, for_roles
from keqiao.web.programmes.queries import Offer

JOINING = "applications.joining"
ABOUT = Joining._meta.label_lower
LONGEST_TITLE = 120


def answers_owed(which: Q | None = None) -> Iterator[Owed]:
    """Yield a duty for each unit that was asked and has not answered."""
    offers = Offer.objects.filter(call_id=OuterRef("call_id"), node=OuterRef("application__node"))
    rows = Joining.objects.filter(which or Q(), state=JoiningState.ASKED.value)
    rows = rows.select_related("call", "lead")
    for each in rows.annotate(until=Subquery(offers.values("deadline_at")[:1])):
        yield _of(each)


def answer_owed(joining_id: UUID) -> Iterator[Owed]:
    """Yield the duty of one unit, if it was asked and has not answered."""
    return answers_owed(Q(pk=joining_id))


def _of(joining: Joining) -> Owed:
    title = " ".join(joining.title.split()) or joining.call.title
    return Owed(
        kind=JOINING,
        key=f"joining:{joining.pk}",
        about=(ABOUT, str(joining.pk)),
        holder=for_roles(OF_A_UNIT, joining.unit_id),
        association_id=joining.association_id,
        at=joining.asked_at,
        due_at=joining.until,  # type: ignore[attr-defined]  annotated above
        variables={"title": title[:LONGEST_TITLE], "lead": joining.lead.name[:LONGEST_TITLE]},
        within_id=str(joining.call_id),
    )


KIND = Kind(
    code=JOINING,
    title=_("确认是否联合申报：{title}（{lead}牵头）"),
    otherwise=_("牵头单位要等贵单位确认"),
    act=_("查看并答复"),
    many=_("待确认的联合申报"),
    link=lambda about_id: reverse("applications:joining", args=[about_id]),
    list_link=lambda: reverse("applications:joinings"),
    owed_now=answers_owed,
    variables=frozenset({"title", "lead"}),
    facts={"accepted": _("已同意"), "declined": _("不同意"), "lapsed": _("已失效")},
)
