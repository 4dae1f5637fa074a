"""Lists are stamped: what is signed of one, by whom, and what changed since its page was printed."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keqiao.web.endorsement import queries
from keqiao.web.endorsement.definitions import category_of
from keqiao.web.endorsement.models import Batch
from keqiao.web.endorsement.permissions import CO_SIGNER, ENDORSER
from keqiao.web.endorsement.phrases import responsibility
from keqiao.web.filing.boxes import asks_for_seal
from keqiao.web.filing.stampable import Box, Head, Stampable, ToSign

BATCH = Batch._meta.label_lower
MOST_LISTED = 15
"""So many titles stand on the page in letters that can be read; longer lists stand in the summary table."""
LABELS = {
    "category": gettext_lazy("类别"),
    "taker": gettext_lazy("推荐单位"),
    "co_signer": gettext_lazy("会签单位"),
    "ordinal": gettext_lazy("批次"),
    "count": gettext_lazy("项目数"),
}


def seen(viewer: Any, at: datetime) -> QuerySet[Batch]:
    """Whoever takes, co-signs or oversees a queue prints the pages of its lists and brings them."""
    return queries.batches_seen(viewer, at)


def to_sign(viewer: Any, pk: UUID, at: datetime) -> ToSign:
    """What is signed: the list as it stands now. One that holds no more is compared and not printed."""
    batch = queries.batch_for(viewer, pk, at)
    queue, fingerprint = batch.queue, queries.fingerprint_now(batch)
    lines = [
        f"{line.passage.application.title or line.passage.application.number} · {line.passage.application.unit.name}"
        for line in queries.lines_that_stand(batch)
    ]
    values = {
        "category": _name(batch),
        "taker": queue.taker.name,
        "co_signer": _co_signer(batch) if queue.co_signing else "",
        "ordinal": str(batch.ordinal),
        "count": str(len(lines)) if len(lines) <= MOST_LISTED else _in_the_table(len(lines)),
    }
    return ToSign(
        association_id=batch.association_id,
        fingerprint=fingerprint,
        version=batch.ordinal if fingerprint == batch.digest else None,
        under=queue.call.title,
        rows=[(LABELS[name], said) for name, said in values.items() if said],
        boxes=boxes_of(batch),
        pledge=responsibility() + _("名单有改动时指纹随之改变，须重新打印本页签章。"),
        listed=lines if len(lines) <= MOST_LISTED else (),
        over=_("这份名单已不再有效，请在新的名单上打印盖章页。") if queries.is_over(batch) else "",
    )


def _in_the_table(count: int) -> str:
    return _("共 %(count)s 项，逐项见汇总表（指纹相同）") % {"count": count}


def boxes_of(batch: Batch) -> list[Box]:
    """The body that forwards, then the one that has to agree; with a seal where the call asks this stage for one.

    A list that two bodies answer for goes out under the seals of both.
    """
    queue = batch.queue
    way = queries.way_of_queue(queue)
    steps = way.stages[queue.stage - 1].steps if way and queue.stage <= len(way.stages) else ()
    sealed = bool(queue.co_signing) or asks_for_seal(steps)
    words = "、".join(step.words for step in steps)
    boxes = [Box(queue.taker.name, words or _("推荐意见"), seal=sealed)]
    return [*boxes, Box(_co_signer(batch), _("会签意见"), seal=True)] if queue.co_signing else boxes


def _co_signer(batch: Batch) -> str:
    queue = batch.queue
    return queue.co_signer.name if queue.co_signer else queue.co_signing


def _name(batch: Batch) -> str:
    queue = batch.queue
    return category_of(queue.revision_id, queue.node) or queue.call.title


def head(viewer: Any, pk: UUID, at: datetime) -> Head:
    """Whose list of what it is, and the way back to it."""
    batch = queries.batch_for(viewer, pk, at)
    name, role = _name(batch), queries.role_in(batch.queue, viewer, at)
    own = role in (ENDORSER, CO_SIGNER)
    home = (
        (_("推荐"), reverse("endorsement:queues"))
        if own
        else (batch.queue.call.title, reverse("endorsement:office", args=[batch.queue.call_id]))
    )
    here = _("第 %(n)s 批") % {"n": batch.ordinal}
    return Head(
        title=f"{name} {here}",
        lead=f"{name} · {batch.queue.taker.name} · {here}",
        crumbs=[
            home,
            (name, reverse("endorsement:queue", args=[batch.queue_id])),
            (here, reverse("endorsement:batch", args=[pk])),
        ],
        association_id=batch.association_id,
    )


def address(pk: UUID) -> str:
    """The page about the stamped page of a list."""
    return reverse("filing:stamped_about", args=[BATCH, pk])


def titles(ids: Collection[UUID]) -> Mapping[UUID, str]:
    """The lists by category, unit and number."""
    rows = Batch.objects.filter(pk__in=ids).select_related("queue__call", "queue__taker")
    return {
        row.pk: f"{_name(row)} · {row.queue.taker.name} · {_('第 %(n)s 批') % {'n': row.ordinal}}"
        for row in rows
    }


def changes(pk: UUID, since: int | None, _now: int | None) -> Sequence[str]:
    """What was moved, corrected, withdrawn or added since the list was made."""
    batch = Batch.objects.select_related("queue").get(pk=pk)
    return queries.changed_since(batch) if since == batch.ordinal else ()


KINDS = (Stampable(BATCH, seen, head, to_sign, titles, address, changes),)
