"""The conclusion: pass, put right until a day, fail with reasons. A second person has agreed (``second_person``)."""

import hashlib
import json
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.core.lifecycle.acceptance import AcceptanceState
from keqiao.core.lifecycle.grant import GrantState
from keqiao.core.performance import Advice
from keqiao.web.acceptance.actions.credit import propose_what_follows
from keqiao.web.acceptance.actions.writing import needed, note, refusal, taken_in_hand
from keqiao.web.acceptance.facts import PROJECT, Facts, facts_of, frozen
from keqiao.web.acceptance.models import Acceptance
from keqiao.web.acceptance.owed import follow_acceptance
from keqiao.web.acceptance.permissions import Viewer, is_officer
from keqiao.web.acceptance.telling import tell
from keqiao.web.activities.projects import project_with
from keqiao.web.applications.refusals import Refused
from keqiao.web.audit.log import By
from keqiao.web.grants.actions.working import conclude
from keqiao.web.indicators.actions import freeze
from keqiao.web.indicators.projects import asked_of
from keqiao.web.parties.queries import local_day

OVER = sorted(state.value for state in (GrantState.CLOSED, GrantState.FAILED))


@transaction.atomic
def pass_project(acceptance_id: UUID, reason: str = "", *, actor: Viewer, at: datetime) -> None:
    """Let a project pass.

    Raises:
        Acceptance.DoesNotExist: it is not the actor's business.
        Refused: it was not handed in; something is open; or the facts advise otherwise and no reason is given.
    """
    acceptance, by = taken_in_hand(acceptance_id, "pass", actor, at)
    facts = facts_of(acceptance, at)
    against = against_passing(facts)
    if against and not reason.strip():
        raise Refused(*against)
    _conclude(acceptance, facts, reason.strip(), by)
    note("passed", acceptance, by, reason=acceptance.words, digest=acceptance.digest)
    _done(acceptance, "passed", by)


@transaction.atomic
def order_rectification(
    acceptance_id: UUID, reason: str, until: date, *, actor: Viewer, at: datetime
) -> None:
    """Order the unit to put the work right until a day; the project goes on until then."""
    acceptance, by = taken_in_hand(acceptance_id, "order_rectification", actor, at)
    if until <= local_day(at):
        raise refusal("acceptance.day_past", day=until.isoformat())
    acceptance.words, acceptance.until = needed(reason), until
    acceptance.save(update_fields=["state", "words", "until"])
    note("rectification_ordered", acceptance, by, reason=acceptance.words, until=until.isoformat())
    conclude(acceptance.grant_id, "work_on", acceptance.words, actor=actor, at=at)
    _done(acceptance, "rectification_ordered", by)


@transaction.atomic
def fail(acceptance_id: UUID, reason: str, *, actor: Viewer, at: datetime) -> None:
    """Fail a project, also one whose unit never reported. What the call says follows is proposed in the same act."""
    acceptance, by = taken_in_hand(acceptance_id, "fail", actor, at)
    _conclude(acceptance, facts_of(acceptance, at), needed(reason), by)
    note("failed", acceptance, by, reason=acceptance.words, digest=acceptance.digest)
    conclude(acceptance.grant_id, "fail", acceptance.words, actor=actor, at=at)
    propose_what_follows(acceptance, by)
    _done(acceptance, "failed", by)


@transaction.atomic
def conclude_anew(acceptance_id: UUID, reason: str, *, actor: Viewer, at: datetime) -> None:
    """Take a conclusion back, after an appeal or for what came to light; it is judged again."""
    acceptance, by = taken_in_hand(acceptance_id, "conclude_anew", actor, at)
    over = acceptance.grant.state in OVER
    acceptance.concluded_by, acceptance.concluded_at = None, None
    acceptance.found, acceptance.digest, acceptance.words = {}, "", needed(reason)
    acceptance.save()
    note("concluded_anew", acceptance, by, reason=acceptance.words)
    if over:
        conclude(acceptance.grant_id, "reopen", acceptance.words, actor=actor, at=at)
    _done(acceptance, "concluded_anew", by)


@transaction.atomic
def close_project(acceptance_id: UUID, *, actor: Viewer, at: datetime) -> None:
    """Close a project that has passed, once its money is settled.

    Raises:
        Acceptance.DoesNotExist: it is not the actor's business.
        Refused: it has not passed, or its settlement is not closed.
    """
    acceptance = Acceptance.objects.select_for_update(of=("self",)).get(pk=acceptance_id)
    if not is_officer(actor, acceptance.association_id, at):
        raise acceptance.DoesNotExist
    if acceptance.state != AcceptanceState.PASSED.value:
        raise refusal("acceptance.not_passed")
    conclude(acceptance.grant_id, "close", actor=actor, at=at)
    _freeze(acceptance, actor, at)
    follow_acceptance(acceptance.pk, at, "closed")


def _freeze(acceptance: Acceptance, actor: Viewer, at: datetime) -> None:
    """What its targets came to is kept with the records that counted, which nobody changes any more."""
    project = project_with(PROJECT, acceptance.grant_id)
    asked = asked_of(PROJECT, acceptance.grant_id, at)
    if project is None or asked is None:
        raise LookupError(f"nothing is asked of {acceptance.grant_id}")
    freeze(project, asked, actor=actor, at=at)


def against_passing(facts: Facts) -> tuple[Any, ...]:
    """Return what stands against passing; it may be passed with a reason unless something is open."""
    return () if facts.concluded.advice is Advice.PASSES else facts.concluded.reasons


def _conclude(acceptance: Acceptance, facts: Facts, words: str, by: By) -> None:
    acceptance.found = frozen(facts)
    acceptance.digest = digest_of(acceptance.found)
    acceptance.words = words
    acceptance.concluded_by, acceptance.concluded_at = by.actor, by.at
    acceptance.save()


def digest_of(found: Any) -> str:
    """Return the SHA-256 of what was found."""
    spelled = json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(spelled.encode()).hexdigest()


def _done(acceptance: Acceptance, event: str, by: By) -> None:
    follow_acceptance(acceptance.pk, by.at, event)
    tell(acceptance, event, by.at)
