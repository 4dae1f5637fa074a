"""What a line begins with: a list mark, a label, a title, content behind it."""

import re
from dataclasses import dataclass

from keqiao.core.guides.lines import Line, Piece
from keqiao.core.guides.numerals import number
from keqiao.core.guides.vocabulary import Vocabulary

_CN = "[一二三四五六七八九十百]{1,5}"
_FORMAL = "[壹贰叁肆伍陆柒捌玖拾]{1,3}"
_DECIMAL = r"\d{1,2}(?:\.\d{1,2})?"
_WORDS = "专项|方向|板块|模块|专题|领域|单元|子项目|类别|任务"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
MARKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "第N",
        re.compile(rf"第(?P<n>{_CN}|\d+)(?P<word>条|章|节|部分|类|批)(?:[、:. ]+|(?=[“《\u4e00-\u9fff]))"),
    ),
    (
        "专项一",
        re.compile(
            rf"(?P<word>{_WORDS})(?P<n>{_CN}|{_DECIMAL})(?:[ 、:.]+|(?=[“《])|(?<=\d)(?=[\u4e00-\u9fff]))"
        ),
    ),
    ("壹、", re.compile(rf"(?P<n>{_FORMAL})[、.:]")),
    ("【】", re.compile(r"【(?P<n>(?=))(?=[^【】]{2,20}】)")),
    (
        "1.1",
        re.compile(r"\d{1,2}\.(?P<n>\d{1,2})(?:\.\d{1,2})?[.、 ]?(?=[“《\u4e00-\u9fff])(?![万亿元倍米])"),
    ),
    ("（一）", re.compile(rf"[(](?P<n>{_CN})[)][、.]?")),
    ("一、", re.compile(rf"(?P<n>{_CN})(?:、| (?=[\u4e00-\u9fff]{{2,20}}$)|[.,](?!\d))")),
    ("（1）", re.compile(r"[(](?P<n>\d{1,2})[)][、.]?")),
    ("1.", re.compile(r"(?P<n>\d{1,2})\.(?=(?:19|20)\d\d年)|(?P<m>\d{1,2})\.(?!\d)")),
    ("1、", re.compile(r"(?P<n>\d{1,2})、")),
    ("1)", re.compile(r"(?P<n>\d{1,2})[)][、.]?")),
    ("①", re.compile(rf"(?P<n>[{_CIRCLED}])[、.]?")),
    ("A类", re.compile(r"(?P<n>[A-Z])(?:类|[.、])[:、.]?(?=.)")),
)
_AMOUNT_BEHIND = re.compile(r"不超过|最高|每[个项人家所]|共\d|\d{1,12}(?:\.\d{1,4})?(?:-\d|万|元|[个项名家])")
_TITLE_END = re.compile(r"[,;。:]")
_ASIDE = re.compile(r"[(（][^()（）]*(?:[万亿]?元|完成|\d+[月日]前)[^()（）]*[)）]\s*$")


