"""The performance table of a project (绩效自评表) as a summary table: workbook, Word and PDF come from that."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction

from keqiao.core.performance import LevelWords, Row, Scored, Table
from keqiao.core.performance.rows import COST, EXECUTION
from keqiao.core.targets.records import Exact
from keqiao.writers.summary.value import Entry, Kind, Summary, SummaryColumn

FEN_IN_WAN = 1_000_000
_MONEY = {EXECUTION, COST}
_SIGNS = {">=": "≥", "<=": "≤", ">": "＞", "<": "＜", "~": "≈", "==": ""}
_WORDS = {
    "zh": {
        "title": "项目支出绩效自评表",
        "heads": ("一级指标", "二级指标", "三级指标", "指标值", "实际完成值", "分值", "得分", "说明"),
        "total": "合计",
        "wan": "万元",
        "grade": "总分 {total}，等级：{grade}",
        "open": "还有未计分的指标，合计只含已计分的。",
        "foot": ("填表人：", "项目负责人：", "单位（盖章）："),
    },
    "en": {
        "title": "Performance self-assessment of the project",
        "heads": ("Level 1", "Level 2", "Indicator", "Asked", "Reached", "Points", "Score", "Remarks"),
        "total": "Total",
        "wan": "万元 (10,000 yuan)",
        "grade": "Total {total}, grade: {grade}",
        "open": "Some rows have no score yet; the total holds the others only.",
        "foot": ("Filled in by:", "Project leader:", "Seal of the unit:"),
    },
}
_SHARES = (1.1, 1.2, 3.0, 1.3, 1.3, 0.7, 0.7, 2.4)


@dataclass(frozen=True, slots=True)
class About:
    """Of which project, whose, as of which day; ``reasons`` are remarks by the key of a row (偏差原因及改进措施)."""

    project: str
    unit: str
    day: date
    reasons: Mapping[str, str] = field(default_factory=dict)


def performance_summary(table: Table, about: About, words: LevelWords, language: str = "zh") -> Summary:
    """Return the table to be written. Scores that are still open stay empty, and a note says so."""
    said = _WORDS[language]
    kinds = (*(Kind.TEXT,) * 3, Kind.MARK, Kind.MARK, Kind.COUNT, Kind.COUNT, Kind.TEXT)
    columns = (
        SummaryColumn(f"c{number}", head, kind, share)
        for number, (head, kind, share) in enumerate(zip(said["heads"], kinds, _SHARES, strict=True))
    )
    return Summary(
        title=f"{said['title']}",
        head=(f"{about.project}　{about.unit}", about.day.isoformat()),
        columns=tuple(columns),
        rows=tuple(_rows(table, about, words, language)),
        total=str(said["total"]),
        foot=tuple(said["foot"]),
        notes=(_note(table, words, language),),
        language=language,
    )


def _note(table: Table, words: LevelWords, language: str) -> str:
    if table.total is None or table.grade is None:
        return str(_WORDS[language]["open"])
    grade = words.name("grades", table.grade.value, language)
    return str(_WORDS[language]["grade"]).format(total=table.total, grade=grade)


def _rows(table: Table, about: About, words: LevelWords, language: str) -> Iterator[tuple[Entry, ...]]:
    for part in table.parts:
        level = words.name("levels", part.level.value, language)
        for scored in part.rows:
            yield (level, *_row(scored, about, words, language))


def _row(scored: Scored, about: About, words: LevelWords, language: str) -> tuple[Entry, ...]:
    row = scored.row
    given = scored.given.reason if scored.given else ""
    return (
        words.name("sublevels", row.sublevel.value, language),
        row_name(row, words, language),
        asked_words(row, language),
        reached_words(row, language),
        scored.points,
        "" if scored.score is None else scored.score,
        "；".join(filter(None, (about.reasons.get(row.key, ""), given))),
    )


def row_name(row: Row, words: LevelWords, language: str = "zh") -> str:
    """Return the name of a row: that of its target, or of the row that every project has."""
    return row.name or words.name("rows", row.key, language)


def asked_words(row: Row, language: str = "zh") -> str:
    """Return what was asked, as it stands in the table: ≥24场次, ≤2023-12-31."""
    if row.day is not None:
        return f"≤{row.day.isoformat()}"
    if row.asked is None:
        return ""
    if row.key == EXECUTION:
        return "100%"
    return f"{_SIGNS[row.comparator]}{_number(row, row.asked, language)}"


def reached_words(row: Row, language: str = "zh") -> str:
    """Return what was reached; empty where nobody knows."""
    if row.day is not None:
        return row.done_on.isoformat() if row.done_on else ""
    if row.reached is None:
        return ""
    if row.key == EXECUTION and row.reached_percent is not None:
        return f"{_plain(row.reached_percent)}%"
    return _number(row, row.reached, language)


def _number(row: Row, value: Exact, language: str) -> str:
    if row.key in _MONEY:
        return f"{_plain(Fraction(value, FEN_IN_WAN), 6)}{_WORDS[language]['wan']}"
    return f"{_plain(value)}{row.unit or ''}"


def _plain(value: Exact, places: int = 2) -> str:
    """A number without zeros behind the last figure; cut, not rounded: nothing looks like more than it is."""
    units = Fraction(value) * 10**places
    text = format(Decimal(units.numerator // units.denominator).scaleb(-places), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
