"""The conclusion on a project as a paper (结项验收结论书, domain.md D6), out of what was frozen when it was drawn."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings

from keqiao.core.lifecycle.acceptance import AcceptanceState as S
from keqiao.readers.performance_words import performance_words
from keqiao.web.acceptance.models import Acceptance
from keqiao.web.parties.queries import local_day
from keqiao.writers.letters import Head, Letter, OfficialPaper, letter
from keqiao.writers.notice.figures import day

TITLE = "结项验收结论书"
FORMS = ("docx", "pdf")
SAID = {S.PASSED.value: "通过", S.FAILED.value: "不通过"}
CHINESE = "zh"


def paper_of_conclusion(acceptance: Acceptance) -> OfficialPaper:
    """Return the paper of an acceptance that is concluded."""
    grant: Any = acceptance.grant
    at: Any = acceptance.concluded_at
    head = Head(
        (grant.association.organisation.name,),
        TITLE,
        addressees=(grant.unit.name,),
        issued=local_day(at),
        digest=acceptance.digest,
        at=at,
    )
    came = f"于{day(local_day(acceptance.submitted_at))}提交的" if acceptance.submitted_at else "的"
    project = f"“{grant.title}”（编号{grant.number}）"
    opening = f"你单位承担的{project}{came}结项材料收悉。经审核，验收结论：{SAID[acceptance.state]}。"
    words = (f"验收意见：{acceptance.words}",) if acceptance.words else ()
    return letter(head, Letter((opening, *words), tuple(_facts(acceptance))))


def _facts(acceptance: Acceptance) -> Iterator[tuple[str, str]]:
    """The day of completion, the papers and what each row of the performance table was given."""
    found, names = acceptance.found, performance_words()
    if acceptance.finished_on:
        yield "完成日期", day(acceptance.finished_on)
    for paper in found["papers"]:
        yield paper["name"], "已提交" if paper["has"] else "未提交"
    for row in found["rows"]:
        score = "未计分" if row["score"] is None else f"得{_plain(row['score'])}分"
        yield (
            row["name"] or names.name("rows", row["key"], CHINESE),
            f"{score}（满分{_plain(row['points'])}分）",
        )
    if found["total"] is not None:
        grade = f"，等级：{names.name('grades', found['grade'], CHINESE)}" if found["grade"] else ""
        yield "绩效评价总分", f"{_plain(found['total'])}{grade}"


def _plain(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number


def content_of(acceptance: Acceptance, form: str) -> bytes:
    """Return the paper as ``docx`` or ``pdf``.

    Raises:
        NotSet: it is too large to be set, or a font is not there.
    """
    paper = paper_of_conclusion(acceptance)
    if form == "pdf":
        return paper.pdf(settings.FONT_FOLDERS).pdf
    with TemporaryDirectory() as folder:
        path = Path(folder) / "conclusion.docx"
        paper.docx(path)
        return path.read_bytes()
