"""A tree in JsonLogic. Its ``null`` is neither true nor false but falls out of every comparison, so that truth is a
number here: 1, 0, and a half for unknown; all is the least of them, any the greatest, as Kleene has it.

From within a list nothing outside it can be named, so each item carries the facts of the case that it is compared with.
"""

from collections.abc import Iterator
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

HALF = 0.5
Logic = Any


def json_logic(tree: Condition, names: Names) -> Logic:
    """The rule that gives 1, 0, or a half."""
    match tree:
        case Compare(left=left, op=op, right=right):
            said = _known(_terms_of(left, right, names), {op: [_term(left, names), _term(right, names)]})
        case Among():
            fact = _term(tree.fact, names)
            said = _known([fact], _among(tree, fact, listed=is_list(tree.fact)))
        case HowMany():
            said = _how_many(tree, names)
        case AtLeast(n=n, parts=parts):
            said = {"min" if n == len(parts) else "max": [json_logic(part, names) for part in parts]}
        case Not(part=part):
            said = {"-": [1, json_logic(part, names)]}
        case Attest(key=key):
            said = {"if": [{"in": [key, {"var": names.fact(("approved",))}]}, 1, HALF]}
    return said


def _known(facts: list[Logic], said: Logic) -> Logic:
    missing = [{"===": [fact, None]} for fact in facts]
    return {"if": [missing[0] if len(missing) == 1 else {"or": missing}, HALF, said]}


def _terms_of(left: Term, right: Term, names: Names) -> list[Logic]:
    return [_term(term, names) for term in (left, right) if isinstance(term, Fact)]


def _term(term: Term, names: Names) -> Logic:
    if not isinstance(term, Fact | Span):
        return literal(term)
    assert isinstance(term, Fact), term
    return {"var": names.fact(term.path)}


def _among(tree: Among, fact: Logic, *, listed: bool) -> Logic:
    values = [literal(value) for value in tree.values]
    if not listed:
        return {"===": [fact, values[0]]} if len(values) == 1 else {"in": [fact, values]}
    held = [{"in": [value, fact]} for value in values]
    if (tree.least, tree.most) == (1, None):
        return {"or": held}
    number = {"+": held}
    most = len(values) if tree.most is None else tree.most
    return {"<=": [tree.least, number, most]}


def _how_many(tree: HowMany, names: Names) -> Logic:
    """Exists (least 1) or none (most 0): surely one, surely none, or a half."""
    items = {"var": names.fact(tree.of.path)}
    sure = {"some": [items, _item(tree.where, tree.each, names, sure=True)]}
    perhaps = {"some": [items, _item(tree.where, tree.each, names, sure=False)]}
    one, none = (1, 0) if tree.least else (0, 1)
    open_end = [{"===": [items, None]}] + ([] if sure == perhaps else [perhaps])
    if tree.complete is not None:
        open_end.append({"!==": [json_logic(tree.complete, names), True]})
    return {"if": [sure, one, {"or": open_end}, HALF, none]}


def _item(tree: Condition, each: str, names: Names, *, sure: bool) -> Logic:
    """A condition on an item in two values: does it surely hold, or may it hold?"""
    match tree:
        case AtLeast(n=n, parts=parts):
            return {
                "and" if n == len(parts) else "or": [_item(part, each, names, sure=sure) for part in parts]
            }
        case Compare(left=left, op="==", right=right):
            fact, said = left, {"===": [_in_item(left, each, names), _in_item(right, each, names)]}
        case Compare(left=left, op=op, right=right):
            fact, said = left, {op: [_in_item(left, each, names), _in_item(right, each, names)]}
        case Among():
            fact, said = tree.fact, _among(tree, _in_item(tree.fact, each, names), listed=False)
        case _:
            raise NotImplementedError(tree)
    assert isinstance(fact, Fact | Span), tree
    step = fact.since.path[-1] if isinstance(fact, Span) else fact.path[-1]
    if step not in UNSTATED:
        return said
    missing = {"===": [_in_item(fact, each, names), None]}
    return {"and": [{"!": [missing]}, said]} if sure else {"or": [missing, said]}


def _in_item(term: Term, each: str, names: Names) -> Logic:
    if not isinstance(term, Fact | Span):
        return literal(term)
    first = term.since.path[0] if isinstance(term, Span) else term.path[0]
    return {"var": item_name(term) if first == each else names.fact(_path(term))}


def _path(term: Fact | Span) -> tuple[str, ...]:
    assert isinstance(term, Fact), term
    return term.path


def with_outer_facts(data: dict[str, Any], names: Names) -> dict[str, Any]:
    """The data with the facts of the case that items are compared with written into each item.

    What is known not to be there is an empty text: ``null`` is what nobody knows.
    """
    data = {name: "" if value is None else value for name, value in data.items()}
    outer = {name: data[name] for name in _outer(names) if name in data}
    lists = {names.of_facts[path] for path in names.of_lists}
    return {
        name: [item | outer for item in value] if name in lists else value for name, value in data.items()
    }


def _outer(names: Names) -> Iterator[str]:
    yield from (names.fact(path) for path in (("on",), ("applicant", "id")))
