"""What all pages of a decision show: its head, and what may be done with it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest

from keqiao.core.findings import Finding
from keqiao.web.allocation import queries
from keqiao.web.allocation.approving import BY_FINANCE, waiting_for
from keqiao.web.allocation.frozen import Frozen, thawed
from keqiao.web.allocation.models import Decision, Selection
from keqiao.web.allocation.naming import Names, names_of
from keqiao.web.allocation.permissions import is_officer
from keqiao.web.applications.refusals import Refused
from keqiao.web.eligibility.calls import ready_call


@dataclass(frozen=True, slots=True)
class Open:
    """A decision as it is open before a viewer."""

    decision: Decision
    rows: list[Selection]
    frozen: Frozen | None
    names: Names
    may_act: bool
    waits: Any

    def told(self, refused: Refused) -> list[Finding]:
        """Return what stands against an act, with names in place of ids."""
        return [self.names.told(each) for each in refused.findings]

    def head(self) -> dict[str, Any]:
        """Return what the head of each page needs."""
        return {
            "decision": self.decision,
            "call": self.decision.call,
            "may_act": self.may_act,
            "waits": self.waits,
            "by_finance": self.waits is not None and self.waits.kind == BY_FINANCE,
        }


def opened(request: HttpRequest, decision: Decision) -> Open:
    """Return a decision with everything its pages show; only an office that may still change it may act."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    rows = list(queries.rows_in(decision))
    waits = waiting_for(decision, at)
    officer = is_officer(request.user, decision.association_id, at)  # type: ignore[arg-type]
    names = names_of(ready_call(decision.revision_id).programme, rows)
    may_act = officer and waits is None and decision.approved_at is None
    return Open(decision, rows, thawed(decision.proposed), names, may_act, waits)


def decision_opened(request: HttpRequest, pk: UUID) -> Open:
    """Return the decision with this id that the viewer may read; otherwise 404."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    return opened(request, queries.decision_for(request.user, pk, at))  # type: ignore[arg-type]


def require_officer(request: HttpRequest, decision: Decision) -> None:
    """Whoever reads and may not act finds nothing to act on."""
    if not is_officer(request.user, decision.association_id, request.arrived_at):  # type: ignore[arg-type, attr-defined]
        raise Http404


def version_in(request: HttpRequest) -> int:
    """Return the version that the officer saw; 0 where none came, which is never the one that stands."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() else 0
