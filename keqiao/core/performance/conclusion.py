"""What the facts say for the conclusion of an acceptance (验收结论): pass, papers, put right, fail, or a person."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from keqiao.core.findings import Finding, Source, Value, Weight
from keqiao.core.performance.table import Table
from keqiao.core.programme.closing import Closing
from keqiao.core.targets.results import Alternatives, Judgement, Progress, Result


class Advice(StrEnum):
    """What is advised. Somebody decides; a second person agrees."""

    PASSES = "passes"
    PAPERS = "papers"
    """A paper that is owed is missing."""
    RECTIFY = "rectify"
    FAILS = "fails"
    PERSON = "person"
    """The facts leave it open."""


@dataclass(frozen=True, slots=True)
class Owed:
    """A paper that the call asks for at the end; ``has`` None: nobody has said whether it is among the files."""

    name: str
    has: bool | None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Concluded:
    """The advice with all its reasons, the gravest first."""

    advice: Advice
    reasons: tuple[Finding, ...]


def conclude(judgement: Judgement, table: Table, papers: Sequence[Owed], closing: Closing) -> Concluded:
    """Advise on the acceptance of a project whose work is done.

    What is open goes to a person before anything is advised, then papers are asked for. The total decides where the
    call states marks. Where it states none, a project with all targets met passes, one with targets missed goes to a
    person: no call says how much may be missing.
    """
    reasons = (
        *_open(judgement, table, papers),
        *_papers(papers),
        *_targets(judgement),
        *_total(table, closing),
    )
    return Concluded(_advice(judgement, table, papers, closing), reasons)


def _advice(judgement: Judgement, table: Table, papers: Sequence[Owed], closing: Closing) -> Advice:
    if any(_open(judgement, table, papers)) or table.total is None:
        return Advice.PERSON
    if any(paper.has is False for paper in papers):
        return Advice.PAPERS
    if closing.fails_below is not None and table.total < closing.fails_below:
        return Advice.FAILS
    if closing.passes_from is not None:
        return Advice.PASSES if table.total >= closing.passes_from else Advice.RECTIFY
    return Advice.PASSES if judgement.progress is Progress.MET else Advice.PERSON


def _open(judgement: Judgement, table: Table, papers: Sequence[Owed]) -> Iterator[Finding]:
    for each in judgement.standing:
        if each.progress is Progress.PERSON:
            yield Finding("performance.target_open", Weight.ASK, {"name": _name(each)}, _source(each))
    yield from (each for each in table.findings if each.code == "performance.row_open")
    for paper in papers:
        if paper.has is None:
            yield Finding("performance.paper_open", Weight.ASK, {"name": paper.name}, paper.source)


def _papers(papers: Sequence[Owed]) -> Iterator[Finding]:
    for paper in papers:
        if paper.has is False:
            yield Finding("performance.paper_missing", Weight.REFUSE, {"name": paper.name}, paper.source)


def _targets(judgement: Judgement) -> Iterator[Finding]:
    for each in judgement.standing:
        if each.progress in {Progress.BEHIND, Progress.MISSED}:
            yield Finding("performance.target_unmet", Weight.REFUSE, {"name": _name(each)}, _source(each))


def _total(table: Table, closing: Closing) -> Iterator[Finding]:
    if table.total is None:
        return
    values: dict[str, Value] = {"total": str(table.total)}
    if closing.fails_below is not None and table.total < closing.fails_below:
        mark = {"mark": str(closing.fails_below)}
        yield Finding("performance.below_fail_mark", Weight.REFUSE, values | mark, closing.source)
    elif closing.passes_from is not None and table.total < closing.passes_from:
        mark = {"mark": str(closing.passes_from)}
        yield Finding("performance.below_pass_mark", Weight.REFUSE, values | mark, closing.source)


def _name(each: Result | Alternatives) -> str:
    return each.target.metric if isinstance(each, Result) else each.name


def _source(each: Result | Alternatives) -> Source | None:
    return each.target.source if isinstance(each, Result) else None
