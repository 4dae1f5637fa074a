"""Enter a project that was chosen below in a call of the level above: a draft that its unit finishes and submits."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from keqiao.core.forms.answers import Answers
from keqiao.core.forms.prefilling import prefilled
from keqiao.core.forms.specification import Specification
from keqiao.web.applications.actions.drafting import CHANGED
from keqiao.web.applications.actions.writing import Saving, keep_version, record
from keqiao.web.applications.definitions import asked_at, asked_of
from keqiao.web.applications.models import Application
from keqiao.web.applications.owed import follow_application
from keqiao.web.applications.profiles import profile_of
from keqiao.web.applications.queries.contents import submitted_answers
from keqiao.web.applications.queries.submissions import standing_submission
from keqiao.web.audit.log import By
from keqiao.web.eligibility.queries import offer_open
from keqiao.web.parties.queries import local_day
from keqiao.web.programmes.queries import revisions_in_force
from keqiao.web.scope import crossing

WHY = "a winner is entered in the call of another association; the draft belongs to its unit, who reads and submits it"


@transaction.atomic
def enter_from_below(offer_id: int, below: Application, *, by: By) -> Application:
    """Begin a draft in a category of the level above, for the unit of an application that was chosen below.

    What both forms ask under the same label stands in it, as in a draft that takes over last year's words; what is
    under lock is typed anew. Who may enter whom was asked before; the office above sees nothing until it is submitted.

    Raises:
        Http404: the category takes no applications now.
    """
    category = offer_open(offer_id, by.at)
    call = category.offer.call
    saving = Saving("started", by.actor, by.at)
    with crossing(WHY):
        application = Application(
            association_id=call.association_id,
            call=call,
            revision_id=revisions_in_force([call.pk])[call.pk],
            node=category.offer.node,
            path=list(category.path),
            unit=below.unit,
            created_by=below.created_by,
            created_at=by.at,
            edited_by_id=saving.actor_id,
            edited_at=by.at,
        )
        application.save(force_insert=True)
        keep_version(application, _carried(application, below, by), saving)
        application.save(update_fields=CHANGED)
        data = {"call": str(call.pk), "category": application.node, "unit": str(below.unit_id)}
        record("started", application, saving, by.role, **data, below=str(below.pk))
        follow_application(application.pk, by.at, "started")
    return application


def _carried(application: Application, below: Application, by: By) -> Answers:
    """What stands in the draft: what is on record, and the words of the submission below."""
    asked = asked_at(application.revision_id, application.node).specification
    if asked is None:
        return {}
    profile = profile_of(application, asked, below.created_by, local_day(by.at)) if below.created_by else {}
    return prefilled(asked, {**profile, "last": _words_below(asked, below)})


def _words_below(asked: Specification, below: Application) -> Mapping[str, Any]:
    """The answers below by the fields above: of the same label and kind; two of one label are told apart by nobody."""
    there = asked_of(below).specification
    if there is None:
        return {}
    answers = submitted_answers(standing_submission(below.pk))
    known: dict[tuple[str, type], list[Any]] = {}
    for each in there.fields:
        if not each.sensitive:
            known.setdefault((each.label, type(each)), []).append(answers.get(each.id))
    found = {each.id: known.get((each.label, type(each)), []) for each in asked.fields}
    return {field: said[0] for field, said in found.items() if len(said) == 1}
