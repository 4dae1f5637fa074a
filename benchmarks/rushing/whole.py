"""Whether what both sides of ``rush`` wrote is whole: every answer has its rows, and both write as many of each.

The number of rows, their digests, the receipts that people hold, the numbers. Run as a module with a file that maps
each side to the answers it gave, by draft; prints one line for each fault and one with what was looked at.
"""

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.db.models import Max, Sum

from keqiao.web.applications.models import Application, NumberSeries, Submission
from keqiao.web.audit.digests import digest_of
from keqiao.web.audit.models import ChainHead, Event
from keqiao.web.notifications.models import Message
from keqiao.web.registers.models import Holding
from keqiao.web.scope import work_as_program

ROWS = {"submissions": 1, "places": 1, "events": 2, "chains moved": 2, "letters": 2}
"""What one submission leaves in each table, of either side; its application and the series of numbers are changed."""
CHAIN, PLACES = "applications.application", "registers.holding"
Answers = Mapping[str, str]
"""What was answered, by the id of the draft: it holds the id of the submission, or the digest of its content."""


def faults(side: str, answers: Answers) -> Iterator[str]:
    """What is missing, too much or altered of what one side answered for."""
    places = [
        str(pk)
        for pk in Holding.objects.filter(project__in=answers, ended_on=None).values_list("pk", flat=True)
    ]
    chains = [*_events(CHAIN, answers), *_events(PLACES, places)]
    heads = {(head.kind, head.case_id): head for head in _heads(answers, places)}
    found = {
        "submissions": Submission.objects.filter(application_id__in=list(answers)).count(),
        "places": len(places),
        "events": len(chains),
        "chains moved": len(heads),
        "letters": Message.objects.filter(about_kind=CHAIN, about_id__in=answers).count(),
    }
    for table, each in ROWS.items():
        if found[table] != each * len(answers):
            yield f"{side}: {len(answers)} answers, but {found[table]} {table}, not {each} of each"
    yield from (f"{side}: {fault}" for fault in _receipts(answers))
    for event in chains:
        head = heads.get((event.chain_kind, event.chain_id))
        if head is None or (head.sequence, head.digest) != (event.sequence, event.digest):
            yield f"{side}: the chain of {event.chain_id} does not end with its event"
        elif digest_of(event) != event.digest:
            yield f"{side}: the event of {event.chain_id} has another digest"


def _events(kind: str, cases: Any) -> list[Event]:
    return list(Event.objects.filter(chain_kind=kind, chain_id__in=list(cases)).exclude(act="started"))


def _heads(answers: Answers, places: list[str]) -> Iterator[ChainHead]:
    yield from ChainHead.objects.filter(kind=CHAIN, case_id__in=list(answers))
    yield from ChainHead.objects.filter(kind=PLACES, case_id__in=places)


def _receipts(answers: Answers) -> Iterator[str]:
    """Each answer is the receipt of the submission that stands, and that has the digest of its content."""
    applications = Application.objects.in_bulk(list(answers))
    rows = Submission.objects.filter(application_id__in=list(answers))
    for row in rows.iterator():
        application, answer = applications[row.application_id], answers[str(row.application_id)]
        if hashlib.sha256(row.content.encode()).hexdigest() != row.digest:
            yield f"{row.number}: the digest is that of another content"
        if str(row.pk) not in answer and row.digest not in answer:
            yield f"{row.number}: another receipt was given"
        if (application.state, application.number, application.key) != ("submitted", row.number, row.key):
            yield f"{row.number}: the application says {application.state} {application.number}"


def altogether() -> Iterator[str]:
    """Nobody got in without an answer being looked at, and the numbers run without a gap."""
    given = NumberSeries.objects.aggregate(sum=Sum("last"))["sum"] or 0
    if (used := Submission.objects.count()) != given:
        yield f"{given} numbers were given and {used} used"
    if (longest := Submission.objects.aggregate(most=Max("ordinal"))["most"]) not in (None, 1):
        yield f"a draft was submitted {longest} times"


def main(path: Path) -> None:
    """Check what stands in the file."""
    work_as_program()
    sides = json.loads(path.read_text())
    wrong = [fault for side, answers in sides.items() for fault in faults(side, answers)]
    answered = sum(map(len, sides.values()))
    wrong += altogether()
    if (there := Submission.objects.count()) != answered:
        wrong.append(f"{answered} answers, but {there} submissions")
    print(
        "\n".join([*(f"FAULT {fault}" for fault in wrong[:20]), f"{answered} answers, {len(wrong)} faults"])
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
