"""What was applied for in the form that was submitted: the sum, and which part of the whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from keqiao.core.findings import Finding, Weight
from keqiao.core.forms.stating import Stated, stated
from keqiao.web.allocation.models import Selection
from keqiao.web.applications.definitions import asked_at
from keqiao.web.applications.queries import submitted_answers

Scope = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class AppliedFor:
    """The most that an application may get (None: it named no sum), its part of the whole (empty: all of it)."""

    requested_fen: int | None = None
    scope: Scope = field(default_factory=dict)
    asked: tuple[Finding, ...] = ()


def applied_for(
    rows: Sequence[Selection], submissions: Mapping[UUID, Any], scopes: Mapping[str, Scope]
) -> dict[UUID, AppliedFor]:
    """Return what each asks for, by the id of the selection; ``scopes`` are the wholes by category."""
    found = {}
    for row in rows:
        application: Any = row.application
        said = _stated(application, submissions.get(row.application_id))
        scope, asked = _scope(row, said.sessions, scopes.get(application.node, {}))
        found[row.pk] = AppliedFor(said.grant_fen, scope, asked)
    return found


def _stated(application: Any, submission: Any) -> Stated:
    if submission is None:
        return Stated()
    specification = asked_at(submission.revision_id, application.node).specification
    return stated(specification, submitted_answers(submission)) if specification is not None else Stated()


def _scope(row: Selection, sessions: int | None, whole: Scope) -> tuple[Scope, tuple[Finding, ...]]:
    """Sessions as parts of the whole. Where the whole has several kinds, they are shared out if that comes out even."""
    in_all = sum(whole.values())
    if known := row.known.get("scope"):
        return dict(known), ()
    if not whole or sessions is None or sessions >= in_all:
        return {}, ()
    if all(part * sessions % in_all == 0 for part in whole.values()):
        return {name: part * sessions // in_all for name, part in whole.items()}, ()
    values = {"candidate": str(row.application_id), "sessions": sessions, "parts": tuple(whole)}
    return {next(iter(whole)): sessions}, (Finding("decision.scope_unclear", Weight.ASK, values),)
