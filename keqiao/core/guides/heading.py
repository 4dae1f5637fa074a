"""The head and foot of a document: kind, title, issuers, number, date of issue, region, year, attachments."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from keqiao.core.guides.lines import Line, Piece
from keqiao.core.guides.parts import Part
from keqiao.core.guides.quantities.addresses import read_document_number
from keqiao.core.guides.quantities.dates import read_dates
from keqiao.core.guides.vocabulary import Vocabulary

_TITLE = re.compile(r"^关于|的?(?:通知|公告|指南|公示|决定|通告|启事|函|办法|通报|方案|指标)(?:\([^()]*\))?$")
_TITLE_END = re.compile(
    r"(?:通知|公告|指南|公示|决定|通告|启事|函|办法|通报|方案|指标|名单|清单)(?:\([^()]*\))?$"
)
_ISSUER = re.compile(
    r"(?:科学技术协会|科协|财政局|财政厅|委员会|厅|局|办公室|学会|联合会|人民政府|总工会|团委|妇联|中心|部|大学|学院)$"
)
_ONLY_DATE = re.compile(r"^(?:\d{4}|[二一零〇○三四五六七八九]{4})[年.\-/].{2,10}$")
_REGION = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,7}?(?:自治区|自治州|自治县|省|市|县|区|州|旗|新区))")
_NOT_REGION = re.compile(
    r"^(?:全|各|我|本|同级|市州|县市|上级|当地|所在|该)|(?:科技|小|社|园|校|地|辖|城|战|片)区$|城市$|(?:都|门|超|上)市$|市级$"
)
_YEAR = re.compile(r"(?P<year>20\d{2})(?:-20\d{2})?年?度?")
_ASSOCIATION = re.compile(r"(?:自治区|自治州|省|市|县|州)(?:科协|科学技术协会)")
_LISTED = re.compile(r"^(?:附件?:\s*)?\d{1,2}[.、]\s*(?P<name>[^\d\s].*|\d{4}.*)$|^附件?:\s*(?P<only>\D.*)$")
_HAN_ONLY = re.compile(r"^[\u4e00-\u9fff]+$")
_RED_HEAD = re.compile(r"(?:科学技术协会|科协|委员会|局|厅)(?:文件|公告|通告)$")


@dataclass
class Heading:
    """What the document says of itself; ``words`` holds the piece of text for each field that was found."""

    kind: str = "call"
    title: str = ""
    issuers: list[str] = field(default_factory=list)
    document_number: str = ""
    issue_date: date | None = None
    region: str = ""
    year: int | None = None
    attachments: list[str] = field(default_factory=list)
    words: dict[str, Piece] = field(default_factory=dict)


def read_heading(parts: list[Part], vocabulary: Vocabulary) -> Heading:
    """Read head and foot of a document out of its parts."""
    heading = Heading()
    notice = next((part for part in parts if not part.label), None)
    lines = [item for item in notice.items if isinstance(item, Line)] if notice else []
    top = _title(heading, lines)
    if not heading.title and parts:
        heading.title = parts[0].title
    _issuers(heading, lines[:top])
    foot = [*lines[-6:], *(notice.tail if notice else [])]
    _foot(heading, foot)
    _attachments(heading, notice)
    everything = [
        line for part in parts for line in [*part.head, *(i for i in part.items if isinstance(i, Line))]
    ]
    if not heading.issuers:
        _implied_issuer(heading, everything)
    _region_and_year(heading, everything)
    heading.kind = classify(heading.title, "\n".join(line.text for line in lines[:30]), vocabulary)
    return heading


def classify(title: str, text: str, vocabulary: Vocabulary) -> str:
    """Return the kind of document from its title's words, else from the first lines; ``other`` where nothing fits.

    A title that opens applications is a call whatever else it names, unless it changes or relays one.
    """
    plain = re.sub(r"\s|《[^》]{0,100}》", "", title)
    whole = re.sub(r"\s", "", title)
    for kind, patterns in vocabulary.document_kinds.items():
        if kind == "solicitation" and re.search(r"申报", plain):
            continue
        if any(re.search(pattern, whole if kind == "relay" else plain) for pattern in patterns):
            return kind
    return "call" if re.search(r"申报|申请|资助|遴选", text) else "other"


def _title(heading: Heading, lines: list[Line]) -> int:
    """Find the title among the first lines; return the index of its first line."""
    for index, line in enumerate(lines[:14]):
        text = line.text
        if not _may_be_title(text):
            continue
        taken = [line]
        while not _TITLE_END.search(taken[-1].text) and len(taken) < 4 and index + len(taken) < len(lines):
            following = lines[index + len(taken)]
            if following.text.endswith((":", "。")) or len(following.text) > 60:
                break
            taken.append(following)
        first = index
        while first and not text.startswith("关于") and _is_title_head(lines[first - 1]):
            first -= 1
        taken = [*lines[first:index], *taken]
        heading.title = "".join(t.written.strip() for t in taken)
        heading.words["title"] = line.piece()
        return first
    return 0


def _may_be_title(text: str) -> bool:
    if len(text) > 90 or text.endswith((":", "。")) or not _TITLE.search(text):
        return False
    return not (_RED_HEAD.search(text) or ">" in text or "首页" in text or read_document_number(text) == text)


def _is_title_head(line: Line) -> bool:
    text = line.text
    return (
        len(text) <= 40
        and not _ISSUER.search(text)
        and not read_document_number(text)
        and not re.search(r"[:。;]$|文件$", text)
        and "关于" in text
    )


def _issuers(heading: Heading, head: list[Line]) -> None:
    for line in head:
        number = read_document_number(line.text)
        if number:
            heading.document_number = number
            heading.words["document_number"] = line.piece()
            continue
        for name in re.sub(r"(?:文件|公告|通告)$", "", line.text).split(" "):
            if _ISSUER.search(name) and 3 <= len(name) <= 24 and name not in heading.issuers:
                heading.issuers.append(name)
                heading.words.setdefault("issuers", line.piece())


def _foot(heading: Heading, foot: list[Line]) -> None:
    signed: list[str] = []
    for line in foot:
        if (
            _ONLY_DATE.match(line.text)
            and (found := read_dates(line.text))
            and found[0].day
            and len(line.text) <= 16
        ):
            heading.issue_date = found[0].day
            heading.words["issue_date"] = line.piece()
        elif len(line.text) <= 60 and all(_ISSUER.search(name) for name in line.text.split(" ")):
            signed += line.text.split(" ")
            heading.words.setdefault("issuers", line.piece())
    heading.issuers = heading.issuers or list(dict.fromkeys(signed))


def _attachments(heading: Heading, notice: Part | None) -> None:
    for line in notice.tail if notice else []:
        if match := _LISTED.match(line.text):
            heading.attachments.append((match["name"] or match["only"]).strip())
        elif heading.attachments and _goes_on(line.text):
            heading.attachments[-1] += line.text


def _goes_on(text: str) -> bool:
    """A title that is broken over two lines goes on with a short line that is neither a date nor a signature."""
    return (
        len(text) <= 20 and not _ONLY_DATE.match(text) and not _ISSUER.search(text.split(" ", maxsplit=1)[0])
    )


def _implied_issuer(heading: Heading, lines: list[Line]) -> None:
    """A guide without a signature is issued by the association it names most often, by its shortest full name."""
    counts: Counter[str] = Counter()
    for line in lines:
        for match in _ASSOCIATION.finditer(line.text):
            before = line.text[: match.start()]
            for length in (2, 3, 4):
                name = before[-length:] + match.group()
                if len(before) >= length and _HAN_ONLY.match(name) and not _NOT_REGION.search(name):
                    counts[name] += 1
    if counts:
        heading.issuers = [max(counts, key=lambda name: (counts[name], -len(name)))]


def _region_and_year(heading: Heading, lines: list[Line]) -> None:
    for source in [*heading.issuers, heading.title, *(line.text for line in lines)]:
        match = _REGION.search(source)
        if match and not _NOT_REGION.search(match["name"]):
            heading.region = match["name"]
            break
    found = _YEAR.search(heading.title)
    if found:
        heading.year = int(found["year"])
    elif heading.issue_date:
        heading.year = heading.issue_date.year
