"""When: completion dates and terms of categories, deadlines of the call and its tracks."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from keqiao.core.guides.clauses import sentences
from keqiao.core.guides.facts import Confidence, Fact
from keqiao.core.guides.lines import Piece
from keqiao.core.guides.quantities.dates import Moment, Term, read_dates, read_terms
from keqiao.core.guides.tree import Category

_COMPLETION = re.compile(r"完成|结项|结题|验收|截止|周期|执行")
_TERM = re.compile(
    r"实施期|托举期|资助期|服务期|聘期|管理期|周期|为期|连续|期限|执行期|培养期|建设期|研究期|期为"
)
_NOT_TERM = re.compile(r"近|不得|取消|内没有|内未|满|以上|每|三年行动|规划|注册|成立|年内")
_APPLY = re.compile(
    r"申报|报送|报至|送达|提交|上报|发送|寄送|受理|报名|推荐|截止|投递|寄至|交至|填报|征集|送(?=[县市省州区]?科协)|送交|送到|交(?=[县市省州区校]?科协|至|到)"
)
_NOT_APPLY = re.compile(
    r"完成(?!填报|申报|报送|提交|网上)|验收|结项|出生|成立|认定|印发|注册|公示|发布|立项前|签订|评审"
)
_RANGE_END = re.compile(r"(?:-|至|到)$")
_DUE = re.compile(
    r"^(?:之?前|以前|截止|止|为止|内|\)|,?逾期|下班前|\d|24时)|^$|^[。,;]|^(?:将|向|由|把|统一)"
)


@dataclass(frozen=True, slots=True)
class Clock:
    """What dates without a year lean on: the date of issue, else the year of the programme."""

    issued: date | None = None
    year: int | None = None

    def read(self, text: str) -> list[Moment]:
        """Return the dates in ``text``."""
        return read_dates(text, issued=self.issued, year=self.year)


def read_completion(category: Category, clock: Clock) -> list[Fact]:
    """Return facts ``completion`` and ``term`` of one category."""
    found: dict[str, Fact] = {}
    for piece, labelled in _completion_pieces(category):
        for fact in _completion(piece, clock, labelled=labelled):
            found.setdefault(
                fact.kind, Fact(fact.kind, category.path, fact.value, fact.words, fact.confidence)
            )
    return list(found.values())


def _completion_pieces(category: Category) -> Iterator[tuple[Piece, bool]]:
    for piece in category.slots.get("completion", []):
        yield piece, True
    for heading in category.slots.get("heading", []):
        for match in re.finditer(r"\(([^()]*)\)", heading.line.text):
            if _COMPLETION.search(match.group(1)):
                yield Piece(heading.line, match.start(1), match.end(1)), True
    for slot in ("targets", "content", "requirements", "procedure", "general"):
        for piece in category.slots.get(slot, []):
            yield from ((sentence, False) for sentence in sentences(piece))


def _completion(piece: Piece, clock: Clock, *, labelled: bool) -> Iterator[Fact]:
    text = piece.text
    moments = [(m, m.day) for m in clock.read(text) if m.day is not None]
    if (
        moments
        and (labelled or re.search(r"完成(?!较好|情况)|结项|结题", text))
        and (labelled or not _APPLY.search(text))
    ):
        last, day = moments[-1]
        sure = Confidence.INFERRED if last.inferred_year else Confidence.CERTAIN
        yield Fact(
            "completion",
            (),
            {"completion_date": day.isoformat()},
            piece.part(last.start, last.end),
            sure,
        )
    for term in read_terms(text):
        if term.unit in ("年", "周年", "个月") and ((labelled and not moments) or _is_duration(text, term)):
            yield Fact("term", (), {"term": term_words(term)}, piece.part(term.start, term.end))
            return


def _is_duration(text: str, term: Term) -> bool:
    before, behind = text[max(0, term.start - 12) : term.start], text[term.end : term.end + 6]
    if _NOT_TERM.search(before[-6:] + behind[:3]):
        return False
    return bool(
        _TERM.search(before) or re.match(r"(?:的)?(?:稳定的)?(?:跟踪|培养|托举|支持期|资助期)", behind)
    )


def term_words(term: Term) -> str:
    """Return a term as ``2年`` or ``18个月``."""
    number = int(term.amount) if term.amount == int(term.amount) else term.amount
    return f"{number}{'个月' if term.unit == '个月' else '年'}"


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline for filing: the moment, the words, whether late entries are refused."""

    moment: Moment
    words: Piece
    late: bool


def read_deadlines(pieces: list[tuple[str, Piece]], clock: Clock) -> list[Due]:
    """Return the deadlines for applicants in (slot, piece) pairs, in reading order."""
    found: list[Due] = []
    for slot, piece in pieces:
        for sentence in sentences(piece):
            labelled = slot == "deadline"
            if not labelled and not _APPLY.search(sentence.text):
                continue
            found += _due(sentence, clock, labelled=labelled)
    return found


def _due(sentence: Piece, clock: Clock, *, labelled: bool) -> Iterator[Due]:
    text = sentence.text
    moments = clock.read(text)
    for index, moment in enumerate(moments):
        behind = text[moment.end :]
        opening = index + 1 < len(moments) and _RANGE_END.search(text[moment.end : moments[index + 1].start])
        clause = (
            re.split(r"[,;。]", text[: moment.start])[-1]
            + text[moment.start : moment.end]
            + re.split(r"[;。]", behind)[0]
        )
        due = (
            text[moment.start : moment.end].endswith(("前", "底"))
            or _DUE.match(behind)
            or "截" in text[max(0, moment.start - 8) : moment.start]
            or index
        )
        if (
            moment.day is None
            or opening
            or _NOT_APPLY.search(re.split(r"[,;。]", clause)[0])
            or not (labelled or (due and _APPLY.search(clause)))
        ):
            continue
        yield Due(moment, sentence.part(moment.start, moment.end), "逾期" in text)
