"""Which call a notice is about: its title, document number, date, issuers, year."""

import re
from dataclasses import dataclass
from datetime import date

from keqiao.core.guides.heading import Heading
from keqiao.core.guides.lines import Line, Piece
from keqiao.core.guides.quantities.addresses import read_document_number
from keqiao.core.guides.quantities.dates import read_dates
from keqiao.core.programme.amending.calls import About

_TITLED = re.compile(r"《(?P<title>[^《》]{4,200}(?:<[^<>]{0,80}>[^《》]{0,120})?)》")
_NOTICE = re.compile(r"(?:通知|公告|指南|办法|通告|方案|启事)(?:\([^()]{0,30}\))?$")
_PLAIN = re.compile(r"(?P<title>关于(?:(?!关于)[^,;。:《》]){6,100}?(?:通知|公告|指南|通告))")
_OWN = re.compile(r"延长|延期|顺延|推迟|更正|变更|调整|补充|勘误|修改|取消")
_ISSUED = re.compile(r"(?:印发|发布|下发|发出|公布|转发|于)")
_YEAR = re.compile(r"(?P<year>20\d{2})(?:-20\d{2})?年?度?")


@dataclass(frozen=True, slots=True)
class Referred:
    """What a notice says of the call, and the words that say it."""

    about: About
    words: tuple[Piece, ...]


def read_about(heading: Heading, lines: list[Line]) -> Referred:
    """Return which call the notice names. Its own title and number (a line of its own) are not the call's."""
    title, named = _title(heading, lines)
    words = [named] if named else []
    number, numbered = _number(heading, lines)
    words += [numbered] if numbered else []
    issued = None
    if named is not None:
        issued, dated = _issued(named)
        words += [dated] if dated else []
    year = _YEAR.search(title) or _YEAR.search(heading.title)
    about = About(
        title=title,
        document_number=number,
        issued=issued,
        issuers=tuple(heading.issuers),
        year=int(year["year"]) if year else None,
        region=heading.region,
    )
    return Referred(about, tuple(words))


def _title(heading: Heading, lines: list[Line]) -> tuple[str, Piece | None]:
    own = re.sub(r"\s", "", heading.title)
    for pattern in (_TITLED, _PLAIN):
        for line in lines:
            for found in pattern.finditer(line.text):
                said = found["title"]
                if pattern is _TITLED and not _NOTICE.search(said):
                    continue
                if re.sub(r"\s", "", said) == own or (pattern is _PLAIN and _OWN.search(said)):
                    continue
                piece = line.piece(*found.span("title"))
                return piece.written.strip(), piece
    return _from_own_title(heading), None


def _from_own_title(heading: Heading) -> str:
    """``关于延长2023年度科普项目申报时间的通知`` names the call only by its subject."""
    if titled := re.search(r"《(?P<title>[^《》]{4,200})》", heading.title):
        return titled["title"]
    plain = re.sub(r"\s|的?(?:通知|公告|公示|通告|函|说明)(?:[（(][^（）()]*[）)])?$", "", heading.title)
    plain = re.sub(r"^关于", "", plain)
    return re.sub(
        r"(?:延长|延期|顺延|推迟|更正|变更|调整|补充|勘误|取消|截止|时间|日期|期限|部分|内容|事项|有关|申报|的)",
        "",
        plain,
    )


def _number(heading: Heading, lines: list[Line]) -> tuple[str, Piece | None]:
    for line in lines:
        found = read_document_number(line.text)
        if found and found != heading.document_number and found != line.text.strip("()"):
            start = line.text.find(found)
            return _without_lead(found), line.piece(start, start + len(found))
    return "", None


def _without_lead(found: str) -> str:
    """Words of the sentence that ran into the number (``根据三科协``) do not belong to it."""
    return re.sub(
        r"^.*?(?:根据|按照|印发的?|发布的?|文件|下发的?|关于)(?=[\u4e00-\u9fff]{2,8}[〔\[【(])", "", found
    )


def _issued(named: Piece) -> tuple[date | None, Piece | None]:
    """The day before the title, where the words say that the call was issued on it."""
    before = named.line.text[: named.start]
    dates = [moment for moment in read_dates(before) if moment.day is not None]
    if dates and _ISSUED.search(before[max(0, dates[-1].start - 4) :]):
        return dates[-1].day, named.line.piece(dates[-1].start, dates[-1].end)
    return None, None
