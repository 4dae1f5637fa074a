"""What an endorsing unit owes of the stamped page of a list that it has forwarded."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.batch import BatchState
from keqiao.core.lifecycle.endorsement import PassageState
from keqiao.web.duties.actions import follow
from keqiao.web.duties.kinds import Kind, Owed, for_role
from keqiao.web.endorsement.models import Batch
from keqiao.web.endorsement.permissions import TAKES
from keqiao.web.endorsement.queries.lists import way_of_queue
from keqiao.web.endorsement.queries.standing_lists import lines_that_stand, stamped_list
from keqiao.web.endorsement.to_be_stamped import address
from keqiao.web.filing.boxes import asks_for_seal
from keqiao.web.filing.owed import APPLICATION, LACKING, LONGEST_TITLE
from keqiao.web.filing.queries import stamped_of

STAMP = "endorsement.stamp"
BATCH = Batch._meta.label_lower


def stamps_owed(which: Q | None = None) -> Iterator[Owed]:
    """Yield a duty for each list that was forwarded without its seal, or was changed since, until all is received.

    Only where the call asks this stage for a seal. The list is stamped on its own page, or each application on it on
    its own: either will do.
    """
    forwarded = Batch.objects.filter(which or Q(), state=BatchState.FORWARDED.value)
    waiting = forwarded.filter(
        Q(lines__stands=True) & ~Q(lines__passage__state=PassageState.RECEIVED.value)
    ).distinct()
    for row in waiting.select_related("queue__call"):
        if _asks(row) and stamped_list(row).state in LACKING and not _each_stamped(row):
            yield Owed(
                STAMP,
                f"stamp:{row.pk}",
                (BATCH, str(row.pk)),
                for_role(TAKES[0], row.queue.taker_id),
                row.association_id,
                row.forwarded_at or row.made_at,
                variables={"call": row.queue.call.title[:LONGEST_TITLE], "ordinal": str(row.ordinal)},
                within_id=str(row.queue.call_id),
            )


def _asks(batch: Batch) -> bool:
    """Does the call ask the stage of the list for a seal?"""
    queue = batch.queue
    way = way_of_queue(queue)
    return bool(way and queue.stage <= len(way.stages) and asks_for_seal(way.stages[queue.stage - 1].steps))


def _each_stamped(batch: Batch) -> bool:
    fingerprints = {
        (APPLICATION, line.passage.application_id): line.passage.digest for line in lines_that_stand(batch)
    }
    return all(each.state not in LACKING for each in stamped_of(fingerprints).values())


def follow_stamps(which: Q, at: datetime, fact: str) -> None:
    """Open and close what is owed of these lists, which ``fact`` has just changed."""
    for pk in Batch.objects.filter(which).distinct().values_list("pk", flat=True):
        follow([STAMP], (BATCH, str(pk)), list(stamps_owed(Q(pk=pk))), at=at, fact=fact)


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
