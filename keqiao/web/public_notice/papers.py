"""The papers of the room, as Word and PDF in the layout of official documents; the page shows the same blocks."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings

from keqiao.core.workdays import Closing, Noticed, Period, shanghai_day
from keqiao.web.files.names import named_after
from keqiao.web.programmes.issuing import Shown, shown
from keqiao.web.public_notice.counting import term_of
from keqiao.web.public_notice.listing import in_order, listed_of
from keqiao.web.public_notice.stated import is_topic
from keqiao.writers.letters import (
    Award,
    Head,
    ObjectionAnswer,
    ObjectionsTo,
    OfficialPaper,
    PublicList,
    Result,
    award_notice,
    closing_statement,
    objection_answer,
    public_notice,
    result_letter,
)

WORD, PDF = "docx", "pdf"
FORMS = (WORD, PDF)
STATEMENT_TITLE = "关于{title}情况的说明"
ANSWER_TITLE = "关于对公示异议的答复"
RESULT_TITLE = "申报结果告知书"
UPHELD, REJECTED = "异议成立，取消该项目的立项资格", "异议不成立，维持公示结果"
UPHELD_OF_TOPIC = "异议成立，该选题不列入选题目录"

Line = Mapping[str, Any]


def issuers_of(row: Any) -> tuple[str, ...]:
    """Return in whose name the papers of a row go out."""
    return (str(row.association.organisation.name),)


def call_named(call: Any) -> str:
    """Return a call as papers name it."""
    return f"《{call.title}》"


def paper_of_notice(notice: Any, lines: Sequence[Line], period: Period) -> OfficialPaper:
    """Return the notice with its list; a draft until it is posted."""
    head = Head(
        issuers_of(notice),
        notice.title,
        notice.number,
        issued=notice.first_day,
        digest=notice.digest,
        at=notice.posted_at or notice.made_at,
        is_draft=notice.posted_at is None,
    )
    about = PublicList(
        call_named(notice.call),
        tuple(notice.procedure),
        listed_of(lines),
        in_order(notice.fields),
        period,
        ObjectionsTo(**notice.objections_to),
        None if notice.until else term_of(notice),
    )
    return public_notice(head, about)


def statement_of_notice(notice: Any) -> OfficialPaper:
    """Return the statement on the end of a notice, out of what was written down when it was concluded."""
    title = STATEMENT_TITLE.format(title=notice.title.removeprefix("关于"))
    head = Head(
        issuers_of(notice),
        title,
        issued=shanghai_day(notice.over_at),
        digest=notice.digest,
        at=notice.over_at,
    )
    listed = listed_of(item.listed for item in notice.items.all())
    return closing_statement(head, call_named(notice.call), closing_in(notice.closing), listed)


def closing_kept(found: Closing) -> dict[str, Any]:
    """Return what a closing statement says, to be kept."""
    parts = ("late", "not_taken_up", "upheld", "rejected", "open")
    return {
        "first": found.period.first.isoformat(),
        "last": found.period.last.isoformat(),
        "received": found.received,
        **{name: list(getattr(found, name)) for name in parts},
        "standings": {item: standing.value for item, standing in found.standings.items()},
    }


def closing_in(kept: Line) -> Closing:
    """Return a kept closing statement."""
    return Closing(
        period=Period(date.fromisoformat(kept["first"]), date.fromisoformat(kept["last"])),
        received=kept["received"],
        late=tuple(kept["late"]),
        not_taken_up=tuple(kept["not_taken_up"]),
        upheld=tuple(kept["upheld"]),
        rejected=tuple(kept["rejected"]),
        open=tuple(kept["open"]),
        standings={item: Noticed(value) for item, value in kept["standings"].items()},
    )


def paper_of_award(award: Any, lines: Sequence[Line]) -> OfficialPaper:
    """Return the notice of the award with its list; a draft until it is issued."""
    issued = award.issued_at
    head = Head(
        issuers_of(award),
        award.title,
        award.number,
        issued=shanghai_day(issued) if issued else None,
        digest=award.digest,
        at=issued or award.made_at,
        is_draft=issued is None,
    )
    said = Award(
        call_named(award.call),
        tuple(award.procedure),
        listed_of(lines),
        in_order(award.fields),
        agreement_by=award.agreement_by,
        agreement_copies=award.agreement_copies,
        regulation=award.regulation,
        mark=award.mark,
        finish_by=award.finish_by,
        contacts=tuple(filter(None, (award.contacts,))),
    )
    return award_notice(head, said)


def letter_to_unit(letter: Any) -> OfficialPaper:
    """Return the letter that tells a unit how its application came out."""
    application = letter.application
    head = Head(
        issuers_of(letter),
        RESULT_TITLE,
        addressees=(application.unit.name,),
        issued=shanghai_day(letter.made_at),
        at=letter.made_at,
    )
    project = application.title or application.number
    said = Result(
        call_named(letter.award.call),
        project,
        letter.is_selected,
        letter.amount_fen,
        letter.reason,
        comments=tuple(letter.comments),
        is_topic=is_topic(application),
    )
    return result_letter(head, said)


def answer_to_objector(objection: Any, *, is_upheld: bool, at: datetime) -> OfficialPaper:
    """Return the letter that answers an objection; it goes to whoever holds its private link."""
    head = Head(
        issuers_of(objection), ANSWER_TITLE, addressees=("异议提出人",), issued=shanghai_day(at), at=at
    )
    received = shanghai_day(objection.received_at)
    upheld = UPHELD_OF_TOPIC if objection.item.listed.get("is_topic") else UPHELD
    said = ObjectionAnswer(
        call_named(objection.notice.call),
        objection.item.listed["title"],
        f"{received.year}年{received.month}月{received.day}日",
        upheld if is_upheld else REJECTED,
        objection.answer,
    )
    return objection_answer(head, said)


def blocks_of(paper: OfficialPaper) -> list[Shown]:
    """Return a paper for the page."""
    return list(shown(paper.blocks))


def file_of(paper: OfficialPaper, form: str) -> bytes:
    """Return a paper as a Word file or as PDF.

    Raises:
        NotSet: it cannot be set as PDF.
    """
    if form == PDF:
        return paper.pdf(settings.FONT_FOLDERS).pdf
    with TemporaryDirectory() as folder:
        path = Path(folder) / "paper.docx"
        paper.docx(path)
        return path.read_bytes()


def file_name(title: str, number: str, form: str) -> str:
    """Return what a downloaded paper is called."""
    return named_after(f"{number} {title}".strip(), form)
