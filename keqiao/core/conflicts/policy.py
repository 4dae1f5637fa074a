"""The rules of recusal as data: which hold, for how many years back, by what source."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from keqiao.core.findings import Source


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; what ``code`` looks at is said in ``matrix`` and ``panels``.

    ``years``: so many years back count, 0 only what holds now, None whatever ever was. ``least_years`` is what a law
    asks for at least. ``kinds``: declared relations that it is about. ``scope``: how far an application of one's own
    reaches. ``most``: how many are allowed (people one may name, experts of one body on a panel).
    """

    code: str
    years: int | None = None
    least_years: int = 0
    kinds: frozenset[str] = frozenset()
    scope: Literal["call", "category"] = "call"
    most: int | None = None
    source: Source | None = None


Policy = Mapping[str, Rule]
"""The rules that hold, by their code. A rule that is not in it is not asked."""

LOOKED_AT = frozenset(
    {
        "leader", "member", "mentor", "unit", "host", "partner", "team_unit", "endorsing_unit", "endorsing_person",
        "own_application", "unsuitable", "office_staff", "finance_supervisor", "declared", "rotation", "panel_unit",
    }
)  # fmt: skip
"""Codes that code knows. Any other rule has ``kinds`` and is about declared relations."""


def with_years(policy: Policy, years: Mapping[str, int]) -> dict[str, Rule]:
    """Return the policy with the years that an association sets.

    Raises:
        ValueError: a rule that is not there or counts no years, or fewer years than the law asks for.
    """
    changed = dict(policy)
    for code, count in years.items():
        rule = policy.get(code)
        if rule is None or rule.years is None:
            raise ValueError(f"no rule {code!r} counts years")
        if count < rule.least_years:
            raise ValueError(f"{code}: {rule.least_years} years at least, not {count}")
        changed[code] = replace(rule, years=count)
    return changed
