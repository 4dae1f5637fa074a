"""Targets that are reached by all records together: counts, sums, shares."""

from collections.abc import Iterator
from dataclasses import replace

from keqiao.core.findings import Finding
from keqiao.core.targets.questions import Number, Question, shortfall
from keqiao.core.targets.results import Result


def in_total(question: Question) -> Result:
    """The result over all records that count."""
    bound, total = question.bound, question.number(question.sifted.certain, question.sifted.possible)
    progress = question.progress(reached=bound.reached(total.span), until=question.due)
    return Result(
        target=question.target,
        progress=progress,
        threshold=bound.value,
        value=total.least,
        most=total.most,
        shortfall=shortfall(bound, progress, total.least),
        due=question.due,
        is_over=question.is_over(question.due),
        counting=tuple(sorted(record.id for record in question.sifted.certain)),
        nearly=question.sifted.nearly,
        remarks=tuple(_remarks(question, total)),
    )


def _remarks(question: Question, total: Number) -> Iterator[Finding]:
    yield from question.window.remarks(question.target)
    if not total.is_known:
        yield question.remark("base_unknown", base=question.measure.denominator)
    bound = question.bound
    if bound.comparator == "~" and bound.tolerance_percent is None and bound.reached(total.span) is None:
        yield question.remark("tolerance_unsettled")
    if question.measure.share_cap:
        yield from _of_the_cap(question, total)


def _of_the_cap(question: Question, total: Number) -> Iterator[Finding]:
    """How much was left out because those under the cap took more than their share."""
    free = replace(question, measure=question.measure.model_copy(update={"share_cap": None}))
    whole = free.number(question.sifted.certain, ()).span
    if whole.least > total.span.least and question.measure.share_cap:
        percent = str(question.measure.share_cap.percent)
        yield question.remark("share_exceeded", percent=percent, excess=str(whole.least - total.span.least))
