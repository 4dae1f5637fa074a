"""What the core was asked and what it answered, as they lie in ``Decision.proposed``, and back."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from keqiao.core.allocation import Candidate, Cap, Case, Node, Pilot, Policy, Proposal
from keqiao.core.findings import Finding
from keqiao.web.applications.kept_findings import from_values, to_values


@dataclass(frozen=True, slots=True)
class _Asked:
    """A case by its parts, without what it works out itself."""

    nodes: tuple[Node, ...]
    candidates: tuple[Candidate, ...]
    caps: tuple[Cap, ...]
    pilots: tuple[Pilot, ...]
    policy: Policy


@dataclass(frozen=True, slots=True)
class Frozen:
    """A case, its proposal, and what had to be asked while the case was put together."""

    case: Case
    proposal: Proposal
    asked: tuple[Finding, ...] = ()


_ASKED = TypeAdapter(_Asked)
_PROPOSAL = TypeAdapter(Proposal)


def freeze(frozen: Frozen) -> dict[str, Any]:
    """Return all of it as plain values."""
    case = frozen.case
    asked = _Asked(case.nodes, case.candidates, case.caps, case.pilots, case.policy)
    return {
        "case": _ASKED.dump_python(asked, mode="json"),
        "proposal": _PROPOSAL.dump_python(frozen.proposal, mode="json"),
        "asked": to_values(frozen.asked),
    }


def thawed(values: Mapping[str, Any]) -> Frozen | None:
    """Return what :func:`freeze` gave; nothing where nothing was proposed yet."""
    if not values:
        return None
    asked = _ASKED.validate_python(values["case"])
    case = Case(asked.nodes, asked.candidates, asked.caps, asked.pilots, asked.policy)
    return Frozen(case, _PROPOSAL.validate_python(values["proposal"]), from_values(values["asked"]))
