"""The office checks the form: begin, answer points, pass, refuse with the clause, take a result back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from keqiao.core.findings import Finding
from keqiao.core.lifecycle.endorsement import PassageState
from keqiao.core.lifecycle.formal_check import FormalCheckState
from keqiao.core.lifecycle.roles import OFFICER
from keqiao.core.rules.formal_check import Point, Said, against_answer, against_passing, against_refusing
from keqiao.web.applications.actions.writing import locked
from keqiao.web.applications.permissions import Viewer
from keqiao.web.applications.queries import standing_submission
from keqiao.web.applications.refusals import Refused
from keqiao.web.audit.log import By
from keqiao.web.endorsement.actions import receive
from keqiao.web.endorsement.queries import passage_of
from keqiao.web.parties.queries import local_day
from keqiao.web.review.actions.writing import note, refusal, state_after, taken_in_hand, tidy_reason
from keqiao.web.review.holds import require_not_held
from keqiao.web.review.models import CheckAnswer, FormalCheck
from keqiao.web.review.owed import follow_check
from keqiao.web.review.permissions import may_check
from keqiao.web.review.points import answers_about, frozen_points, points_of, said_in
from keqiao.web.review.queries.arrived import has_arrived
from keqiao.web.review.telling import tell_result


@dataclass(frozen=True, slots=True)
class Answered:
    """What an officer says of one point; ``reason`` where the answer needs one."""

    key: str
    said: Said
    reason: str = ""


@transaction.atomic
def begin(application_id: UUID, *, actor: Viewer, at: datetime) -> FormalCheck:
    """Begin the formal check of an application that has reached the office; begun before, it is given as it is.

    Raises:
        Application.DoesNotExist: it is not the actor's business.
        Refused: it has not reached the office.
    """
    application = locked(application_id)
    if application.submitted_at is None or not may_check(application, actor, at):
        raise application.DoesNotExist
    if not has_arrived(application):
        raise refusal("formal_check.not_arrived")
    _take_in(application.pk, actor, at)
    known = FormalCheck.objects.filter(application=application).first()
    if known is not None and known.state != FormalCheckState.WITHDRAWN.value:
        return known
    submission = standing_submission(application.pk)
    check = known or FormalCheck(
        association_id=application.association_id, call_id=application.call_id, application=application
    )
    if known is not None:
        check.state = state_after(check.state, "begin_again", {OFFICER}).value
    _about(check, submission, at)
    check.begun_at = at
    check.save()
    note("begun_again" if known else "begun", check, By(actor, OFFICER, at), submission=str(submission.pk))
    follow_check(check.pk, at, "begun")
    return check


@transaction.atomic
def answer(check_id: UUID, digest: str, answered: Sequence[Answered], *, actor: Viewer, at: datetime) -> None:
    """Say what was found at these points of the content with ``digest``; said anew, it replaces what was said.

    Raises:
        FormalCheck.DoesNotExist: it is not the actor's business.
        Refused: with every fault: a point that is not there, an answer without its reason, another content by now.
    """
    check = taken_in_hand(check_id, "answer", actor, at)
    points = {each.key: each for each in points_of(_content_seen(check, digest), local_day(at))}
    tidy = [Answered(each.key, each.said, tidy_reason(each.reason)) for each in answered]
    if against := [finding for each in tidy for finding in _against(each, points)]:
        raise Refused(*against)
    for each in tidy:
        said = {"association_id": check.association_id, "said": each.said.value, "reason": each.reason}
        by = {"digest": digest, "given_by_id": actor.pk, "given_at": at}
        CheckAnswer.objects.update_or_create(formal_check=check, key=each.key, defaults=said | by)
    check.points = len(points)
    check.save(update_fields=["points"])
    keys = {said.value: [each.key for each in tidy if each.said is said] for said in Said}
    reasons = "\n".join(each.reason for each in tidy if each.reason)
    given = {name: said for name, said in keys.items() if said}
    note("answered", check, By(actor, OFFICER, at), reason=reasons, **given)


def _against(answered: Answered, points: Mapping[str, Point]) -> Iterable[Finding]:
    point = points.get(answered.key)
    if point is None:
        return refusal("formal_check.no_such_point").findings
    return against_answer(point, answered.said, answered.reason)


@transaction.atomic
def pass_check(check_id: UUID, digest: str, *, actor: Viewer, at: datetime) -> None:
    """Let an application pass: every point is answered, and none was found wanting.

    Raises:
        FormalCheck.DoesNotExist: it is not the actor's business.
        Refused: with everything that stands against it.
    """
    check = taken_in_hand(check_id, "pass", actor, at)
    points, answers = _looked_at(check, digest, at)
    if against := against_passing(points, said_in(answers)):
        raise Refused(*against)
    _decide(check, points, answers, actor, at)
    note("passed", check, By(actor, OFFICER, at), content=digest)
    _told(check, "passed", at)


@transaction.atomic
def refuse(check_id: UUID, digest: str, words: str, *, actor: Viewer, at: datetime) -> None:
    """Refuse an application for the points found wanting; its unit is told which clauses and why.

    Raises:
        FormalCheck.DoesNotExist: it is not the actor's business.
        Refused: nothing was found wanting, or no words were given.
    """
    check = taken_in_hand(check_id, "refuse", actor, at)
    points, answers = _looked_at(check, digest, at)
    words = tidy_reason(words)
    against = list(against_refusing(points, said_in(answers)))
    if not words:
        against += refusal("formal_check.reason_missing").findings
    if against:
        raise Refused(*against)
    check.words = words
    _decide(check, points, answers, actor, at)
    note("refused", check, By(actor, OFFICER, at), reason=words, content=digest)
    _told(check, "refused", at)


@transaction.atomic
def reopen(check_id: UUID, reason: str, *, actor: Viewer, at: datetime) -> None:
    """Take a result back, for a reason; the answers stay and can be given anew. Its unit is told.

    Raises:
        FormalCheck.DoesNotExist: it is not the actor's business.
        Refused: nothing was decided, the reason is missing, or a decision rests on it.
    """
    check = taken_in_hand(check_id, "reopen", actor, at)
    require_not_held(check.call_id, at)
    if not (reason := tidy_reason(reason)):
        raise refusal("formal_check.reason_missing")
    check.decided_by, check.decided_at, check.words, check.found = None, None, "", []
    check.save()
    note("reopened", check, By(actor, OFFICER, at), reason=reason)
    _told(check, "reopened", at)


def _take_in(application_id: UUID, actor: Viewer, at: datetime) -> None:
    """What was filed by an endorser and is looked at has been received: from now on it cannot be recalled."""
    passage = passage_of(application_id)
    if passage is not None and passage.state == PassageState.FILED.value:
        receive([passage.pk], actor=actor, at=at)


def _about(check: FormalCheck, submission: Any, at: datetime) -> None:
    """Let a check be about what was submitted last."""
    check.digest, check.revision_id = submission.digest, submission.revision_id
    check.points = len(points_of(submission, local_day(at)))


def _content_seen(check: FormalCheck, digest: str) -> Any:
    """The submission that the check is about, which is the one that the officer had before them."""
    submission = standing_submission(check.application_id)
    if not digest == check.digest == submission.digest:
        raise refusal("formal_check.content_changed")
    return submission


def _looked_at(
    check: FormalCheck, digest: str, at: datetime
) -> tuple[tuple[Point, ...], dict[str, CheckAnswer]]:
    submission = _content_seen(check, digest)
    return points_of(submission, local_day(at)), answers_about(check.answers.all(), submission.digest)


def _decide(
    check: FormalCheck, points: tuple[Point, ...], answers: dict[str, CheckAnswer], actor: Any, at: datetime
) -> None:
    check.points, check.found = len(points), frozen_points(points, answers)
    check.decided_by_id, check.decided_at = actor.pk, at
    check.save()


def _told(check: FormalCheck, event: str, at: datetime) -> None:
    follow_check(check.pk, at, event)
    tell_result(check, event, at)
