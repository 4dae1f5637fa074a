"""What must always hold of calls and their revisions."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from django.db.models import F, Model

from keqiao.core.lifecycle.call import STATE_AFTER
from keqiao.web.approvals.queries import done_of
from keqiao.web.audit.queries import events_of_kind
from keqiao.web.audit.verification import Check, Fault, Outcome, compare_states, compare_triggers
from keqiao.web.programmes.amendments.state import is_in
from keqiao.web.programmes.definitions import digest_of, programme_of
from keqiao.web.programmes.library import SLOT
from keqiao.web.programmes.models import Amendment, Call, Draft, Revision, Step
from keqiao.web.programmes.public_face.rows import rows_of, values_of
from keqiao.web.programmes.queries import PUBLISH_CALL
from keqiao.web.regulations.queries import held_in, place_of

TRIGGERS = frozenset(
    {
        *("revision_is_not_changed", "revision_is_not_deleted"),
        *("step_is_not_changed", "step_is_not_deleted"),
    }
)
"""On both engines; made by migrations 0002 and 0004."""


def check_states() -> Outcome:
    """Check that the state of each call is what its events say."""
    states = ((call, state) for call, state in Call.objects.values_list("pk", "state").iterator())
    after = {act: state.value for act, state in STATE_AFTER.items()}
    return compare_states(Call._meta.label_lower, states, after)


def check_revisions() -> Outcome:
    """Check that each revision is what its digest says, and that each call counts them without a gap."""
    faults: list[Fault] = []
    last: dict[object, int] = {}
    count = 0
    for revision in Revision.objects.order_by("call_id", "number").iterator(chunk_size=20):
        count += 1
        about = f"{revision.call_id} {revision.number}"
        if digest_of(revision.definition) != revision.digest:
            faults.append(Fault("revision.altered", about))
        if revision.number != last.get(revision.call_id, 0) + 1:
            faults.append(Fault("revision.gap", about))
        last[revision.call_id] = revision.number
    return Outcome(count, tuple(faults))


def check_lists() -> Outcome:
    """Check that what lists show of a published call is what its newest revision says."""
    calls = Call.objects.filter(slug__isnull=False).prefetch_related("revisions")
    return Outcome(calls.count(), tuple(fault for call in calls for fault in _differences(call)))


def check_offers() -> Outcome:
    """Check that the rows of search, statistics and calendars are what the revisions of each call say."""
    calls = Call.objects.filter(slug__isnull=False, revisions__isnull=False).distinct()
    faults = [
        Fault("call.offers_differ", f"{call.pk} {table.__name__.lower()}")
        for call in calls.iterator(chunk_size=20)
        for table, made in rows_of(call).tables
        if _said(made) != _said(table._default_manager.filter(call=call))
    ]
    return Outcome(calls.count(), tuple(faults))


def check_steps() -> Outcome:
    """Check that each draft is what its last saved version says."""
    standing = Step.objects.filter(version=F("draft__version")).select_related("draft")
    faults: list[Fault] = []
    for step in standing.iterator(chunk_size=20):
        draft = step.draft
        said = (step.definition, step.words, step.answers)
        if said != (draft.definition, draft.words, draft.answers):
            faults.append(Fault("draft.differs_from_version", f"{draft.call_id} {step.version}"))
    return Outcome(standing.count(), tuple(faults))


def check_amendments() -> Outcome:
    """Check that each notice that a revision took up is about its call, and says something that stands in it."""
    taken_up = Amendment.objects.filter(revision__isnull=False).select_related("revision").defer("document")
    faults: list[Fault] = []
    for amendment in taken_up.iterator(chunk_size=20):
        if amendment.call_id != amendment.revision.call_id:
            faults.append(Fault("amendment.other_call", str(amendment.pk)))
        elif not is_in(amendment, programme_of(amendment.revision.definition)):
            faults.append(Fault("amendment.not_in_revision", str(amendment.pk)))
    return Outcome(taken_up.count(), tuple(faults))


def check_second_person() -> Outcome:
    """Check that each publication that names a second person was approved by that person, and each approved one
    was published so.
    """
    approved = {
        (done.subject_id, done.outcome["revision"]): (done.proposed_by_id, str(done.decided_by_id))
        for done in done_of(PUBLISH_CALL).iterator()
    }
    named = {
        (event.chain_id, event.data.get("revision")): (event.actor_id, event.data["approved_by"])
        for event in events_of_kind(Call._meta.label_lower)
        if "approved_by" in event.data
    }
    wrong = sorted(key for key in approved.keys() | named.keys() if approved.get(key) != named.get(key))
    faults = (Fault("call.second_person_differs", f"{call} {number}") for call, number in wrong)
    return Outcome(len(approved.keys() | named.keys()), tuple(faults))


def check_references() -> Outcome:
    """Check that what definitions took over from a library names a version that stands in their association's."""
    revisions = Revision.objects.values_list("call__association_id", "call_id", "definition")
    drafts = Draft.objects.values_list("association_id", "call_id", "definition")
    faults: list[Fault] = []
    count = 0
    for association, call, definition in chain(revisions.iterator(), drafts.iterator()):
        named = {entry.get("library") for entry in definition.get(SLOT) or ()}
        references = {reference for reference in named if place_of(reference)}
        count += len(references)
        lost = references - held_in(association, references) if references else ()
        faults += [Fault("regulation.not_in_library", f"{call} {reference}") for reference in sorted(lost)]
    return Outcome(count, tuple(faults))


def check_triggers() -> Outcome:
    """Check that the database still refuses to change a revision or a saved version of a draft."""
    return compare_triggers(TRIGGERS)


def _said(rows: Iterable[Model]) -> list[dict[str, Any]]:
    return sorted((values_of(row) for row in rows), key=repr)


def _differences(call: Call) -> Iterator[Fault]:
    revision = next(iter(call.revisions.all()), None)  # newest first
    if revision is None:
        yield Fault("call.without_revision", str(call.pk))
        return
    said = programme_of(revision.definition)
    if (call.title, call.year, call.region) != (said.title[:300], said.year, (said.region or "")[:60]):
        yield Fault("call.list_differs", str(call.pk))


CHECKS: list[tuple[str, Check]] = [
    ("calls", check_states),
    ("revisions", check_revisions),
    ("lists of calls", check_lists),
    ("offers of calls", check_offers),
    ("versions of drafts", check_steps),
    ("correction notices", check_amendments),
    ("second person of publications", check_second_person),
    ("references to regulations", check_references),
    ("revision triggers", check_triggers),
]
