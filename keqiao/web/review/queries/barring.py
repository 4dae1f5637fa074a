"""Conflicts with what officers have settled about them: which pairs must not be, and which doubts are still open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from keqiao.core.assignment.values import Pair
from keqiao.core.conflicts.matrix import Conflict, Conflicts
from keqiao.core.findings import Finding, Verdict
from keqiao.web.review.models import Settled
from keqiao.web.review.queries.conflicts import conflicts_of

Said = tuple[str, str, str, str]
"""A doubt: expert, application, rule, and what it is about."""


def conflicts_now(call: Any, experts: Sequence[Any], applications: Sequence[Any], at: datetime) -> Conflicts:
    """Return the conflicts with every doubt that was settled dropped or made certain."""
    found = conflicts_of(call, experts, applications, at)
    settled = _settled(experts, applications)
    if not settled:
        return found
    pairs = {}
    for pair, reasons in found.pairs.items():
        kept = [each for each in (_after(pair, reason, settled) for reason in reasons) if each is not None]
        if kept:
            pairs[pair] = tuple(sorted(kept, key=lambda each: each.verdict is not Verdict.FAILS))
    return replace(found, pairs=pairs)


def barred_pairs(found: Conflicts) -> dict[Pair, tuple[str, ...]]:
    """Return the pairs that a proposal must not make, doubts among them, with the rules that say so."""
    return {pair: tuple(each.rule for each in reasons) for pair, reasons in found.pairs.items()}


def told_of(reasons: Iterable[Conflict], names: Mapping[str, str]) -> tuple[Finding, ...]:
    """Return the findings of conflicts, with names of people and bodies in the place of their ids."""
    return tuple(_named(each.finding(), names) for each in reasons)


def _named(finding: Finding, names: Mapping[str, str]) -> Finding:
    about = str(finding.values["about"])
    return replace(finding, values={**finding.values, "about": names.get(about, about)})


def _settled(experts: Sequence[Any], applications: Sequence[Any]) -> dict[Said, bool]:
    rows = Settled.objects.filter(
        expert_id__in=[each.pk for each in experts], application_id__in=[each.pk for each in applications]
    )
    return {(str(row.expert_id), str(row.application_id), row.rule, row.about): row.is_same for row in rows}


def _after(pair: Pair, reason: Conflict, settled: Mapping[Said, bool]) -> Conflict | None:
    if reason.verdict is Verdict.FAILS:
        return reason
    answer = settled.get((*pair, reason.rule, reason.about))
    if answer is None:
        return reason
    return replace(reason, verdict=Verdict.FAILS) if answer else None


def settled_between(expert_id: Any, application_id: Any) -> list[Settled]:
    """Return what officers found out about a pair, with who did. Who may see it was asked before."""
    rows = Settled.objects.filter(expert_id=expert_id, application_id=application_id)
    return list(rows.select_related("settled_by").order_by("settled_at"))
