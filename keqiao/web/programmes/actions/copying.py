"""Start a call from what the association had before, or from nothing."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from keqiao.core.findings import Finding, Weight
from keqiao.core.lifecycle.call import OFFICER
from keqiao.core.programme.renewal import next_identifier, renewed
from keqiao.core.programme.types import Category, Programme, ProgrammeKind
from keqiao.web.parties.queries import associations
from keqiao.web.programmes.actions.starting import Origin, start_from_definition
from keqiao.web.programmes.definitions import programme_of
from keqiao.web.programmes.models import Call
from keqiao.web.programmes.permissions import Viewer, roles_towards
from keqiao.web.programmes.proofreading.questions import asking, sentence_of
from keqiao.web.programmes.queries import definition_in_force
from keqiao.web.programmes.refusals import Refused

FIRST_CATEGORY = "类别一"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What an empty sheet begins with. ``kind`` is that of a paper that can be published."""

    title: str
    kind: ProgrammeKind
    year: int


@transaction.atomic
def start_from_call(original_id: UUID, *, actor: Viewer, at: datetime) -> Call:
    """Start next year's call of the same association from ``original_id``: what must be new is asked.

    It takes the revision in force, or the draft of a call that was never published.

    Raises:
        Refused: the actor is no officer of the association, or the call says nothing yet.
    """
    original = Call.objects.select_related("association").get(pk=original_id)
    if OFFICER not in roles_towards(actor, original.association_id, at):
        raise Refused(Finding("call.not_your_role", Weight.REFUSE, {"state": original.get_state_display()}))
    values = definition_in_force(original)
    if values is None:
        raise Refused(Finding("call.nothing_to_copy", Weight.REFUSE, {"title": original.title}))
    last = programme_of(values)
    programme = renewed(last, identifier=next_identifier(last), asking=asking())
    origin = Origin("call", copied_from=original)
    return start_from_definition(original.association_id, programme, actor=actor, at=at, origin=origin)


@transaction.atomic
def start_from_nothing(association_id: UUID, sheet: Sheet, *, actor: Viewer, at: datetime) -> Call:
    """Start a call that says only its title, kind, year and issuer, with one category that waits for its name."""
    association = associations().get(pk=association_id)
    region = association.organisation.region
    category = Category(
        id="c1", name=FIRST_CATEGORY, needs_answer=True, reading=sentence_of("renewal.first_category")
    )
    programme = Programme(
        id=f"{association.slug}-{sheet.year}",
        title=sheet.title,
        kind=sheet.kind,
        year=sheet.year,
        region=region.name if region else None,
        issuers=(association.organisation.name,),
        categories=(category,),
    )
    return start_from_definition(association_id, programme, actor=actor, at=at, origin=Origin("nothing"))
