"""What the office does with an objection until it is decided, and what its investigator finds."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.core.lifecycle.roles import INVESTIGATOR, LEADER, OFFICER
from keqiao.web.accounts.queries import user_with_id
from keqiao.web.applications.refusals import Refused
from keqiao.web.audit.log import By
from keqiao.web.public_notice.actions.holding import hold
from keqiao.web.public_notice.actions.writing import (
    OBJECTIONS,
    locked_objection,
    note,
    objection_in_hand,
    reason_given,
    refusal,
    state_after,
)
from keqiao.web.public_notice.causes import CAUSES
from keqiao.web.public_notice.investigators import against, candidates
from keqiao.web.public_notice.models import Objection
from keqiao.web.public_notice.models.objections import LONGEST_GROUNDS
from keqiao.web.public_notice.owed import follow_objection
from keqiao.web.public_notice.permissions import Viewer, roles_towards
from keqiao.web.public_notice.telling import tell_objector


@transaction.atomic
def ask_for_more(objection_id: UUID, words: str, *, actor: Viewer, at: datetime) -> None:
    """Ask the objector for what is missing."""
    objection = objection_in_hand(objection_id, "ask_for_more", actor, at)
    objection.words = reason_given(words)
    _done(objection, "asked_for_more", By(actor, OFFICER, at), objection.words)
    tell_objector(objection, "asked_for_more", at)


@transaction.atomic
def turn_away(objection_id: UUID, cause: str, words: str, *, actor: Viewer, at: datetime) -> None:
    """Not take an objection up: why (``causes``), and what the objector is told.

    Raises:
        Objection.DoesNotExist: it is not the actor's business.
        Refused: the cause is none, the words are missing, or it was taken up already.
    """
    objection = objection_in_hand(objection_id, "turn_away", actor, at)
    if cause not in CAUSES:
        raise refusal("objection.cause_missing")
    objection.cause, objection.words = cause, reason_given(words)
    _done(objection, "turned_away", By(actor, OFFICER, at), objection.words)
    tell_objector(objection, "turned_away", at)


@transaction.atomic
def accept(objection_id: UUID, *, actor: Viewer, at: datetime) -> None:
    """Take an objection up: from now on its project is held, and nothing else."""
    objection = objection_in_hand(objection_id, "accept", actor, at)
    by = By(actor, OFFICER, at)
    objection.words = ""
    _done(objection, "accepted", by)
    hold(objection, by)
    tell_objector(objection, "accepted", at)


@transaction.atomic
def assign(objection_id: UUID, investigator_id: UUID, *, actor: Viewer, at: datetime) -> None:
    """Ask somebody of the office to look into it, who has no part in the application.

    Raises:
        Objection.DoesNotExist: it is not the actor's business.
        Refused: with every part that person has in it; or it was not taken up.
    """
    objection = objection_in_hand(objection_id, "assign", actor, at)
    person = user_with_id(investigator_id)
    if person is None or person not in candidates(objection.association_id, at):
        raise refusal("objection.not_of_the_office")
    if found := against(person, objection.item.selection.application, at):
        raise Refused(*found)
    objection.investigator = person
    role = OFFICER if OFFICER in roles_towards(actor, objection, at) else LEADER
    _done(objection, "assigned", By(actor, role, at), investigator=str(person.pk))


@transaction.atomic
def find(objection_id: UUID, finding: str, *, is_founded: bool, actor: Viewer, at: datetime) -> None:
    """Report what was found; who was asked to look into it does.

    Raises:
        Objection.DoesNotExist: somebody else was asked.
        Refused: nothing is reported, or it is not looked into.
    """
    objection = locked_objection(objection_id)
    if objection.investigator_id != actor.pk or not roles_towards(actor, objection, at):
        raise Objection.DoesNotExist
    objection.state = state_after(OBJECTIONS, objection.state, "find", {INVESTIGATOR})
    words = finding.strip()
    if not words:
        raise refusal("public_notice.reason_missing")
    if len(words) > LONGEST_GROUNDS:
        raise refusal("public_notice.words_too_long", most=LONGEST_GROUNDS)
    objection.finding, objection.is_founded = words, is_founded
    _done(objection, "found", By(actor, INVESTIGATOR, at), words)


@transaction.atomic
def send_back(objection_id: UUID, reason: str, *, actor: Viewer, at: datetime) -> None:
    """Let it be looked into again: what was found does not suffice."""
    objection = objection_in_hand(objection_id, "send_back", actor, at)
    reason = reason_given(reason)
    _done(objection, "sent_back", By(actor, LEADER, at), reason)


@transaction.atomic
def go_on(objection_id: UUID, reason: str, *, actor: Viewer, at: datetime) -> None:
    """Look into an objection all the same that was taken back; its project is held again."""
    objection = objection_in_hand(objection_id, "go_on", actor, at)
    reason = reason_given(reason)
    roles = roles_towards(actor, objection, at)
    by = By(actor, OFFICER if OFFICER in roles else LEADER, at)
    _done(objection, "gone_on", by, reason)
    hold(objection, by)


def _done(objection: Objection, event: str, by: By, reason: str = "", **data: Any) -> None:
    objection.save()
    note(event, objection, by, reason=reason, **data)
    follow_objection(objection.pk, by.at, event)
