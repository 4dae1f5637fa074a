"""What an endorsing unit owes of the stamped page of a list that it has forwarded."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.batch import BatchState
from keqiao.core.lifecycle.endorsement import PassageState
from keqiao.web.duties.actions import bring_up_to_date, follow
from keqiao.web.duties.kinds import Kind, Owed, for_role
from keqiao.web.endorsement.asks_for_pages import asks
from keqiao.web.endorsement.models import Batch, BatchLine
from keqiao.web.endorsement.permissions import TAKES
from keqiao.web.endorsement.queries.lists import way_of_queue
from keqiao.web.endorsement.queries.standing_lists import lines_that_stand, stamped_list
from keqiao.web.endorsement.to_be_stamped import address
from keqiao.web.filing.boxes import asks_for_seal
from keqiao.web.filing.owed import APPLICATION, LACKING, LONGEST_TITLE
from keqiao.web.filing.queries import stamped_of
from keqiao.web.programmes.queries import Offer

STAMP = "endorsement.stamp"
BATCH = Batch._meta.label_lower


def stamps_owed(which: Q | None = None) -> Iterator[Owed]:
    """Yield a duty for each list that was forwarded without its seal, or was changed since, until all is received.

    Only where the call asks this stage for a seal, until the date of its queue, or else the earliest deadline for
    filing of what is on it. The list is stamped on its own page, or each application on it on its own: either will do.
    What a stage on paper asks for is one of these pages; it is not asked for here a second time.
    """
    forwarded = Batch.objects.filter(which or Q(), state=BatchState.FORWARDED.value)
    waiting = forwarded.filter(
        Q(lines__stands=True) & ~Q(lines__passage__state=PassageState.RECEIVED.value)
    ).distinct()
    offers = Offer.objects.filter(call=OuterRef("queue__call"), node__in=_nodes()).order_by("deadline_at")
    until = Subquery(offers.filter(deadline_at__isnull=False).values("deadline_at")[:1])
    for row in waiting.select_related("queue__call").annotate(until=Coalesce("queue__deadline_at", until)):
        if _asks(row) and stamped_list(row).state in LACKING and not _each_stamped(row):
            yield Owed(
                STAMP,
                f"stamp:{row.pk}",
                (BATCH, str(row.pk)),
                for_role(TAKES[0], row.queue.taker_id),
                row.association_id,
                row.forwarded_at or row.made_at,
                due_at=row.until,
                variables={"call": row.queue.call.title[:LONGEST_TITLE], "ordinal": str(row.ordinal)},
                within_id=str(row.queue.call_id),
            )


def _asks(batch: Batch) -> bool:
    """Does the call ask the stage of the list for a seal?"""
    queue = batch.queue
    way = way_of_queue(queue)
    return bool(way and queue.stage <= len(way.stages) and asks_for_seal(way.stages[queue.stage - 1].steps))


def _nodes() -> QuerySet[BatchLine, str]:
    lines = BatchLine.objects.filter(batch=OuterRef(OuterRef("pk")), stands=True)
    return lines.values("passage__application__node")


def _each_stamped(batch: Batch) -> bool:
    passages = [line.passage for line in lines_that_stand(batch)]
    fingerprints = {(APPLICATION, row.application_id): row.digest for row in passages}
    lacking = {pk for (_kind, pk), page in stamped_of(fingerprints).items() if page.state in LACKING}
    elsewhere = asks(dict.fromkeys(lacking, batch.made_at)) if lacking else frozenset()
    return lacking <= elsewhere


def follow_stamps(which: Q, at: datetime, fact: str) -> None:
    """Open and close what is owed of these lists, which ``fact`` has just changed."""
    for pk in Batch.objects.filter(which).distinct().values_list("pk", flat=True):
        follow([STAMP], (BATCH, str(pk)), list(stamps_owed(Q(pk=pk))), at=at, fact=fact)


def follow_call(which: Q) -> None:
    """Bring the dates up to date with the deadlines of a call."""
    bring_up_to_date(stamps_owed(which))


def link(about_id: str) -> str:
    """The page about the stamped page of a list."""
    return address(UUID(about_id))


KIND = Kind(
    code=STAMP,
    title=_("上传第 {ordinal} 批推荐名单的盖章页（{call}）"),
    otherwise=_("通知要求盖章，受理单位收不到盖章的名单"),
    act=_("打印、上传盖章页"),
    many=_("待盖章的推荐名单"),
    link=link,
    owed_now=stamps_owed,
    variables=frozenset({"call", "ordinal"}),
    facts={
        "matched": _("已收到盖章页"),
        "attached": _("已收到盖章页"),
        "received": _("已受理"),
        "recalled": _("已撤回"),
        "withdrawn": _("申报已撤回"),
    },
)
