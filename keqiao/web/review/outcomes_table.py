"""The outcomes of a closed round as a table that leaves the house: projects and their totals, and nobody who judged."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from keqiao.core.programme.selection import Scorecard
from keqiao.core.scoring.totals import shown
from keqiao.web.review.queries.outcomes import OutcomeSeen
from keqiao.web.review.scorecards import name_of
from keqiao.web.review.shown_rounds import verdict_words
from keqiao.writers.tables.layout import SheetColumn, Written

CODE = "review.outcomes"
FORMS = ("xlsx", "csv")


def columns_of(card: Scorecard) -> list[SheetColumn]:
    """Return the columns: what everybody in the office calls a project by, what it came to, criterion by criterion."""
    plain = (
        ("category", _("类别")),
        ("rank", _("名次")),
        ("number", _("受理编号")),
        ("title", _("项目名称")),
        ("unit", _("申报单位")),
        ("verdict", _("结论")),
        ("total", _("总分")),
        ("sheets", _("有效评分表")),
    )
    criteria = [SheetColumn(f"criterion:{each.id}", each.name, is_text=False) for each in card.criteria]
    numbers = ("rank", "total", "sheets")
    return [SheetColumn(key, words, is_text=key not in numbers) for key, words in plain] + criteria


def rows_of(
    seen: Iterable[OutcomeSeen], entries: Mapping[Any, Any], card: Scorecard, revision_id: Any
) -> Iterator[dict[str, Written]]:
    """Give a row for each outcome, in the order of the page. Points are rounded as the card rounds totals."""
    for each in seen:
        entry = entries.get(each.application_id)
        if entry is None:
            continue
        joined = each.result.by_criterion or {}
        points: dict[str, Written] = {f"criterion:{key}": shown(card, value) for key, value in joined.items()}
        yield {
            "category": name_of(revision_id, each.node),
            "rank": each.ranked.rank if each.ranked else "",
            "number": entry.application.number,
            "title": entry.application.title or entry.mark,
            "unit": entry.application.unit.name,
            "verdict": str(verdict_words(each.verdict)[1]),
            "total": each.shown if each.shown is not None else "",
            "sheets": len(each.result.sheets),
            **points,
        }
