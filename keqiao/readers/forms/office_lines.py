"""Recognises blanks inside lines of an office's form: what a gap is called, and what is written into it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from keqiao.core.forms.paper.gaps import BOXES, DAY, OPEN, SPAN, UNITS, Gap, gaps_in
from keqiao.readers.forms.expected import fold
from keqiao.readers.forms.office_kinds import kind_of, label_words, options_in

LONGEST: Final = 24  # characters of a label
LONGEST_BARE: Final = 12  # characters of a label without a colon behind it
DAY_LABEL: Final = "填报日期"
"""What a date is called that stands by itself."""

_BY_HAND: Final = re.compile(r"签\s*[字名章]|^(?:单位)?[公盖]\s*章$|意\s*见$")
_SIGNED: Final = re.compile(r"签\s*[字名章]|盖\s*章|公\s*章|承\s*诺")
_SEAL: Final = re.compile(r"[（(](?:单位)?(?:加?盖)?(?:单位)?公?章[)）]")
_NUMBERED: Final = re.compile(
    r"^(?:[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十\d]+[)）]|\d+[、.．])"
)
_SENTENCE: Final = re.compile(r"[，。；！？]")
_UNIT: Final = re.compile(rf"(?:{'|'.join(map(re.escape, UNITS))})$")


@dataclass(frozen=True, slots=True)
class Named:
    """A gap with its number in the words, and what a field there would be; no field where nobody types there."""

    number: int
    words: str
    about: dict[str, Any] | None
    is_by_hand: bool = False


def named_gaps(words: str, above: str = "") -> Iterator[Named]:
    """The gaps of these words with what they are for; ``above`` is the line above, which tells whose date it is."""
    gaps = gaps_in(words)
    for number, gap in enumerate(gaps):
        begin = max(gaps[number - 1].end if number else 0, words.rfind("\n", 0, gap.start) + 1)
        said = words[begin : gap.start].strip()
        label = _label(said)
        signs = _BY_HAND.search(label) or (gap.kind == DAY and not label and _SIGNED.search(words + above))
        if signs:
            yield Named(number, said, None, is_by_hand=True)
        elif _is_name(said, label, gap, words[begin:]):
            yield Named(number, said, {"label": label or DAY_LABEL, **_kind(label, gap, words)})
        else:
            yield Named(number, said, None)


def named_in_cell(words: str) -> tuple[Named, ...]:
    """The gaps of a cell that is neither a label nor a blank as a whole: those with labels of their own."""
    gaps = gaps_in(words)
    closed = (gap.kind != OPEN or words[gap.end :].strip() for gap in gaps)
    if not gaps or not all(closed) or _SIGNED.search(words):
        return ()
    found = tuple(named_gaps(words))
    return found if all(each.about and fold(each.words) for each in found) else ()


def _label(said: str) -> str:
    """The words before a gap as a label: without number, colon and the note that a seal is put there."""
    return label_words(_NUMBERED.sub("", _SEAL.sub("", fold(said))))


def _is_name(said: str, label: str, gap: Gap, rest: str) -> bool:
    """Do these words name what comes? A colon says so; without one a few words alone on a line, the gap behind them."""
    if _SENTENCE.search(label):
        return False
    if said.endswith((":", "：")):
        return 0 < len(label) <= LONGEST
    is_alone = (
        not rest.partition("\n")[0].strip(" \t\u3000\xa0_＿").removeprefix(said).strip(" \t\u3000\xa0_＿")
    )
    return len(label) <= LONGEST_BARE and (gap.kind == DAY or (bool(label) and is_alone))


def _kind(label: str, gap: Gap, words: str) -> dict[str, Any]:
    room = words[gap.start : gap.end]
    if gap.kind == DAY:
        return {"kind": "date", "precision": "day" if "日" in room else "month"}
    if gap.kind == SPAN:
        return {"kind": "period", "precision": "day" if "日" in room else "month"}
    if gap.kind == BOXES:
        return {"kind": "choice", "options": options_in(room)}
    unit = _UNIT.search(room.strip())
    return kind_of(f"{label}（{unit[0]}）" if unit else label, "")
