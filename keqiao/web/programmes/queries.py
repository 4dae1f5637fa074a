"""Read calls: what a viewer may see of them, and what the public may."""

from collections.abc import Collection
from datetime import datetime
from itertools import chain, count
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.shortcuts import get_object_or_404

from keqiao.core.lifecycle.call import CallState
from keqiao.web.approvals.queries import open_for_subject
from keqiao.web.audit.queries import timeline
from keqiao.web.parties.queries import associations_kept_by
from keqiao.web.programmes import permissions
from keqiao.web.programmes.models import (
    STATE_WORDS,
    Call,
    Draft,
    Offer,
    ReadingState,
    Revision,
    Source,
    Step,
)
from keqiao.web.programmes.parts import Part
from keqiao.web.programmes.permissions import Viewer
from keqiao.web.programmes.refusals import Meanwhile

PUBLISH_CALL = "programmes.publish_call"
"""The act that waits for a second person where the association wants one (``second_person``)."""
CHANGES_SHOWN = 10
LONGEST_IDENTIFIER = 80  # characters, as core.programme.facts.Identifier has it
BY_URGENCY = ("urgency", "next_at", "-deadline_at", "-published_at")


def calls_for(viewer: Viewer, at: datetime) -> QuerySet[Call]:
    """Return the calls that ``viewer`` works on or may see in the office, newest first."""
    visible = Call.objects.filter(permissions.visible_in_the_office(viewer, at))
    latest = Source.objects.filter(call=OuterRef("pk")).order_by("-uploaded_at")
    return visible.select_related("association").annotate(
        reading=Subquery(latest.values("state")[:1]), revision_count=Count("revisions")
    )


def call_for(viewer: Viewer, pk: UUID, at: datetime) -> Call:
    """Return one call of the office if ``viewer`` may see it; otherwise 404."""
    return get_object_or_404(calls_for(viewer, at), pk=pk)


def call_kept_by(viewer: Viewer, pk: UUID, at: datetime) -> Call:
    """Return one call that ``viewer`` may change; otherwise 404."""
    kept = Call.objects.filter(permissions.kept(viewer, at)).select_related("association__organisation")
    return get_object_or_404(kept, pk=pk)


def draft_of(call: Call) -> Draft | None:
    """Return the draft of a call, or nothing while its document is being read."""
    return Draft.objects.filter(call=call).select_related("edited_by").first()


def saved_since(draft: Draft, version: int) -> list[Meanwhile]:
    """Return what was saved after ``version`` of a draft, oldest first."""
    return [_meanwhile(step) for step in _steps(draft).filter(version__gt=version).order_by("version")]


def merged_with(draft: Draft, version: int, actor: Viewer) -> list[Meanwhile]:
    """Return what others than ``actor`` saved after ``version``, on which a change was made."""
    since = _steps(draft).filter(version__gt=version).exclude(saved_by=actor.pk)
    return [_meanwhile(step) for step in since.order_by("version")]


def steps_of(draft: Draft) -> QuerySet[Step]:
    """Return the saved versions of a draft without their contents, newest first."""
    return _steps(draft).order_by("-version")


def contents_of(draft: Draft, versions: Collection[int]) -> dict[int, dict]:
    """Return what these versions of a draft say, by version."""
    return dict(Step.objects.filter(draft=draft, version__in=versions).values_list("version", "definition"))


def _steps(draft: Draft) -> QuerySet[Step]:
    return draft.steps.select_related("saved_by").defer("definition", "words", "answers")


def _meanwhile(step: Step) -> Meanwhile:
    return Meanwhile(str(step.saved_by or ""), step.saved_at, step.act, Part(*step.part))


def source_of(call: Call, *, whole: bool = False) -> Source | None:
    """Return the latest document of a call; its paragraphs and tables only if ``whole``."""
    sources = call.sources.select_related("file").order_by("-uploaded_at")
    return (sources if whole else sources.defer("document")).first()


def named(word: str) -> Q:
    """Return what finds a call by one word: in its title, address or the name of its association."""
    return Q(title__icontains=word) | Q(slug__icontains=word) | Q(association__site_name__icontains=word)


