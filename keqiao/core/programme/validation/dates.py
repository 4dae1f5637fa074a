"""Dates that are not filled in, and dates in an impossible order."""

from collections.abc import Iterator, Mapping
from datetime import date

from pydantic import BaseModel

from keqiao.core.findings import Finding, Source, Value, Weight
from keqiao.core.programme.facts import Fact, is_placeholder
from keqiao.core.programme.inheritance import Effective, Stated, effective
from keqiao.core.programme.schedule import Day, Deadline
from keqiao.core.programme.tree import Path, leaves
from keqiao.core.programme.types import Category, Programme, Track
from keqiao.core.programme.validation.nodes import At, Node, categories, nodes

_DAY_FIELDS = {"on", "on_date", "born_after", "date", "start", "finish_by", "deadline"}


def unfilled_dates(programme: Programme, *, for_publication: bool) -> Iterator[Finding]:
    """Dates with unknown parts, and facts marked as needing an answer. Neither can be published."""
    weight = Weight.REFUSE if for_publication else Weight.ASK
    for node in nodes(programme):
        for at, fact, source in _facts(node.terms, (), node.terms.source):
            for name in sorted(_DAY_FIELDS & set(type(fact).model_fields)):
                if is_placeholder(day := getattr(fact, name)):
                    yield node.finding(
                        "programme.date_unfilled", weight, (*at, name), source=source, date=str(day)
                    )
            if isinstance(fact, Fact) and fact.needs_answer and not _has_placeholder(fact):
                yield node.finding(
                    "programme.answer_needed", weight, at, source=source, about=_about(fact, at)
                )


def _has_placeholder(fact: BaseModel) -> bool:
    return any(is_placeholder(getattr(fact, name, None)) for name in _DAY_FIELDS)


def _about(fact: Fact, at: At) -> str:
    """Words that tell people which statement is meant; where it has none of its own, the name of its kind."""
    for name in ("summary", "metric", "question", "words", "name", "title"):
        value = getattr(fact, name, None)
        if isinstance(value, str):
            return value
    return next(f"word.{step}" for step in reversed(at) if isinstance(step, str))


_NODES = (Category, Track)


def _facts(part: BaseModel, at: At, source: Source | None) -> Iterator[tuple[At, BaseModel, Source | None]]:
    """``part`` and the statements in it, without the nodes below it; each with the nearest source."""
    source = (part.source if isinstance(part, Fact) else None) or source
    yield at, part, source
    for name, value in part:
        entries = value if isinstance(value, tuple) else (value,)
        for number, entry in enumerate(entries):
            if isinstance(entry, BaseModel) and not isinstance(entry, (*_NODES, Source)):
                here = (*at, name, number) if isinstance(value, tuple) else (*at, name)
                yield from _facts(entry, here, source)


def impossible_dates(programme: Programme) -> Iterator[Finding]:
    """Deadlines before the call is issued or opened; projects that end before they can begin."""
    for node in nodes(programme):
        yield from _against_issue(node, programme.issue_date)
    seen: set[At] = set()
    by_path = {node.path: node for node in (next(nodes(programme)), *categories(programme))}
    for path, _ in leaves(programme):
        for finding in _against_each_other(effective(programme, path), by_path):
            if finding.at not in seen:
                seen.add(finding.at)
                yield finding


def _against_issue(node: Node, issued: date | None) -> Iterator[Finding]:
    deadline = node.terms.deadline
    day = _day(deadline.on) if deadline else None
    if issued and day and deadline and day < issued:
        yield node.finding(
            "programme.deadline_before_issue",
            Weight.REFUSE,
            ("deadline",),
            source=deadline.source,
            deadline=day.isoformat(),
            issued=issued.isoformat(),
        )


def _day(value: date | str | None) -> date | None:
    return value if isinstance(value, date) else None


def _against_each_other(facts: Effective, by_path: Mapping[Path, Node]) -> Iterator[Finding]:
    """What holds together for a leaf: opening, deadline, completion, term, days of endorsement."""
    deadline = _stated_day(facts.deadline)
    opens, completion = _stated_day(facts.opens), _stated_day(facts.completion)
    if facts.opens and opens and deadline and opens > deadline:
        values = {"opens": opens.isoformat(), "deadline": deadline.isoformat()}
        yield _order("opens_after_deadline", Weight.REFUSE, by_path[facts.opens.path], "opens", values)
    if facts.completion and completion and deadline:
        values = {"completion": completion.isoformat(), "deadline": deadline.isoformat()}
        node = by_path[facts.completion.path]
        if completion < deadline:
            yield _order("completion_before_deadline", Weight.WARN, node, "completion", values)
        months = (facts.term.fact.months if facts.term else None) or 0
        if facts.term and _months_between(deadline, completion) < months:
            node = by_path[facts.term.path]
            yield _order("term_past_completion", Weight.WARN, node, "term", values | {"months": months})
    for chain in facts.endorsement:
        days = [day for step in chain.fact.steps if (day := _day(step.deadline))]
        if days != sorted(days):
            node = by_path[chain.path]
            yield _order("endorsement_days_fall", Weight.REFUSE, node, "endorsement", {"id": chain.fact.id})


def _stated_day(stated: Stated[Deadline] | Stated[Day] | None) -> date | None:
    return _day(stated.fact.on) if stated else None


def _order(code: str, weight: Weight, node: Node, part: str, values: Mapping[str, Value]) -> Finding:
    statement = getattr(node.terms, part, None)
    source = statement.source if isinstance(statement, Fact) else None
    return node.finding(f"programme.{code}", weight, (part,), source=source, **values)


def _months_between(start: date, end: date) -> int:
    """Whole months from ``start`` to ``end``."""
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
