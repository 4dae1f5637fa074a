"""Take an application back, and take it up again: the place is free from then on, and has to be won anew."""

from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.application import APPLICANT
from keqiao.web.applications import taking
from keqiao.web.applications.actions.joining import let_go
from keqiao.web.applications.actions.marking import drop_marks
from keqiao.web.applications.actions.receiving import chain_of_application
from keqiao.web.applications.actions.writing import allowed, locked
from keqiao.web.applications.corrections import settle
from keqiao.web.applications.followers import tell_of
from keqiao.web.applications.limits import applying_of
from keqiao.web.applications.models import Application, Return
from keqiao.web.applications.permissions import Viewer
from keqiao.web.applications.queries.contents import version_of, whole_answers
from keqiao.web.applications.stating import title_in
from keqiao.web.audit.log import By, Happened, record, record_together
from keqiao.web.parties.queries import local_day
from keqiao.web.registers.actions.applied import give_back_place
from keqiao.web.scope import crossing

WHY = "withdrawing gives a place back in the books of the association of the call"


@transaction.atomic
def withdraw(application_id: UUID, *, actor: Viewer, at: datetime, reason: str) -> Application:
    """Take a submitted application back. Its receipts stay; its place is free at once.

    Raises:
        Application.DoesNotExist: the actor has no business with it.
        Refused: it is not submitted.
        ValidationError: no reason is given.
    """
    if not reason.strip():
        raise ValidationError(_("请填写撤回理由。"), code="application.reason_missing")
    application = locked(application_id)
    state = allowed(application, "withdraw", actor, at)
    with crossing(WHY):
        drop_marks(application, By(actor, APPLICANT, at))
        freed = _free_place(application, at)
        _settle_return(application, at)
        application.state = state.value
        application.save(update_fields=["state"])
        record_together(freed, By(actor, APPLICANT, at))
        chain = chain_of_application(application_id)
        record("withdrawn", chain, actor=actor, role=APPLICANT, at=at, reason=reason)
        let_go(application, actor=actor, at=at, everybody=True)
        tell_of("withdrawn", application, (actor, APPLICANT, at))
    return application


def _free_place(application: Application, at: datetime) -> list[Happened]:
    taking.hold_guards(application.association_id, applying_of(application).guarded)
    return give_back_place(application.association_id, application.pk, on=local_day(at))


def _settle_return(application: Application, at: datetime) -> None:
    if correction := Return.objects.filter(application=application, settled_at__isnull=True).first():
        settle(correction, Return.Outcome.WITHDRAWN, at)


@transaction.atomic
def take_up_again(application_id: UUID, *, actor: Viewer, at: datetime) -> Application:
    """Make a draft of what was withdrawn. It is submitted like any other: in time, and where a place is free.

    Raises:
        Application.DoesNotExist: the actor has no business with it.
        Refused: it is not withdrawn.
    """
    application = locked(application_id)
    application.state = allowed(application, "take_up_again", actor, at).value
    application.title = title_in(whole_answers(version_of(application)))
    application.save(update_fields=["state", "title"])
    chain = chain_of_application(application_id)
    record("taken_up_again", chain, actor=actor, role=APPLICANT, at=at)
    tell_of("taken_up_again", application, (actor, APPLICANT, at))
    return application
