"""What is owed in endorsing: queues to be worked off, lists to be co-signed, stamped pages to be brought."""

from collections.abc import Collection, Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.batch import BatchState
from keqiao.core.lifecycle.endorsement import PassageState
from keqiao.web.duties.actions import follow
from keqiao.web.duties.kinds import Kind, Owed, for_role, for_roles
from keqiao.web.endorsement.models import Batch, Passage, Queue
from keqiao.web.endorsement.papers_owed import APPLICATION, PAPER, SEEN, follow_paper
from keqiao.web.endorsement.papers_owed import KINDS as PAPER_KINDS
from keqiao.web.endorsement.papers_owed import follow_call as follow_papers_of_call
from keqiao.web.endorsement.permissions import CO_SIGNS, TAKES
from keqiao.web.endorsement.stamps_owed import KIND as STAMP_KIND
from keqiao.web.endorsement.stamps_owed import follow_call as follow_lists_of_call
from keqiao.web.endorsement.stamps_owed import follow_stamps
from keqiao.web.programmes.queries import Call

__all__ = [
    "APPLICATION", "CO_SIGN", "KINDS", "PAPER", "QUEUE", "SEEN", "UNFINISHED",
    "co_signing_owed", "follow_batch", "follow_call", "follow_lists", "follow_paper", "follow_queues", "queues_owed",
]  # fmt: skip
QUEUE, CO_SIGN = "endorsement.queue", "endorsement.co_sign"
UNFINISHED = [PassageState.WAITING.value, PassageState.RECOMMENDED.value]
LONGEST_TITLE = 120


def queues_owed(which: Q | None = None) -> Iterator[Owed]:
    """Yield a duty for each queue in which something waits to be decided or forwarded, until its own deadline."""
    rows = (
        Queue.objects.filter(which or Q(), passages__state__in=UNFINISHED).distinct().select_related("call")
    )
    for row in rows:
        yield Owed(
            QUEUE,
            f"queue:{row.pk}",
            (Queue._meta.label_lower, str(row.pk)),
            for_role(TAKES[0], row.taker_id),
            row.association_id,
            row.opened_at,
            due_at=row.deadline_at,
            variables={"call": row.call.title[:LONGEST_TITLE]},
            within_id=str(row.call_id),
        )


def co_signing_owed(which: Q | None = None) -> Iterator[Owed]:
    """Yield a duty for each list that waits for the body that has to agree to it."""
    proposed = Batch.objects.filter(
        which or Q(), state=BatchState.PROPOSED.value, queue__co_signer__isnull=False
    )
    for row in proposed.select_related("queue__call"):
        yield Owed(
            CO_SIGN,
            f"co_sign:{row.pk}",
            (Batch._meta.label_lower, str(row.pk)),
            for_roles(CO_SIGNS, row.queue.co_signer_id),
            row.association_id,
            row.made_at,
            due_at=row.queue.deadline_at,
            variables={"call": row.queue.call.title[:LONGEST_TITLE]},
            within_id=str(row.queue.call_id),
        )


def follow_queues(queue_ids: Collection[UUID | None], at: datetime, fact: str) -> None:
    """Open and close what is owed in these queues, which ``fact`` has just happened to."""
    for pk in sorted({each for each in queue_ids if each is not None}):
        follow([QUEUE], (Queue._meta.label_lower, str(pk)), list(queues_owed(Q(pk=pk))), at=at, fact=fact)


def follow_lists(passages: Collection[Passage], at: datetime, fact: str) -> None:
    """Open and close what is owed of the lists with which these passages were forwarded."""
    follow_stamps(Q(lines__passage__in=[row.pk for row in passages]), at, fact)


def follow_batch(batch_id: UUID, at: datetime, fact: str) -> None:
    """Open and close what the co-signer of a list owes."""
    about = (Batch._meta.label_lower, str(batch_id))
    follow([CO_SIGN], about, list(co_signing_owed(Q(pk=batch_id))), at=at, fact=fact)


def follow_call(call: Call) -> None:
    """Bring the dates up to date with the deadlines of a call; a queue keeps its own."""
    follow_papers_of_call(Q(call=call))
    follow_lists_of_call(Q(queue__call=call))


KINDS = [
    Kind(
        code=QUEUE,
        title=_("审核并上报推荐项目（{call}）"),
        otherwise=_("过了上报期限，不能再上报"),
        act=_("去办理"),
        many=_("待办理的推荐队列"),
        link=lambda about_id: reverse("endorsement:queue", args=[about_id]),
        list_link=lambda: reverse("endorsement:queues"),
        owed_now=queues_owed,
        variables=frozenset({"call"}),
        facts={
            "forwarded": _("已上报"),
            "declined": _("已办理"),
            "returned": _("已退回修改"),
            "withdrawn": _("申报已撤回"),
        },
    ),
    Kind(
        code=CO_SIGN,
        title=_("会签推荐名单（{call}）"),
        otherwise=_("未会签的名单不能上报"),
        act=_("去会签"),
        many=_("待会签的名单"),
        link=lambda about_id: reverse("endorsement:batch", args=[about_id]),
        owed_now=co_signing_owed,
        variables=frozenset({"call"}),
        facts={
            "agreed": _("已会签"),
            "refused": _("未同意"),
            "voided": _("名单已变动"),
            "agreed_on_paper": _("已会签"),
        },
    ),
    *PAPER_KINDS,
    STAMP_KIND,
]
