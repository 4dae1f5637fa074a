"""The sections of a paper sheet: facts, tables and lists made from what the public pages show."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keqiao.web.portal.details import RuleShown, TargetShown
from keqiao.web.portal.public import CallPage, TreeRow
from keqiao.web.portal.sheets import ChainShown, Sheet, SheetRow
from keqiao.web.programmes.overview import Cell, LeafShown
from keqiao.web.programmes.wording.labels import language_now
from keqiao.web.programmes.wording.scorecards import bands_said
from keqiao.web.ui.templatetags.shell import cn_date

Values = dict[str, Any]
INVENTED = "※"
"""In tables: the notice does not state it, it stands there for the demonstration."""


def section(title: str, kind: str, rows: Sequence[Values], *, level: int = 1, **more: Any) -> Values:
    shown = title if rows else ""
    return {"title": shown, "kind": kind, "rows": rows, "level": level, "notes": [], **more}


def row_of(label: str, words: str, invented: bool = False, *notes: str) -> Values:  # noqa: FBT001, FBT002
    marks = [f"【{_('演示虚构')}】"] if invented else []
    return {"label": label, "words": words, "notes": [*marks, *(note for note in notes if note)]}


def _by(clause: str) -> str:
    return f"（{_('依据')} {clause}）" if clause else ""


def _cell(cell: Cell) -> Values:
    """A cell of a table: there is room for a sign, not for words."""
    return {
        "words": f"{cell.value}{INVENTED if cell.invented else ''}",
        "notes": [cell.note] if cell.note else [],
    }


def tree_columns(page: CallPage) -> list[Values]:
    wanted = [
        (_("类别"), 30, False),
        (_("申报单位"), 26, False),
        (_("经费"), 18, True),
        (_("名额"), 10, True),
    ]
    wanted += [(str(words), 14, False) for name, words, _read in _DIFFERING if page.differs[name]]
    return [{"label": label, "share": share, "number": number} for label, share, number in wanted]


_DIFFERING: tuple[tuple[str, Any, Callable[[LeafShown], Cell]], ...] = (
    ("limit", gettext_lazy("每单位限报"), lambda leaf: leaf.limit),
    ("until", gettext_lazy("截止"), lambda leaf: leaf.until),
    ("done_by", gettext_lazy("完成时限"), lambda leaf: leaf.done_by),
)
"""Columns that stand there where the categories differ in them."""


def tree_rows(page: CallPage) -> list[Values]:
    return [_tree_row(page, row) for row in page.tree]


def _tree_row(page: CallPage, row: TreeRow) -> Values:
    name = Cell(f"{row.code}{row.name}")
    cells = [name]
    if row.leaf is not None:
        differing = [read(row.leaf) for key, _words, read in _DIFFERING if page.differs[key]]
        cells += [row.leaf.who, row.leaf.money, row.leaf.places, *differing]
    elif not row.is_group:
        blank = [Cell()] * sum(page.differs[key] for key, _words, _read in _DIFFERING)
        cells += [Cell(_("不接受单独申报")), row.money, row.places, *blank]
    elif row.money.value:
        cells = [Cell(f"{name.value}（{row.money.value}）", row.money.invented)]
    return {"cells": list(map(_cell, cells)), "depth": row.depth, "is-group": len(cells) == 1}


def date_rows(moments: Iterable[Any]) -> list[Values]:
    return [
        row_of(
            str(moment.words),
            f"{cn_date(moment.day)}{f' {moment.hour:%H:%M}' if moment.hour else ''}" if moment.day else "—",
            moment.invented,
            "、".join(moment.names),
        )
        for moment in moments
    ]


def money_sections(page: CallPage) -> Iterator[Values]:
    labels = (
        (_("类别"), 44, False),
        (_("经费"), 26, True),
        (_("名额"), 12, True),
        (_("合计（按上限）"), 18, True),
    )
    columns = [{"label": label, "share": share, "number": number} for label, share, number in labels]
    rows = [
        {
            "cells": list(
                map(
                    _cell,
                    (
                        Cell(line.name),
                        Cell(line.words, line.invented),
                        Cell(line.places),
                        Cell(line.sum_words),
                    ),
                )
            ),
            "depth": 0,
            "is-group": False,
        }
        for line in page.plan.lines
    ]
    yield section(_("经费安排"), "table", rows, columns=columns)


def sheet_sections(sheet: Sheet, title: str, level: int = 1) -> list[Values]:
    content = [row_of("", sheet.content)] if sheet.content else []
    parts = [
        section("", "facts", [*content, *map(_stated, sheet.rows)]),
        *_listed(_("条件与规则"), sheet.rules, rule_rows),
        *_listed(_("绩效指标"), sheet.targets, _targets),
        section(_("经费用途"), "items", list(map(_stated, sheet.spending)), level=3),
        section(_("申报材料"), "items", list(map(_plain, sheet.materials)), level=3),
        section(_("提交成果"), "items", list(map(_plain, sheet.deliverables)), level=3),
        section(_("推荐流程"), "items", list(map(_chain, sheet.chains)), level=3),
        section(_("评审标准"), "items", list(_criteria(sheet)), level=3),
        section(_("文件未写明"), "items", [row_of("", said.question) for said in sheet.questions], level=3),
    ]
    kept = [part for part in parts if part["rows"]]
    head = {**section("", "facts", []), "title": title, "level": level}
    return [head, *kept] if kept else []


def _listed(
    title: str, groups: Iterable[tuple[str, Any]], show: Callable[[Any], Iterator[Values]]
) -> list[Values]:
    """A list for each place that states something, the place itself first; what comes from above says from where."""
    return [
        {**section(title, "items", list(show(found)), level=3), "notes": [f"（{origin}）"] if origin else []}
        for origin, found in groups
    ]


def own_part(sheet: Sheet, whole: Sheet) -> Sheet:
    """What a place itself states: on the sheet of a call, what comes from above stands above."""
    lists = {
        name: [row for row in getattr(sheet, name) if not row.origin]
        for name in ("rows", "spending", "materials", "deliverables", "chains")
    }
    grouped = {
        name: [(origin, found) for origin, found in getattr(sheet, name) if not origin]
        for name in ("rules", "targets")
    }
    questions = tuple(said for said in sheet.questions if said not in whole.questions)
    is_same = (sheet.criteria, sheet.totals) == (whole.criteria, whole.totals)
    card = {"criteria": (), "totals": ()} if is_same else {}
    return replace(sheet, **lists, **grouped, questions=questions, **card)


def _stated(row: SheetRow) -> Values:
    return row_of(row.label, row.value, row.invented, row.origin and f"（{row.origin}）", _by(row.clause))


def _plain(row: SheetRow) -> Values:
    return {**_stated(row), "label": ""}


def rule_rows(rules: Iterable[RuleShown]) -> Iterator[Values]:
    is_english = language_now() == "en"
    for rule in rules:
        taken = (rule.taken, rule.words) if is_english else (rule.words, "")
        yield row_of(rule.kind, taken[0], rule.invented, taken[1], _by(rule.clause))


def _targets(targets: Iterable[TargetShown]) -> Iterator[Values]:
    for target in targets:
        choice = _("任选其一（第 %(n)s 组）") % {"n": target.choice} if target.choice else ""
        name = f"{_('其中')} {target.metric}" if target.is_part else target.metric
        words = " ".join(filter(None, (target.per, target.condition)))
        yield row_of(name, words, target.invented, choice, "；".join(target.notes), _by(target.clause))


def _chain(chain: ChainShown) -> Values:
    steps = " → ".join(f"{words}（{notes}）" if notes else words for words, notes in chain.steps)
    return row_of(chain.whom, steps, chain.invented, chain.limit, _by(chain.clause))


def _criteria(sheet: Sheet) -> Iterator[Values]:
    for criterion in sheet.criteria:
        points = _("%(n)s 分") % {"n": criterion.points}
        yield row_of(
            criterion.name, points, sheet.criteria_invented, bands_said(criterion), criterion.guidance or ""
        )
    for said in sheet.totals:
        yield row_of("", said, sheet.criteria_invented)
