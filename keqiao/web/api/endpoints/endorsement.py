"""The queues of one's own unit as it endorses applications of others: read only, the acts are done by people."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from keqiao.web.api.answers import findings_said, unit_said
from keqiao.web.api.asking import who_asks
from keqiao.web.api.paging import After, page_of
from keqiao.web.api.schemas import QueuesOut, QueueWithLinesOut
from keqiao.web.api.scopes import Scope
from keqiao.web.api.scoping import Needs
from keqiao.web.endorsement import queries

router = Router(tags=["endorsement"], auth=Needs(Scope.ENDORSEMENT_READ))


@router.get("/endorsement/queues", response=QueuesOut, url_name="queues",
            summary="Queues that one's own units take or co-sign, the next deadline first")  # fmt: skip
def queues(request: HttpRequest, after: After = 0) -> Any:
    """One's own queues, with how many stand in each state."""
    return page_of(queries.queues_for(*who_asks(request)), after, _said)


@router.get("/endorsement/queues/{pk}", response=QueueWithLinesOut, url_name="queue",
            summary="One queue with its applications, in the order of preference")  # fmt: skip
def queue(request: HttpRequest, pk: UUID) -> Any:
    """One queue."""
    viewer, at = who_asks(request)
    found = queries.queue_for(viewer, pk, at)
    return _said(found) | {"lines": [_line(each) for each in queries.lines_of(found)]}


def _said(queue: Any) -> dict[str, Any]:
    counts = {
        name: getattr(queue, name) for name in ("waiting", "recommended", "declined", "returned", "filed")
    }
    return {
        "id": queue.pk,
        "call": queue.call.slug,
        "node": queue.node,
        "chain": queue.chain,
        "stage": queue.stage,
        "endorser": unit_said(queue.taker),
        "co_signer": unit_said(queue.co_signer) if queue.co_signer else None,
        "quota": queue.quota,
        "deadline_at": queue.deadline_at,
        **counts,
    }


def _line(line: Any) -> dict[str, Any]:
    passage = line.passage
    return {
        "application": passage.application_id,
        "number": passage.application.number,
        "title": passage.application.title,
        "unit": unit_said(passage.application.unit),
        "state": passage.state,
        "rank": line.rank,
        "place": line.seat,
        "findings": findings_said(line.findings),
    }