@dataclass(frozen=True, slots=True)
class Mark:
    """A list mark at the start of a line: its kind, its number, the words as printed, where it ends."""

    kind: str
    ordinal: int
    printed: str
    end: int


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a line.

    ``slots`` are the slots its label opens, in order (empty: no label); ``prefix`` is a name before the label
    (``全域科普试点`` in ``全域科普试点项目内容与绩效：``). ``title`` is the heading, ``content`` what follows it.
    """

    mark: Mark | None
    slots: tuple[str, ...]
    prefix: str
    title: Piece | None
    content: Piece | None
    colon: bool = False


def read_mark(text: str) -> Mark | None:
    """Return the list mark that ``text`` begins with, or None."""
    for kind, pattern in MARKS:
        if match := pattern.match(text):
            groups = match.groupdict()
            words = groups["n"] or groups.get("m") or ""
            return Mark(kind + (groups.get("word") or ""), _ordinal(words), match.group(), match.end())
    return None


def _ordinal(words: str) -> int:
    if not words:
        return 0
    if words in _CIRCLED:
        return _CIRCLED.index(words) + 1
    words = words.rpartition(".")[2]
    if words.isascii() and words.isalpha():
        return ord(words) - ord("A") + 1
    return int(number(words) or 0)


def read_heads(line: Line, vocabulary: Vocabulary) -> list[Head]:
    """Split a line into heads: one, or several where labels follow one another on the line.

    ``大讲堂  申报主体：…。考核指标：…。资助标准：…`` is a heading and three labels.
    """
    starts = [match.start("label") for match in vocabulary.inline_labels.finditer(line.text)]
    if len(starts) < 2:
        return [read_head(line, vocabulary)]
    heads = [read_head(line, vocabulary, stop=starts[0])] if starts[0] > 0 else []
    for start, stop in zip(starts, [*starts[1:], len(line.text)], strict=True):
        label = _label(line.text[:stop], start, vocabulary, marked=False)
        if label is None:
            continue
        slots, prefix, end, colon = label
        content = line.piece(end, stop).stripped()
        heads.append(Head(None, slots, prefix, line.piece(start, end).stripped(), content, colon))
    return heads


def read_head(line: Line, vocabulary: Vocabulary, stop: int | None = None) -> Head:
    """Split a line (up to ``stop``) into mark, label or title, and content."""
    text = line.text[:stop]
    mark = read_mark(text)
    start = mark.end if mark else 0
    if mark and mark.kind == "【】":
        text = text.replace("】", ":", 1)
    while start < len(text) and text[start] == " ":
        start += 1
    if label := _label(text, start, vocabulary, marked=mark is not None):
        slots, prefix, end, colon = label
        content = line.piece(end, len(text)).stripped() if end < len(text) else None
        title = line.piece(start, end).stripped()
        return Head(mark, slots, prefix, title, content if content and content.text else None, colon)
    return _titled(line, start, mark, text, vocabulary)


def _label(
    text: str, start: int, vocabulary: Vocabulary, *, marked: bool
) -> tuple[tuple[str, ...], str, int, bool] | None:
    """Find a label at ``start``: whole line, or with a colon, or (marked lines) running on without one."""
    space = text.find(" ", start, start + 14)
    if space > start and (slot := vocabulary.slot_of_label.get(text[start:space])) and len(text) > space + 4:
        return (slot,), "", space + 1, True  # a space stands where the colon should
    opening = vocabulary.label_pattern.match(text, start)
    if (
        opening
        and _AMOUNT_BEHIND.match(text, opening.end())
        and {"money", "places"} & set(_slots(opening, vocabulary))
    ):
        return _slots(opening, vocabulary), "", opening.end(), True  # 经费支持10万元/项: nothing stands there
    end = _TITLE_END.search(_hide_brackets(text), start)
    stop = end.start() if end else len(text)
    colon = end is not None and end.group() == ":"
    head = text[start:stop] if end is None or end.group() in ":。" else ""
    if (match := _labels_at_end(head, vocabulary)) and stop - start <= 40:
        prefix = head[: match.start()]
        if not prefix or (colon and len(prefix) <= 20 and not vocabulary.is_section(head)):
            return _slots(match, vocabulary), prefix, min(stop + 1, len(text)), colon
    if marked and len(head) <= 12 and (slot := vocabulary.slot_of_suffix(head)):
        return (slot,), "", min(stop + 1, len(text)), colon
    match = vocabulary.label_pattern.match(text, start) if marked else None
    if match and len(match.group()) >= 6 and text[match.end() : match.end() + 1] not in (*"的为和、", ""):
        return _slots(match, vocabulary), "", match.end(), False  # the colon behind the label was forgotten
    return None


def _labels_at_end(head: str, vocabulary: Vocabulary) -> re.Match[str] | None:
    for match in vocabulary.label_pattern.finditer(head):
        rest = head[match.end() :]
        if not rest or rest in ("如下", "要求", "为", "是", "标准", "等"):
            return match
    return None


def _slots(match: re.Match[str], vocabulary: Vocabulary) -> tuple[str, ...]:
    words = (match["first"], match["second"], match["third"])
    return tuple(dict.fromkeys(vocabulary.slot_of_label[word] for word in words if word))


def _titled(line: Line, start: int, mark: Mark | None, text: str, vocabulary: Vocabulary) -> Head:
    space = text.find(" ", start)
    if 0 < space - start <= 12 and (words := text[start:space]) and len(text) > space + 12:
        slot = vocabulary.slot_of_label.get(words)
        if slot or vocabulary.is_section(words):
            content = line.piece(space, len(text)).stripped()
            return Head(mark, (slot,) if slot else (), "", line.piece(start, space), content, colon=True)
    end = _TITLE_END.search(_hide_brackets(text), start)
    if end is None:
        whole = line.piece(start, len(text)).stripped()
        short = len(whole.text) <= 60
        return Head(mark, (), "", whole if short else None, None if short else whole)
    stop, limit = end.start(), 40 if end.group() == ":" else 30
    if end.group() in ":。" and 0 < stop - start <= limit and end.end() < len(text.rstrip()):
        content = line.piece(end.end(), len(text)).stripped()
        return Head(mark, (), "", line.piece(start, stop).stripped(), content, end.group() == ":")
    if end.end() == len(text.rstrip()) and end.group() in ":。" and stop - start <= 40:
        return Head(mark, (), "", line.piece(start, stop).stripped(), None, end.group() == ":")
    return Head(mark, (), "", None, line.piece(start, len(text)))


def _hide_brackets(text: str) -> str:
    """Blank out what stands in brackets and quotes: stops in there end no title. Same length."""
    return re.sub(r"\([^()]*\)|“[^“”]*”|《[^《》]*》", lambda m: "\u00b7" * len(m.group()), text)


def bare_name(title: str) -> str:
    """Return a title without the aside behind it (``（50万元）``, ``（2022年10月30日前完成）``)."""
    return _ASIDE.sub("", title.strip()).strip(" 　:：")
