"""What experts owe: to say whom they may not judge, before they are asked to judge anything."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.expert import ExpertState
from keqiao.web.accounts.queries import accounts_of_people
from keqiao.web.duties.actions import follow
from keqiao.web.duties.kinds import Kind, Owed, for_person
from keqiao.web.review.models import Expert

DECLARE = "review.declare"
EXPERT_ROW = Expert._meta.label_lower


def declarations_owed(which: Q | None = None) -> Iterator[Owed]:
    """Yield a duty for each expert with an account who has not yet said that the declared relations are all."""
    accounts = accounts_of_people().filter(person_id=OuterRef("person_id"))
    rows = Expert.objects.filter(which or Q(), state=ExpertState.ACTIVE.value, stated_at__isnull=True)
    rows = rows.annotate(account=Subquery(accounts.values("pk")[:1])).filter(account__isnull=False)
    for row in rows.select_related("association"):
        yield Owed(
            DECLARE,
            f"declare:{row.pk}",
            (EXPERT_ROW, str(row.pk)),
            for_person(row.account),
            row.association_id,
            row.entered_at,
            variables={"association": str(row.association)},
        )


def follow_expert(expert_id: UUID, at: datetime, fact: str) -> None:
    """Open and close what an expert owes, to whom ``fact`` has just happened."""
    follow(
        [DECLARE], (EXPERT_ROW, str(expert_id)), list(declarations_owed(Q(pk=expert_id))), at=at, fact=fact
    )


KINDS = [
    Kind(
        code=DECLARE,
        title=_("向{association}申报回避关系"),
        otherwise=_("没有申报的，评审时可能临时回避，项目须另请专家"),
        act=_("去申报"),
        many=_("待申报的回避关系"),
        link=lambda _about_id: reverse("review:own_relations"),
        list_link=lambda: reverse("review:own_relations"),
        owed_now=declarations_owed,
        variables=frozenset({"association"}),
        facts={
            "stated_whole": _("已确认申报完整"),
            "rested": _("已暂停"),
            "left": _("已出库"),
            "parted": _("账号不再对应本人"),
        },
    ),
]
