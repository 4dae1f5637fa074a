"""Limits, choices and scorecards that cannot be kept, and hedged rules that refuse."""

from collections.abc import Iterator

from keqiao.core.findings import Finding, Weight
from keqiao.core.programme.inheritance import effective
from keqiao.core.programme.rules import AnyRule
from keqiao.core.programme.rules.content import Choice
from keqiao.core.programme.rules.limits import Quota
from keqiao.core.programme.types import Programme
from keqiao.core.programme.validation.nodes import At, Node, categories, nodes
from keqiao.core.programme.validation.scorecards import scorecard_faults


def impossible_limits(programme: Programme) -> Iterator[Finding]:
    """All limits of the programme that contradict themselves or what stands around them."""
    for node in nodes(programme):
        for number, rule in enumerate(node.terms.rules):
            yield from _rule_faults(node, rule, ("rules", number))
        yield from scorecard_faults(node)
    for node in categories(programme):
        yield from _unit_limit_faults(programme, node)


def _rule_faults(node: Node, rule: AnyRule, at: At) -> Iterator[Finding]:
    if rule.hedge and rule.strength is Weight.REFUSE:
        yield node.finding(
            "programme.hedge_refuses",
            Weight.REFUSE,
            at,
            source=rule.source,
            summary=rule.summary,
            hedge=rule.hedge,
        )
    if isinstance(rule, Quota) and rule.max is not None:
        if rule.min is not None and rule.min > rule.max:
            yield node.finding(
                "programme.quota_reversed",
                Weight.REFUSE,
                at,
                source=rule.source,
                least=rule.min,
                most=rule.max,
            )
        if rule.max == 0:
            yield node.finding(
                "programme.quota_zero", Weight.WARN, at, source=rule.source, summary=rule.summary
            )
    if (
        isinstance(rule, Choice)
        and rule.options
        and not rule.open
        and (rule.pick_min or 0) > len(rule.options)
    ):
        yield node.finding(
            "programme.choice_impossible",
            Weight.REFUSE,
            at,
            source=rule.source,
            what=rule.what,
            least=rule.pick_min,
            options=len(rule.options),
        )


def _unit_limit_faults(programme: Programme, node: Node) -> Iterator[Finding]:
    """A limit below another may not be wider; a limit above the number of places says nothing."""
    limit = node.terms.per_unit_limit
    if limit is None:
        return
    facts = effective(programme, node.path)
    tightest = min((stated.fact.max for stated in facts.per_unit_limits[:-1]), default=limit.max)
    if limit.max > tightest:
        yield node.finding(
            "programme.unit_limit_wider",
            Weight.WARN,
            ("per_unit_limit",),
            source=limit.source,
            limit=limit.max,
            above=tightest,
        )
    places = node.terms.places.most if node.terms.places else None
    if places is not None and limit.max > places:
        yield node.finding(
            "programme.unit_limit_above_places",
            Weight.WARN,
            ("per_unit_limit",),
            source=limit.source,
            limit=limit.max,
            places=places,
        )
