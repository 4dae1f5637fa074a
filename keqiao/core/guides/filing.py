"""How to hand in: copies, channels, papers, endorsement rules, periods, limits of the form's fields."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from keqiao.core.guides.blocks import Table
from keqiao.core.guides.clauses import sentences, split
from keqiao.core.guides.facts import Fact
from keqiao.core.guides.lines import Piece
from keqiao.core.guides.numerals import NUMBER, number
from keqiao.core.guides.quantities.addresses import read_mails
from keqiao.core.guides.quantities.dates import read_terms
from keqiao.core.guides.schedule import Clock
from keqiao.core.guides.tables import form_cells
from keqiao.core.guides.tree import Category

_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖", "一二三四五六七八九")
_COPIES = re.compile(
    rf"一式(?P<n>{NUMBER})[份套]|(?:纸质|申报书|申报表|申请书|推荐表|申报材料|书面材料|盖章版|打印)[^,;。]{{0,12}}?(?P<m>{NUMBER})[份套本](?!式)"
)
_CHANNELS = {
    "paper": r"纸质|打印|一式|书面",
    "onsite": r"现场|当面|送达|(?<![报发寄])送至|窗口",
    "post": r"寄送|邮寄|快递|EMS|邮政",
    "email": r"邮箱|邮件|电子版|信箱",
    "system": r"系统|平台填报|网上申报|在线填报|登录",
}
_HANDING_IN = re.compile(
    r"报送|报至|提交|发送|寄送|上报|送至|送达|邮寄|报\S{0,8}(?:科协|办公室|部|处|厅|局|中心)|填报|投递|报名|打印"
)
_ENDORSED = re.compile(
    r"(?:审核|签署意见)(?:(?!审核|签署意见)[^;。])*?(?:汇总|申报|推荐|报)|直接(?:向|报|上报)(?:(?!直接)[^;。])*?(?:申报|报送|科协|$)|逐级(?:申报|推荐|审核)|经[^,;。]{2,16}(?:审核|同意|推荐)(?:盖章|并|后)"
)
_PERIOD = re.compile(r"实施期|实施完毕|项目周期|完成|执行期|研究周期|期限|结题|结项")
_EVERY = re.compile(r"所有|项目(?:应|须|需|实施|周期|均|原则)|各项目|均|全部")
_LIMIT = re.compile(r"(?P<op>不(?:得)?超过|不少于|限)?(?P<n>\d{2,5})字(?:以内|以下|之内|左右)?")
_FIELD_LIMIT = re.compile(r"(?P<field>[^,;。\d]{2,12}?)(?:限|不超过|控制在)(?P<n>\d{2,5})字")
_OPINION = re.compile(r"意见")


def read_filing(category: Category, clock: Clock) -> list[Fact]:
    """Return copies, channels and the rules on filing, endorsement and periods of the whole call or track."""
    if len(category.path) > 1:
        return []
    found: list[Fact] = []
    for slot in (
        "general",
        "conditions",
        "requirements",
        "procedure",
        "deadline",
        "completion",
        "content",
        "contact",
    ):
        for piece in category.slots.get(slot, []):
            for sentence in sentences(piece):
                found += _sentence(category, sentence, clock)
    return found


def _sentence(category: Category, sentence: Piece, clock: Clock) -> Iterator[Fact]:
    text = sentence.text
    copies = read_copies(text)
    channels = [name for name, words in _CHANNELS.items() if re.search(words, text)]
    if copies is not None:
        yield Fact("copies", category.path, {"paper": copies}, sentence)
    if channels and (_HANDING_IN.search(text) or copies is not None):
        yield Fact("channels", category.path, {"channels": channels}, sentence)
        value: dict[str, Any] = {
            "type": "filing",
            "deliver": channels,
            "stamped": bool(re.search(r"盖章|公章", text)),
        }
        if copies is not None:
            value["copies"] = copies
        yield Fact("rule", category.path, {**value, "summary": sentence.written.strip()}, sentence)
    if not category.path:
        for part in split(sentence, ";"):
            if _ENDORSED.search(part.text) and not re.search(r"评审|专家", part.text):
                value = {"type": "endorsement", "steps": _steps(part.text), "summary": part.written.strip()}
                yield Fact("rule", (), value, part)
    if limit := _FIELD_LIMIT.search(text):
        value = {
            "type": "text_limit",
            "field": limit["field"],
            "op": "<=",
            "value": int(limit["n"]),
            "unit": "字",
        }
        yield Fact("rule", category.path, {**value, "summary": sentence.written.strip()}, sentence)
    yield from _period(category, sentence, clock)
    yield from _mailboxes(category, sentence)


def _mailboxes(category: Category, sentence: Piece) -> Iterator[Fact]:
    """The mailbox or phone that a sentence on handing in names is a contact too."""
    mails = read_mails(sentence.text)
    if mails and (_HANDING_IN.search(sentence.text) or "电子" in sentence.text):
        yield from (Fact("contact", category.path, {"email": mail}, sentence) for mail in mails)


def _steps(text: str) -> list[str]:
    return [
        part.strip()
        for part in re.split(r"[、,;]|后(?=向|报)", text)
        if re.search(r"审核|汇总|报|推荐|盖章", part)
    ]


def read_copies(text: str) -> int | None:
    """Return the number of paper copies that ``text`` asks for, or None."""
    match = _COPIES.search(text.translate(_FORMAL))
    value = number(match["n"] or match["m"]) if match else None
    return int(value) if value is not None else None


def _period(category: Category, sentence: Piece, clock: Clock) -> Iterator[Fact]:
    text = sentence.text
    if not _PERIOD.search(text) or not _EVERY.search(text) or re.search(r"申报材料|报送|公示", text):
        return
    value: dict[str, Any] = {}
    for term in read_terms(text):
        if re.search(r"期|周期|限", text[max(0, term.start - 8) : term.start]) and term.unit in (
            "年",
            "个月",
            "周年",
        ):
            value["months" if term.unit == "个月" else "years"] = int(term.amount)
    for moment in clock.read(text):
        behind = text[moment.end : moment.end + 12]
        if moment.day is not None and re.search(
            r"完成|完毕|结|验收|内|前", behind + text[moment.start : moment.end]
        ):
            value["finish_by"] = moment.day.isoformat()
    if value:
        yield Fact(
            "rule", category.path, {"type": "period", **value, "summary": sentence.written.strip()}, sentence
        )


def read_form_rules(tables: Sequence[Table]) -> list[Fact]:
    """Return limits of text fields (``200字以内``) and the opinion boxes of forms as rules."""
    found: list[Fact] = []
    opinions: list[tuple[str, Piece]] = []
    for table in tables:
        for label, piece in form_cells(table):
            if match := _LIMIT.search(piece.text):
                op = ">=" if match["op"] == "不少于" else "<="
                value = {
                    "type": "text_limit",
                    "field": label,
                    "op": op,
                    "value": int(match["n"]),
                    "unit": "字",
                }
                found.append(Fact("rule", (), {**value, "summary": piece.written.strip()}, piece))
            if (
                _OPINION.search(label)
                and re.search(r"公章|盖章", piece.text)
                and label not in [o[0] for o in opinions]
            ):
                opinions.append((label, piece))
    if opinions:
        value = {"type": "endorsement", "steps": [label for label, _ in opinions]}
        found.append(
            Fact("rule", (), {**value, "summary": "、".join(label for label, _ in opinions)}, opinions[0][1])
        )
    return found