def in_state(value: str) -> Q:
    """Return what picks calls in one state."""
    return Q(state=value)


def states() -> list[tuple[str, str]]:
    """Return the states a call can be in, in the order of its life, with their words."""
    return [(state.value, words) for state, words in STATE_WORDS.items()]


def associations_for_new_calls(viewer: Viewer, at: datetime) -> QuerySet:
    """Return the associations for which ``viewer`` may start a call."""
    return associations_kept_by(viewer, at)


def public_calls() -> QuerySet[Call]:
    """Return the calls that everybody may read."""
    return Call.objects.filter(permissions.public()).select_related("association")


def public_calls_by_urgency(at: datetime) -> QuerySet[Call]:
    """Return the public calls, to be ordered by ``BY_URGENCY``: the next deadline first, then those without
    one, then those that are over or cancelled, the latest first.

    ``next_at`` is the next moment after which some category takes no more applications.
    """
    ahead = Offer.objects.filter(call=OuterRef("pk"), deadline_at__gte=at).order_by("deadline_at")
    over = Q(state=CallState.CANCELLED.value)
    open_still, undated = Q(next_at__isnull=False), Q(deadline_at__isnull=True)
    order = Case(
        When(over, then=2),
        When(open_still, then=0),
        When(undated, then=1),
        default=2,
        output_field=IntegerField(),
    )
    return public_calls().annotate(next_at=Subquery(ahead.values("deadline_at")[:1])).annotate(urgency=order)


def public_call(slug: str) -> Call:
    """Return a call that everybody may read, or 404."""
    return get_object_or_404(public_calls(), slug=slug)


def in_region(name: str) -> Q:
    """Return what picks calls of one region."""
    return Q(region=name)


def revision_in_force(call: Call) -> Revision | None:
    """Return the newest revision of a call, or nothing before it is published."""
    return call.revisions.order_by("-number").first()


