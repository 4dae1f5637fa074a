"""A tree in the Common Expression Language. What is unknown is an error there, which its && and || absorb as Kleene's.

Within lists this engine stops at the first error, so an item that may or may not count is asked for by itself.
"""

import json
from typing import Any

from benchmarks.rule_engines.flat import UNSTATED, Names, is_list, item_name, literal
from keqiao.core.rules.engine.tree import (
    Among,
    AtLeast,
    Attest,
    Compare,
    Condition,
    Fact,
    HowMany,
    Not,
    Span,
    Term,
)

UNKNOWN = "nobody_knows"
"""A name that no context has: asking for it is an error, as is any unknown fact."""


def cel(tree: Condition, names: Names) -> str:
    """The expression that is true, false, or an error where the tree is unknown."""
    match tree:
        case Compare(left=left, op=op, right=right):
            said = f"{_term(left, names)} {op} {_term(right, names)}"
        case Among():
            said = _among(tree, names.fact(tree.fact.path), listed=is_list(tree.fact))
        case HowMany():
            said = _how_many(tree, names)
        case AtLeast(n=n, parts=parts):
            said = (" && " if n == len(parts) else " || ").join(f"({cel(part, names)})" for part in parts)
        case Not(part=part):
            said = f"!({cel(part, names)})"
        case Attest(key=key):
            said = f"{_constant(key)} in {names.fact(('approved',))} || {UNKNOWN}"
    return said


def _constant(value: Any) -> str:
    return json.dumps(literal(value), ensure_ascii=False)


def _term(term: Term, names: Names, item: str = "") -> str:
    """A fact of the case, of the item, or a constant."""
    if not isinstance(term, Fact | Span):
        return _constant(term)
    first = term.since.path[0] if isinstance(term, Span) else term.path[0]
    if item and first == item:
        return f"x.{item_name(term)}"
    assert isinstance(term, Fact), term
    return names.fact(term.path)


def _among(tree: Among, fact: str, *, listed: bool) -> str:
    values = f"[{', '.join(_constant(value) for value in tree.values)}]"
    if not listed:
        return f"{fact} == {_constant(tree.values[0])}" if len(tree.values) == 1 else f"{fact} in {values}"
    if (tree.least, tree.most) == (1, None):
        each = (f"{_constant(value)} in {fact}" for value in tree.values)
        return " || ".join(each)
    number = f"{values}.filter(v, v in {fact}).size()"
    return f"{number} >= {tree.least}" + (f" && {number} <= {tree.most}" if tree.most is not None else "")


def _how_many(tree: HowMany, names: Names) -> str:
    """Exists (least 1) or none (most 0): surely one, surely none, or nobody knows."""
    items = names.fact(tree.of.path)
    sure = f"{items}.exists(x, {_item(tree.where, tree.each, names, sure=True)})"
    perhaps = f"{items}.exists(x, {_item(tree.where, tree.each, names, sure=False)})"
    open_end = [] if sure == perhaps else [perhaps]
    if tree.complete is not None:
        open_end.append(f"!({cel(tree.complete, names)})")
    one = f"{sure} || ({' || '.join(open_end)} ? {UNKNOWN} : false)" if open_end else sure
    assert (tree.least, tree.most) in ((1, None), (0, 0)), tree
    return one if tree.least else f"!({one})"


def _item(tree: Condition, each: str, names: Names, *, sure: bool) -> str:
    """A condition on an item in two values: does it surely hold, or may it hold?"""
    match tree:
        case AtLeast(n=n, parts=parts):
            sign = " && " if n == len(parts) else " || "
            return sign.join(f"({_item(part, each, names, sure=sure)})" for part in parts)
        case Compare(left=left, op=op, right=right):
            said, fact = f"{_term(left, names, each)} {op} {_term(right, names, each)}", left
        case Among():
            said, fact = _among(tree, _term(tree.fact, names, each), listed=False), tree.fact
        case _:
            raise NotImplementedError(tree)
    assert isinstance(fact, Fact | Span), tree
    step = fact.since.path[-1] if isinstance(fact, Span) else fact.path[-1]
    if step not in UNSTATED:
        return said
    stated = f"has(x.{item_name(fact)})"
    return f"({stated} && {said})" if sure else f"(!{stated} || {said})"
