"""From a tree to functions: each condition checked once, and given the fastest function that does its work."""

from collections.abc import Callable
from dataclasses import dataclass

from keqiao.core.rules.engine import closures
from keqiao.core.rules.engine.closures import Closure
from keqiao.core.rules.engine.paths import BadTree, Getter, Place, Variables, place
from keqiao.core.rules.engine.terms import (
    Value,
    constants,
    kinds_of,
    refuse_what_cannot_be_compared,
    value,
)
from keqiao.core.rules.engine.tree import (
    Among,
    AtLeast,
    Attest,
    Compare,
    Condition,
    Fact,
    HowMany,
    Not,
    Term,
    label_of,
)


@dataclass(frozen=True, slots=True)
class Built:
    """A condition with its function.

    ``facts`` are those it looks at itself, ``worked_out`` the named numbers that it makes of them. Of a ``HowMany``
    the fact is the list, ``parts`` is its condition on an item, and ``complete`` the one that says when the list is
    all there is.
    """

    node: Condition
    truth: Closure
    parts: tuple["Built", ...] = ()
    facts: tuple[tuple[Fact, Getter], ...] = ()
    worked_out: tuple[tuple[str, Getter], ...] = ()
    complete: "Built | None" = None


def build(node: Condition, variables: Variables) -> Built:
    """Build one condition and what stands below it.

    Raises:
        BadTree: a fact that nothing in its world can have, values that cannot be compared, or bounds that nothing can
            meet.
    """
    maker: Callable[..., Built] = MAKERS[type(node)]
    return maker(node, variables)


def _compare(node: Compare, variables: Variables) -> Built:
    left, right = _value(node.left, variables), _value(node.right, variables)
    refuse_what_cannot_be_compared(node.op, left, right)
    if right.constant and node.right is not None and node.op in closures.ORDER:
        truth = closures.ordered_with(left.get, node.op, node.right)
    else:
        truth = closures.comparison(left.get, right.get, closures.compared(node.op, node.tolerance))
    named = (*left.worked_out, *right.worked_out)
    return Built(node, truth, facts=(*left.facts, *right.facts), worked_out=named)


def _value(term: Term, variables: Variables) -> Value:
    return value(term, variables, lambda condition, within: build(condition, within).truth)


def _among(node: Among, variables: Variables) -> Built:
    _check_bounds(node)
    at = place(node.fact.path, variables)
    values = tuple(_value(each, variables) for each in node.values)
    kinds = kinds_of(at.item_shapes) | {"nothing"}
    if strangers := [label_of(each.term) for each in values if not each.kinds & kinds]:
        raise BadTree(f"{node.fact.label} can never be {', '.join(strangers)}")
    facts = ((node.fact, at.get), *(fact for each in values for fact in each.facts))
    named = tuple(named for each in values for named in each.worked_out)
    return Built(node, _among_closure(node, at, values), facts=facts, worked_out=named)


def _among_closure(node: Among, at: Place, values: tuple[Value, ...]) -> Closure:
    fixed = constants(values)
    if fixed is not None and (node.least, node.most) == (1, None):
        if not at.is_list:
            return closures.one_among(at.get, fixed)
        if at.is_only_list:
            return closures.any_among(at.get, fixed)
    return closures.so_many_among(at.get, tuple(each.get for each in values), node.least, node.most)


def _how_many(node: HowMany, variables: Variables) -> Built:
    _check_bounds(node)
    at = place(node.of.path, variables)
    if not at.is_list:
        raise BadTree(f"{node.of.label} is no list")
    if node.of.path[0] in variables.world.registers and node.complete is None:
        raise BadTree(f"{node.of.label} is a register: say when it is complete")
    where = build(node.where, variables.within(node.each, at.item_shapes))
    complete = None if node.complete is None else build(node.complete, variables)
    truth = closures.so_many_items(
        at.get, where.truth, node.least, node.most, None if complete is None else complete.truth
    )
    return Built(node, truth, (where,), ((node.of, at.get),), complete=complete)


def _at_least(node: AtLeast, variables: Variables) -> Built:
    parts = tuple(build(part, variables) for part in node.parts)
    asked = tuple(part.truth for part in parts)
    if node.n == len(parts):
        truth = closures.every(asked)
    elif node.n == 1:
        truth = closures.some(asked)
    else:
        truth = closures.at_least(node.n, asked)
    return Built(node, truth, parts)


def _not(node: Not, variables: Variables) -> Built:
    part = build(node.part, variables)
    return Built(node, closures.negation(part.truth), (part,))


def _attest(node: Attest, variables: Variables) -> Built:
    if variables.names:
        raise BadTree(f"a person judges the whole and not an item of a list: {node.key}")
    return Built(node, closures.attested(place(("approved",), variables).get, node.key))


def _check_bounds(node: Among | HowMany) -> None:
    """Raises BadTree where no number lies between the bounds."""
    if node.least < 0 or (node.most is not None and node.most < node.least):
        raise BadTree(f"no number is at least {node.least} and at most {node.most}")


MAKERS: dict[type, Callable[..., Built]] = {
    Compare: _compare,
    Among: _among,
    HowMany: _how_many,
    AtLeast: _at_least,
    Not: _not,
    Attest: _attest,
}
