"""What an award takes over from the form that was submitted: budget lines and promised targets. Money in fen."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from typing import Any

from keqiao.core.forms.answers import Answers
from keqiao.core.forms.budget import MONEY
from keqiao.core.forms.quantities import is_money, kept_number, number_of
from keqiao.core.forms.specification import Specification
from keqiao.core.forms.targets import AT_MOST, target_rows
from keqiao.core.programme.forms.fields import BudgetField, TargetsField
from keqiao.core.programme.targets import Target


@dataclass(frozen=True, slots=True)
class AwardedLine:
    """A line of the budget: ``key`` tells it from the others, ``own_fen`` is everything that is not of the grant."""

    key: str
    grant_fen: int
    own_fen: int = 0
    basis: str = ""


def awarded_lines(
    specification: Specification | None, answers: Answers, amount_fen: int, one_line: str
) -> tuple[AwardedLine, ...]:
    """The lines of the submitted budget; their grant adds up to ``amount_fen``.

    Untouched where they do already; else each line takes its share, exact to the fen by largest remainder. Own money
    stays as it was typed. ``one_line`` names the only line where the form has none; without money there are no lines.
    """
    if amount_fen == 0:
        return ()
    typed = tuple(_typed(specification, answers))
    asked = sum(line.grant_fen for line in typed)
    if not asked:
        return (AwardedLine(one_line, amount_fen), *(line for line in typed if line.own_fen))
    grants = [line.grant_fen for line in typed] if asked == amount_fen else shared(amount_fen, typed)
    return tuple(replace(line, grant_fen=fen) for line, fen in zip(typed, grants, strict=True))


def shared(amount_fen: int, lines: Sequence[AwardedLine]) -> list[int]:
    """An amount in the ratio of the lines' grants, exact to the fen; the first of equal remainders gets more."""
    asked = sum(line.grant_fen for line in lines)
    exact = [Fraction(line.grant_fen * amount_fen, asked) for line in lines]
    whole = [int(share) for share in exact]
    left = amount_fen - sum(whole)
    order = sorted(range(len(lines)), key=lambda place: (whole[place] - exact[place], place))
    for place in order[:left]:
        whole[place] += 1
    return whole


def awarded_targets(
    specification: Specification | None, answers: Answers, scope: Mapping[str, int]
) -> tuple[dict[str, Any], ...]:
    """The rows of targets with what the applicant promised, in the order of the form.

    ``scope`` is the part that is awarded, by the id of the target that counts it; empty: all that was applied for.
    Where it is less than was promised, what is counted over the whole shrinks alike, up to the next whole number; upper
    bounds, percentages and what holds for each session or year do not.
    """
    if specification is None:
        return ()
    rows = next(
        (answers.get(each.id) for each in specification.fields if isinstance(each, TargetsField)), None
    )
    known = {each.fact.id: each.fact for each in specification.targets}
    found = target_rows(specification, rows)
    share = _share(found, scope)
    return tuple(_awarded(row, known.get(row.get("target", "")), scope, share) for row in found)


def promised(targets: Sequence[Target], rows: Sequence[Mapping[str, Any]]) -> tuple[Target, ...]:
    """The targets of the call with the numbers of these rows; the applicant's own ones follow as further targets."""
    values = {
        row["target"]: number for row in rows if row.get("target") and (number := _value(row)) is not None
    }
    ours = tuple(
        each.model_copy(update={"value": values[each.id]}) if each.id in values else each for each in targets
    )
    return (*ours, *_own(rows))


def _typed(specification: Specification | None, answers: Answers) -> Iterator[AwardedLine]:
    seen: Counter[str] = Counter()
    for row in _budget_rows(specification, answers):
        grant, *own = (row.get(name) if is_money(row.get(name)) else 0 for name in MONEY)
        name = str(row.get("item") or "").strip()
        if not name or not (grant or any(own)):
            continue
        seen[name] += 1
        key = name if seen[name] == 1 else f"{name}（{seen[name]}）"
        yield AwardedLine(
            key, int(grant or 0), sum(int(each or 0) for each in own), str(row.get("basis") or "")
        )


def _budget_rows(specification: Specification | None, answers: Answers) -> Iterator[Mapping[str, Any]]:
    for each in specification.fields if specification else ():
        rows = answers.get(each.id)
        if isinstance(each, BudgetField) and isinstance(rows, list | tuple):
            yield from (row for row in rows if isinstance(row, Mapping))


def _share(rows: Sequence[Mapping[str, Any]], scope: Mapping[str, int]) -> Fraction:
    """How much of what was promised is awarded: the greatest part of those in ``scope``, never more than all."""
    parts = [
        Fraction(scope[row["target"]]) / Fraction(number)
        for row in rows
        if row.get("target") in scope and (number := _value(row))
    ]
    return min(Fraction(1), max(parts, default=Fraction(1)))


def _awarded(
    row: dict[str, Any], target: Target | None, scope: Mapping[str, int], share: Fraction
) -> dict[str, Any]:
    if target is not None and target.id in scope:
        return {**row, "value": scope[target.id]}
    number = _value(row)
    is_whole = target is None or (target.per is None and target.unit != "%")
    if share == 1 or number is None or not is_whole or row.get("op") in AT_MOST or row.get("unit") == "%":
        return row
    exact = number * share.numerator / share.denominator
    return {**row, "value": kept_number(exact.to_integral_value(ROUND_CEILING))}


def _own(rows: Sequence[Mapping[str, Any]]) -> Iterator[Target]:
    own = (row for row in rows if not row.get("target") and _value(row) is not None)
    for number, row in enumerate(own, start=1):
        yield Target(
            id=f"own{number}",
            metric=str(row.get("metric") or number),
            comparator=row.get("op") or ">=",
            value=_value(row),
            unit=row.get("unit") or None,
        )


def _value(row: Mapping[str, Any]) -> Decimal | None:
    return number_of(row.get("value"))