def revisions_in_force(call_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return the ids of the newest revisions of these calls, by the id of the call; one query."""
    pairs = Revision.objects.filter(call_id__in=call_ids).order_by("number").values_list("call_id", "pk")
    return dict(pairs)


def words_in_force(call_id: UUID) -> dict:
    """Return the tied words of the newest revision of a call, by key; nothing where there is no revision."""
    return (
        Revision.objects.filter(call_id=call_id).order_by("-number").values_list("words", flat=True).first()
        or {}
    )


def definition_with_id(revision_id: UUID) -> tuple[dict, UUID]:
    """Return the definition of a revision, and the organisation that made the call."""
    found = Revision.objects.values_list("definition", "call__association_id").get(pk=revision_id)
    return found[0], found[1]


def offers_taken(at: datetime) -> QuerySet[Offer]:
    """Return the categories of public calls that take applications at ``at`` or state no last day, with their calls."""
    running = public_calls().filter(state__in=[CallState.PUBLISHED.value, CallState.OPEN.value])
    still = Q(deadline_at__gte=at) | Q(deadline_at=None)
    offers = Offer.objects.filter(still, call__in=running.order_by().values("pk"))
    return offers.select_related("call__association").order_by("deadline_at", "call_id", "position")


def order_of_call(*, call: str, node: str) -> tuple[Any, str]:
    """Return the order of rows by the place that their category has in their call, then by its id.

    ``call`` and ``node`` name the columns of the rows. A category that an amendment took out comes last.
    """
    of_row = Offer.objects.filter(call=OuterRef(call), node=OuterRef(node))
    return Subquery(of_row.values("position")[:1]).asc(nulls_last=True), node


def public_offer(pk: int) -> Offer:
    """Return a category of a call that everybody may read, open or not; otherwise 404."""
    offers = Offer.objects.filter(call__in=public_calls().order_by().values("pk"))
    return get_object_or_404(offers.select_related("call__association__organisation"), pk=pk)


def offers_of(call_ids: Collection[UUID]) -> QuerySet[Offer]:
    """Return what the revisions in force of these calls offer."""
    return Offer.objects.filter(call__in=call_ids)


def offers_called(name: str) -> QuerySet[Offer]:
    """Return the categories of this name, of all calls."""
    return Offer.objects.filter(name=name)


def offer_of(call_id: UUID, node: str) -> Offer | None:
    """Return a category as its call offers it, with its dates; nothing where the call does not offer it."""
    return Offer.objects.filter(call_id=call_id, node=node).first()


def original_of(call: Call) -> Any | None:
    """Return the stored document that a call was made from, or nothing; it is as public as the call."""
    source = source_of(call)
    return source.file if source is not None and source.state == ReadingState.READ else None


def publication_waiting(call: Call, at: datetime) -> Any | None:
    """Return the approval that the publication of this call waits for at ``at``, or nothing."""
    return open_for_subject(PUBLISH_CALL, (call._meta.label_lower, str(call.pk)), at)


def revisions_of(call: Call) -> QuerySet[Revision]:
    """Return the revisions of a call without their contents, newest first."""
    return call.revisions.defer("definition", "words").order_by("-number")


def happened(call: Call) -> QuerySet:
    """Return what happened to a call, newest first."""
    return timeline(call).order_by("-sequence")


def call_named(name: str) -> Call | None:
    """Return the call with this address, id, or id of its definition; for commands, which see everything."""
    found = Call.objects.filter(slug=name).first()
    if found is None and _is_uuid(name):
        found = Call.objects.filter(pk=UUID(name)).first()
    return found or Call.objects.filter(draft__definition__id=name).first()


def free_identifier(wanted: str, association_id: UUID) -> str:
    """Return ``wanted`` if no definition has that id, else the same with the first free number behind it.

    Asked are the association's own calls and all published ones: a number must not tell of another's draft.
    """
    numbered = (f"{wanted[: LONGEST_IDENTIFIER - len(f'-{number}')]}-{number}" for number in count(2))
    candidates = chain([wanted], numbered)
    own = Draft.objects.filter(call__association_id=association_id)
    return next(
        name
        for name in candidates
        if not own.filter(definition__id=name).exists()
        and not Revision.objects.filter(definition__id=name).exists()
    )


def calls_to_copy(viewer: Viewer, at: datetime) -> QuerySet[Call]:
    """Return the calls whose successor ``viewer`` may start, the latest year first."""
    kept = calls_for(viewer, at).filter(permissions.kept(viewer, at), draft__isnull=False)
    return kept.order_by("-year", "-created_at")


def calls_continued(call: Call) -> dict[UUID, int]:
    """Return the years of the calls that this one continues, back to the first, by their ids: one query."""
    rows = Call.objects.filter(association_id=call.association_id)
    known = {pk: (before, year) for pk, before, year in rows.values_list("pk", "copied_from_id", "year")}
    found: dict[UUID, int] = {}
    before = call.copied_from_id
    while before in known and before not in found:
        earlier, year = known[before]
        found[before] = year or 0
        before = earlier
    return found


def definition_in_force(call: Call) -> dict | None:
    """Return the values of the published definition of a call, or else of its draft; nothing without both."""
    revision = revision_in_force(call)
    if revision is not None:
        return revision.definition
    draft = draft_of(call)
    return draft.definition if draft else None


def calls_with_ids() -> list[tuple[Call, str]]:
    """Return every call with the id of its definition ("" while its document is being read); for commands."""
    ids = dict(Draft.objects.values_list("call_id", "definition__id"))
    return [(call, ids.get(call.pk, "")) for call in Call.objects.order_by("created_at")]


def _is_uuid(name: str) -> bool:
    try:
        UUID(name)
    except ValueError:
        return False
    return True


def calls_with(ids: Q) -> QuerySet[Call]:
    """Return the calls that fit, whoever's they are. Who may see them was asked before."""
    return Call.objects.filter(ids)


def locked_call(pk: UUID) -> Call:
    """Return a call under lock. Whose business it is, the caller asks."""
    return Call.objects.select_for_update(of=("self",)).get(pk=pk)
