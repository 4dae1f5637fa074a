"""The list of a queue: its lines, what holds for it, and everything that stands against forwarding it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from keqiao.core.endorsing.lists import Line, Terms, forward_findings, list_findings, ranks
from keqiao.core.findings import Finding
from keqiao.core.lifecycle.batch import LIVE, BatchState
from keqiao.core.lifecycle.endorsement import PassageState
from keqiao.web.applications.queries import partners_in_the_way
from keqiao.web.endorsement.definitions import Way, way_at
from keqiao.web.endorsement.models import Batch, BatchLine, Endorsement, Passage, Queue
from keqiao.web.filing.queries import Stamped, stamped_of

APPLICATION = "applications.application"
HIDDEN = [PassageState.WITHDRAWN.value]


@dataclass(frozen=True, slots=True)
class LineShown:
    """One application in a queue, for its page. ``rank`` is None for what is not recommended.

    ``opinion`` is what was said last at this stage, None where it was taken back or nothing was said. ``findings``
    are what the checks found when it was submitted. ``seat`` is the number of the place it holds.
    """

    passage: Passage
    rank: int | None
    opinion: Endorsement | None
    findings: tuple[Finding, ...]
    stamped: Stamped | None
    seat: int | None

    @property
    def application(self) -> object:
        """The application, with its unit, call and leader."""
        return self.passage.application


def lines_of(queue: Queue) -> list[LineShown]:
    """Return the applications that lie, or lay, before a queue: the ranked first, then the others as they came.

    Those that were forwarded come with them, those withdrawn do not. A constant number of queries.
    """
    passages = list(_passages(queue))
    opinions, seats = _opinions(queue, passages), _seats(queue)
    here = [row for row in passages if row.queue_id == queue.pk]
    ranked = ranks(_lines(here, opinions))
    papers = stamped_of({(APPLICATION, str(row.application_id)): row.digest for row in passages})
    shown = [
        LineShown(
            row,
            ranked.get(str(row.pk)),
            opinions.get(row.pk),
            (),
            papers.get((APPLICATION, str(row.application_id))),
            seats.get(row.pk),
        )
        for row in passages
    ]
    return sorted(shown, key=lambda line: (line.rank is None, line.rank or 0, line.passage.since))


def against_forwarding(queue: Queue, at: datetime) -> list[Finding]:
    """Return everything that stands against forwarding the list of a queue at ``at``; warnings stop nothing."""
    batch = Batch.objects.filter(queue=queue, state__in=[state.value for state in LIVE]).first()
    state = BatchState(batch.state) if batch else None
    return [*forward_findings(core_lines(queue), terms_of(queue), state, at), *_partners_missing(queue)]


def against_the_list(queue: Queue, at: datetime) -> list[Finding]:
    """Return everything that stands against the list itself: with refusals it cannot be sent to a co-signer either."""
    return [*list_findings(core_lines(queue), terms_of(queue), at), *_partners_missing(queue)]


def _partners_missing(queue: Queue) -> list[Finding]:
    """Units that were asked to join what is recommended here, and have not agreed where the call wants that by now."""
    rows = Passage.objects.filter(queue=queue, state=PassageState.RECOMMENDED.value)
    applications = [row.application for row in rows.select_related("application")]
    found = partners_in_the_way(applications).values() if applications else ()
    return [each for findings in found for each in findings]


def terms_of(queue: Queue) -> Terms:
    """Return what holds for a queue."""
    way = way_of_queue(queue)
    return Terms(
        quota=queue.quota,
        taken=BatchLine.objects.filter(queue=queue, stands=True).count(),
        deadline=queue.deadline_at,
        needs_co_signer=bool(queue.co_signing),
        source=way.source if way else None,
    )


def core_lines(queue: Queue) -> list[Line]:
    """Return the lines of a queue that have not been forwarded, as the core asks about them."""
    told = {"state": PassageState.DECLINED.value, "told_at__isnull": False}
    passages = list(_passages(queue).filter(queue=queue, state__in=UNDECIDED_OR_LISTED).exclude(**told))
    return _lines(passages, _opinions(queue, passages))


UNDECIDED_OR_LISTED = [
    PassageState.WAITING.value,
    PassageState.RECOMMENDED.value,
    PassageState.DECLINED.value,
    PassageState.RETURNED.value,
]


def way_of_queue(queue: Queue) -> Way | None:
    """Return the chain of a queue as its revision states it; None where the revision has it no more."""
    return way_at(queue.revision_id, queue.node, queue.chain)


def _passages(queue: Queue) -> QuerySet[Passage]:
    here = Passage.objects.filter(queue=queue).exclude(state__in=HIDDEN)
    passed = Passage.objects.filter(lines__queue=queue, lines__stands=True)
    along = ("application__unit", "application__call", "application__leader")
    return (here | passed).distinct().select_related(*along).order_by("since", "pk")


def _lines(passages: Sequence[Passage], opinions: Mapping[UUID, Endorsement]) -> list[Line]:
    return [
        Line(
            str(row.pk),
            PassageState(row.state),
            row.place,
            row.application.title or row.application.number,
            row.state != PassageState.RECOMMENDED.value or opinions[row.pk].digest == row.digest,
        )
        for row in passages
    ]


def _opinions(queue: Queue, passages: Sequence[Passage]) -> dict[UUID, Endorsement]:
    """What was said last in this queue of each; nothing where that was taken back."""
    rows = Endorsement.objects.filter(queue=queue, passage__in=passages).order_by("ordinal")
    last = {row.passage_id: row for row in rows.select_related("unit", "given_by")}
    return {pk: row for pk, row in last.items() if row.act != Endorsement.Act.RECONSIDER.value}


def _seats(queue: Queue) -> dict[UUID, int]:
    rows = BatchLine.objects.filter(queue=queue, stands=True, seat__isnull=False)
    return dict(rows.values_list("passage_id", "seat__number"))
