"""The summary table of a list of applications: its columns as the call states them, its cells from what was submitted.

The table goes to an office and is stamped: its words are Chinese, whatever language the page is read in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from keqiao.core.forms.stating import Stated, stated
from keqiao.core.programme import effective
from keqiao.core.programme.forms.fields import TableField
from keqiao.readers.summary_columns import ColumnWords, summary_columns
from keqiao.web.applications.definitions import asked_at
from keqiao.web.applications.queries import submitted_answers
from keqiao.web.eligibility.calls import ready_call
from keqiao.writers.forms.imprint import Imprint
from keqiao.writers.summary import Kind, Summary, SummaryColumn
from keqiao.writers.summary.value import Entry

FEN_PER_WAN: Final = 1_000_000
LEADS: Final = ("leader", "supported", "applicant")
CONTACTS: Final = ("contact", *LEADS)
TITLE: Final = "推荐汇总表"
TO_SIGN: Final = (
    "单位负责人（签字）：　　　　　　　　　　填表人：　　　　　　　　　　联系电话：　　　　　　　　　　"
)


@dataclass(frozen=True, slots=True)
class Listed:
    """One line: the application, what was submitted last, its place in the order, what the endorser says of it."""

    application: Any
    submission: Any
    rank: int | None = None
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """Whose list it is, of which call and category (and its revision), and whether it is a draft."""

    unit: str
    call: str
    category: str
    revision_id: UUID
    node: str
    day: date | None = None
    imprint: Imprint = field(default_factory=Imprint)


@dataclass(frozen=True, slots=True)
class CallsTable:
    """A summary table that a call states for a category: the id and title of its form, its columns."""

    id: str
    title: str
    columns: tuple[ColumnWords, ...]


def summary_of(about: About, lines: Sequence[Listed], names: Mapping[str, str]) -> Summary:
    """Return the table. ``names`` are those of the categories of the call by their ids."""
    title, columns = _stated_table(about)
    return Summary(
        title=title,
        head=(f"推荐单位（盖章）：{about.unit}", f"填报日期：{_in_words(about.day)}"),
        columns=tuple(
            SummaryColumn(column.key, column.zh, Kind(column.kind), column.share) for column in columns
        ),
        rows=tuple(
            _row(columns, number, line, names.get(line.application.node, about.category))
            for number, line in enumerate(lines, start=1)
        ),
        total=f"合计 {len(lines)} 项",
        foot=(TO_SIGN,),
        imprint=about.imprint,
    )


def _stated_table(about: About) -> tuple[str, tuple[ColumnWords, ...]]:
    """Title and columns: those of the call's own table where it has one, else the general ones."""
    own = table_of_call(about.revision_id, about.node)
    if own is not None:
        return own.title, own.columns
    return f"{about.category or about.call}{TITLE}", summary_columns().general


def table_of_call(revision_id: UUID, node: str) -> CallsTable | None:
    """Return the summary table that a revision wants among the papers of a category, or nothing."""
    ready = ready_call(revision_id)
    path = ready.path(node)
    wanted = {paper.fact.form for paper in effective(ready.programme, path).materials}
    for form in ready.programme.forms:
        table = next((each for each in form.fields if isinstance(each, TableField)), None)
        if form.purpose == "summary" and form.id in wanted and table is not None:
            labels = [column.label for column in table.columns]
            counted = labels if "序号" in labels else ["序号", *labels]
            return CallsTable(form.id, form.title, summary_columns().named(counted))
    return None


def _row(columns: Iterable[ColumnWords], number: int, line: Listed, category: str) -> tuple[Entry, ...]:
    said = _stated(line)
    cells: dict[str, Entry] = {
        "number": str(number),
        "rank": str(line.rank or ""),
        "title": line.application.title,
        "category": category,
        "unit": line.application.unit.name,
        "leader": _of_people(said, LEADS, "name"),
        "contact": _of_people(said, CONTACTS, "name"),
        "phone": _of_people(said, CONTACTS, "phone"),
        "amount": "" if said.grant_fen is None else Decimal(said.grant_fen) / FEN_PER_WAN,
        "receipt": line.submission.number if line.submission else line.application.number,
        "opinion": line.opinion,
    }
    return tuple(cells.get(column.key, "") for column in columns)


def _stated(line: Listed) -> Stated:
    """What the submission states; nothing where its content was erased or the call states no form."""
    if line.submission is None:
        return Stated()
    specification = asked_at(line.submission.revision_id, line.application.node).specification
    return stated(specification, submitted_answers(line.submission)) if specification else Stated()


def _of_people(said: Stated, roles: Iterable[str], part: str) -> str:
    """The first that somebody in one of the roles says, those asked for first."""
    blocks: Iterable[Mapping[str, Any]] = (block for role in roles for block in said.people.get(role, ()))
    return next((str(block[part]) for block in blocks if block.get(part)), "")


def _in_words(day: date | datetime | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "　　　　年　　月　　日"
