"""Ask the units that an application names whether they join; they accept or decline.

Nobody is asked by typing a name: whoever fills in asks when it is ready, and submitting asks whoever was not asked
(decision 0081). Every question and every answer is an event of its own.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.core.lifecycle import NotAllowed
from keqiao.core.lifecycle.application import APPLICANT, ApplicationState
from keqiao.core.lifecycle.joining import IN_FORCE, PARTNER, JoiningState, joining_after
from keqiao.web.applications.actions.writing import allowed, locked, refusal
from keqiao.web.applications.joining_letters import tell_lead, tell_partner
from keqiao.web.applications.joining_owed import ABOUT, JOINING, answer_owed
from keqiao.web.applications.models import Application, Joining
from keqiao.web.applications.permissions import Viewer, own_units
from keqiao.web.applications.preparing import prepare
from keqiao.web.applications.queries.intake import prepared_of
from keqiao.web.applications.shown_to_partners import ShownToPartners, shown_to_partners
from keqiao.web.audit import log
from keqiao.web.duties.actions import owe, settle
from keqiao.web.scope import crossing

WHY_ASKED = "a unit is told that another names it in an application"
WHY_ANSWERED = "a unit answers about an application that another leads"
LONGEST_REASON = 400
NAMED_NO_MORE = [state.value for state in IN_FORCE]


def ask_partners(application_id: UUID, *, actor: Viewer, at: datetime) -> list[Joining]:
    """Ask every unit that the application names and that was not asked, or has declined; whom it names no more, let go.

    Raises:
        Application.DoesNotExist: the actor has no business with it.
        Refused: it is withdrawn, or there is nobody to ask.
    """
    application = Application.objects.get(pk=application_id)
    allowed(application, "ask_partners", actor, at)
    prepared = prepared_of(application)
    if application.state == ApplicationState.DRAFT.value and (
        prepared is None or prepared.version != application.version
    ):
        prepare(application_id, at)
    with crossing(WHY_ASKED), transaction.atomic():
        application = locked(application_id)
        allowed(application, "ask_partners", actor, at)
        let_go(application, actor=actor, at=at)
        asked = _ask(application, actor, at, again=True)
    if not asked:
        raise refusal("joining.nobody_to_ask")
    return asked


def follow_submission(application_id: UUID, *, actor: Viewer, at: datetime) -> None:
    """Ask whoever was not asked yet and let go whom the submission names no more. Called inside the act."""
    application = Application.objects.select_related("call", "unit").get(pk=application_id)
    let_go(application, actor=actor, at=at)
    _ask(application, actor, at, again=False)


def let_go(application: Application, *, actor: Viewer, at: datetime, everybody: bool = False) -> None:
    """End what is asked of units that the application names no more, or of all. The caller holds the application."""
    rows = Joining.objects.filter(application=application, state__in=NAMED_NO_MORE)
    if not everybody:
        rows = rows.exclude(unit_id__in=application.partners.values("unit_id"))
    for joining in rows.select_related("lead", "call"):
        _move(joining, "lapse", APPLICANT, actor, at)
        tell_partner("application.joining_lapsed", joining, at)


def let_go_removed(application_id: UUID, *, actor: Viewer, at: datetime) -> None:
    """After a draft was saved: end what is asked of units that it names no more."""
    gone = Joining.objects.filter(application_id=application_id, state__in=NAMED_NO_MORE)
    if not gone.exists():
        return
    with crossing(WHY_ASKED), transaction.atomic():
        application = locked(application_id)
        if application.state == ApplicationState.DRAFT.value:
            let_go(application, actor=actor, at=at)


def accept(joining_id: UUID, seen: str, *, actor: Viewer, at: datetime) -> Joining:
    """The unit joins, on what it was shown: ``seen`` is the digest that stood on its page.

    Raises:
        Joining.DoesNotExist: the actor does not act for the unit that is asked.
        Refused: it is not asked any more, or the application changed meanwhile.
    """
    return _answer(joining_id, "accept", seen, "", (actor, at))


def decline(joining_id: UUID, seen: str, reason: str, *, actor: Viewer, at: datetime) -> Joining:
    """The unit does not join, or no longer; the applicant reads why.

    Raises:
        Joining.DoesNotExist: the actor does not act for the unit that is asked.
        Refused: no reason is given, it is not asked any more, or the application changed meanwhile.
    """
    words = " ".join(reason.split())
    if not words or len(words) > LONGEST_REASON:
        raise refusal("joining.reason_missing", most=LONGEST_REASON)
    return _answer(joining_id, "decline", seen, words, (actor, at))


def _answer(joining_id: UUID, act: str, seen: str, reason: str, by: tuple[Viewer, datetime]) -> Joining:
    actor, at = by
    with crossing(WHY_ANSWERED), transaction.atomic():
        joining = _locked_joining(joining_id, actor, at)
        shown = shown_to_partners(joining.application)
        if shown is None or shown.digest != seen:
            raise refusal("joining.changed_meanwhile")
        joining.reason = reason
        joining.answered_at, joining.answered_by_id = at, actor.pk
        _say_version(joining, shown)
        _move(joining, act, PARTNER, actor, at)
        tell_lead(joining, at)
    return joining


def _locked_joining(joining_id: UUID, actor: Viewer, at: datetime) -> Joining:
    """The question under lock, that of its application held first, as every act of the room does."""
    application = locked(Joining.objects.values_list("application_id", flat=True).get(pk=joining_id))
    rows = Joining.objects.select_for_update(of=("self",)).select_related("lead", "unit", "call")
    joining = rows.get(pk=joining_id)
    if joining.unit_id not in own_units(actor, at):
        raise Joining.DoesNotExist
    joining.application = application
    return joining


def _say_version(joining: Joining, shown: ShownToPartners) -> None:
    joining.version, joining.digest = shown.version, shown.digest
    joining.title = joining.application.title


def _ask(application: Application, actor: Viewer, at: datetime, *, again: bool) -> list[Joining]:
    """Ask who was never asked or has been let go; where ``again``, those who declined as well."""
    known = {row.unit_id: row for row in Joining.objects.filter(application=application)}
    asked = []
    for partner in application.partners.select_related("unit"):
        joining = known.get(partner.unit_id)
        if joining is None:
            joining = _new(application, partner.unit_id)
        elif joining.state not in _askable(again=again):
            continue
        _put(joining, application, actor, at)
        asked.append(joining)
    for joining in asked:
        tell_partner("application.joining_asked", joining, at)
    return asked


def _askable(*, again: bool) -> Iterable[str]:
    return {JoiningState.LAPSED.value} | ({JoiningState.DECLINED.value} if again else set())


def _new(application: Application, unit_id: UUID) -> Joining:
    return Joining(
        association_id=application.association_id,
        application=application,
        call=application.call,
        lead=application.unit,
        unit_id=unit_id,
        state=JoiningState.LAPSED.value,
    )


def _put(joining: Joining, application: Application, actor: Viewer, at: datetime) -> None:
    """Ask: what was answered before is forgotten here; the events keep it."""
    joining.title, joining.asked_at, joining.asked_by_id = application.title, at, actor.pk
    joining.answered_at = joining.answered_by = joining.version = None
    joining.digest = joining.reason = ""
    _move(joining, "ask", APPLICANT, actor, at)


PAST = {"ask": "asked", "accept": "accepted", "decline": "declined", "lapse": "lapsed"}


def _move(joining: Joining, act: str, role: str, actor: Viewer, at: datetime) -> None:
    """Bring it into the state that the act leads to; an answer is owed as long as it is asked. Write the event."""
    try:
        joining.state = joining_after(JoiningState(joining.state), act, {role}).value
    except NotAllowed as refused:
        raise refusal("joining.settled", state=joining.state) from refused
    joining.save()
    data: dict[str, Any] = {"application": str(joining.application_id), "unit": str(joining.unit_id)}
    if act in ("accept", "decline"):
        data |= {"version": joining.version, "digest": joining.digest}
    if act == "ask":
        owe(*answer_owed(joining.pk))
    else:
        settle(JOINING, (ABOUT, str(joining.pk)), at=at, fact=PAST[act])
    log.record(PAST[act], joining, actor=actor, role=role, at=at, data=data, reason=joining.reason)
