"""The parts of a document: notice, attachments; each with its title, its lines and tables."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from keqiao.core.guides.blocks import Table
from keqiao.core.guides.heads import read_head, read_mark
from keqiao.core.guides.lines import Item, Line
from keqiao.core.guides.vocabulary import Vocabulary

_ATTACHMENT = re.compile(r"^附件?\s*(?P<n>\d{0,2}(?:-\d{1,2})?|[一二三四五六七八九十]{1,2})[:.、]?$")
_DATE = re.compile(r"^(?:20\d{2}|[二〇○零一三四五六七八九]{4})年.{2,9}日$")
_OFFICE = re.compile(r"^[^。;:,]{3,60}(?:协会|科协|局|厅|委员会|办公室|学会|联合会|政府|中心|部|大学|学院)$")
_LIST = re.compile(r"^附件?\s*:")
_TITLE_ENDS = re.compile(
    r"(?:通知|公告|指南|公示|决定|函|意见|办法|指标|清单|范围|目录|申报书|申报表|推荐表|汇总表|一览表|方案|启事|表|书|说明|名单|通报|通告|要求|项目|课题|选题)(?:\([^()]*\))?$"
)


@dataclass
class Part:
    """One part: ``label`` is ``""`` for the notice itself, else ``附件1``; ``kind`` notice, guide, form or other."""

    label: str
    kind: str
    title: str = ""
    items: list[Item] = field(default_factory=list)
    tail: list[Line] = field(default_factory=list)
    head: list[Line] = field(default_factory=list)


def split_parts(found: Iterable[Item], vocabulary: Vocabulary) -> list[Part]:
    """Split the items at attachment headings and take each part's title off its top."""
    parts = [Part("", "notice")]
    for item in found:
        if isinstance(item, Line) and _ATTACHMENT.match(item.text):
            parts.append(Part(item.written.strip(), "guide"))
            parts[-1].head.append(item)
        else:
            parts[-1].items.append(item)
    kept = [part for part in parts if part.items]
    for part in kept:
        if not part.label:
            _cut_tail(part)
        else:
            _take_title(part, vocabulary)
            part.kind = _kind(part, vocabulary)
    return kept


def _cut_tail(part: Part) -> None:
    """Move the list of attachments with all behind it (signatures, date) out of the notice's text; without a list,
    the signatures and the date that end it.
    """
    for index in range(len(part.items) - 1, -1, -1):
        item = part.items[index]
        if isinstance(item, Line) and _LIST.match(item.text):
            part.tail = [line for line in part.items[index:] if isinstance(line, Line)]
            part.items = part.items[:index] + [t for t in part.items[index:] if isinstance(t, Table)]
            return
    signed = _signed(part.items)
    part.tail = [line for line in part.items[signed:] if isinstance(line, Line)]
    part.items = part.items[:signed]


def _signed(found: list[Item]) -> int:
    """Where the signatures begin: at the short lines that end like the name of an office, right above a last date."""
    start = len(found)
    for index in range(len(found) - 1, -1, -1):
        item = found[index]
        if not isinstance(item, Line):
            break
        if not (_DATE.match(item.text) if start == len(found) else _OFFICE.match(item.text)):
            break
        start = index
    return start


def _take_title(part: Part, vocabulary: Vocabulary) -> None:
    """Move the first short lines of an attachment into its title."""
    taken: list[Line] = []
    for item in part.items[:5]:
        if isinstance(item, Table) or not _may_be_title(item, taken, vocabulary):
            break
        taken.append(item)
    while len(taken) > 1 and not _TITLE_ENDS.search(taken[-1].text):
        taken.pop()
    part.items = part.items[len(taken) :]
    part.head += taken
    part.title = "".join(line.written.strip() for line in taken)


def _may_be_title(line: Line, taken: list[Line], vocabulary: Vocabulary) -> bool:
    text = line.text
    if len(text) > 45 or text[-1] in "。;:,":
        return False
    if taken and _TITLE_ENDS.search(taken[-1].text) and not _continues(text):
        return False
    mark = read_mark(text)
    if mark and not (mark.kind == "A类" and not taken) and not _continues(text):
        return False
    return not read_head(line, vocabulary).slots or not taken or bool(_TITLE_ENDS.search(text))


def _continues(text: str) -> bool:
    return bool(re.match(r"^[A-Z]类", text) and _TITLE_ENDS.search(text))


def _kind(part: Part, vocabulary: Vocabulary) -> str:
    for word in vocabulary.forms:
        if part.title.replace(" ", "").endswith(word) or f"{word}(" in part.title:
            return "form"
    return "guide"
