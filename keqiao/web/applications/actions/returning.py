"""An officer returns a submission for correction; the clock lets it stand where nobody corrects it in time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.core.lifecycle.application import CLOCK, ENDORSER, OFFICER, ApplicationState
from keqiao.core.workdays import last_moment
from keqiao.web.applications.actions.writing import (
    Saving,
    allowed,
    keep_version,
    locked,
    refusal,
    state_after,
)
from keqiao.web.applications.corrections import settle
from keqiao.web.applications.definitions import asked_at
from keqiao.web.applications.followers import tell_of
from keqiao.web.applications.models import Application, Return, Submission
from keqiao.web.applications.permissions import Viewer
from keqiao.web.applications.queries.contents import whole_answers
from keqiao.web.applications.queries.submissions import last_submission
from keqiao.web.audit import log
from keqiao.web.notifications.actions import Letter, queue
from keqiao.web.parties.queries import local_day
from keqiao.web.ui.site_addresses import page_address

STOOD_AT_ONCE = 100  # so that a round of due work stays short
LONGEST_REASON = 400


@dataclass(frozen=True, slots=True)
class Correction:
    """What is to be corrected: why, by the id of each field that is opened, until the end of which day."""

    reasons: Mapping[str, str]
    until: date
    note: str = ""


@transaction.atomic
def return_for_correction(
    application_id: UUID, correction: Correction, *, actor: Viewer, at: datetime
) -> Return:
    """Return a submission. Only the named fields are open to the unit, until the end of the day that is set.

    Its place stays taken. What is not corrected in time stands as it was submitted (:func:`let_stand_due`).

    Raises:
        Application.DoesNotExist: the actor has no business with it.
        Refused: it is not submitted, no field is named, one has no reason or is not in the form, the day is over, or
            this submission was returned before and stands.
    """
    application = locked(application_id)
    state = allowed(application, "return", actor, at)
    submission = last_submission(application)
    if submission is None:
        raise Application.DoesNotExist
    _require_sound(application, submission, correction, at)
    returned = Return.objects.create(
        association_id=application.association_id,
        application=application,
        submission=submission,
        fields=sorted(correction.reasons),
        reasons={key: words.strip() for key, words in correction.reasons.items()},
        note=correction.note.strip(),
        until=correction.until,
        returned_by_id=actor.pk,
        returned_at=at,
    )
    application.state, application.revision_id = state.value, submission.revision_id
    application.save(update_fields=["state", "revision"])
    data = {
        "fields": returned.fields,
        "until": correction.until.isoformat(),
        "submission": str(submission.pk),
    }
    reason = "\n".join(filter(None, (returned.note, *returned.reasons.values())))
    role = _role(application, actor, at)
    log.record("returned", application, actor=actor, role=role, at=at, data=data, reason=reason)
    tell_of("returned", application, (actor, role, at), submission.pk)
    _tell(application, submission, returned)
    return returned


def _require_sound(
    application: Application, submission: Submission, correction: Correction, at: datetime
) -> None:
    if not correction.reasons:
        raise refusal("application.return_names_nothing")
    if any(not words.strip() or len(words) > LONGEST_REASON for words in correction.reasons.values()):
        raise refusal("application.return_without_reason", most=LONGEST_REASON)
    if Return.objects.filter(submission=submission).exists():
        raise refusal("application.returned_before")
    if last_moment(correction.until) < at:
        raise refusal("application.return_day_over", until=correction.until.isoformat())
    specification = asked_at(submission.revision_id, application.node).specification
    known = {each.id for each in specification.fields} if specification else set()
    if unknown := sorted(set(correction.reasons) - known):
        raise refusal("application.no_such_field", fields=tuple(unknown))


def _role(application: Application, actor: Viewer, at: datetime) -> str:
    """In which role somebody returns it who may: as the office, or else as the unit that endorses it."""
    is_office = application.association_id in actor.organisations_as(OFFICER, at)
    return OFFICER if is_office else ENDORSER


def _tell(application: Application, submission: Submission, returned: Return) -> None:
    """Tell whoever submitted it, with the day and a link."""
    account: Any = submission.submitted_by
    if account is None:
        return
    letter = Letter(
        "application.returned",
        recipient_id=account.pk,
        address=account.email or "",
        language=account.language,
        variables={
            "title": application.title.strip() or application.number,
            "number": application.number,
            "until": returned.until.isoformat(),
            "url": page_address("applications:receipt", submission.pk),
        },
        about=(Application._meta.label_lower, str(application.pk)),
        association_id=application.association_id,
        until=last_moment(returned.until),
    )
    queue(letter, key=f"returned:{returned.pk.hex}", at=returned.returned_at)


@transaction.atomic
def let_stand(application_id: UUID, *, actor: Viewer, at: datetime) -> None:
    """An officer, or whoever endorses it, closes a return before its day: the submission stands as it was.

    Raises:
        Application.DoesNotExist: the actor has no business with it.
        Refused: it is not returned.
    """
    application = locked(application_id)
    allowed(application, "let_stand", actor, at)
    _stand(application, actor, _role(application, actor, at), at)


def let_stand_due(now: datetime) -> None:
    """Let the submissions stand whose day for a correction has passed. Due work: safe to run at any time."""
    over = Return.objects.filter(settled_at__isnull=True, until__lt=local_day(now)).order_by("until")
    for pk, until in list(over.values_list("application_id", "until")[:STOOD_AT_ONCE]):
        if last_moment(until) < now:
            with transaction.atomic():
                application = locked(pk)
                if application.state == ApplicationState.RETURNED.value:
                    _stand(application, None, CLOCK, now)


def _stand(application: Application, actor: Viewer | None, role: str, at: datetime) -> None:
    """The submission stands. What was typed since stays among the versions; what was submitted comes on top."""
    application.state = state_after(application.state, "let_stand", {role}).value
    correction = Return.objects.select_for_update().get(application=application, settled_at__isnull=True)
    submitted = correction.submission.saved
    if application.version != submitted.number:
        application.version += 1
        keep_version(application, whole_answers(submitted), Saving("stood", actor, at))
    application.save()
    settle(correction, Return.Outcome.STOOD, at)
    data = {"submission": str(correction.submission_id)}
    log.record("stood", application, actor=actor, role=role, at=at, data=data)
    tell_of("stood", application, (actor, role, at), correction.submission_id)
