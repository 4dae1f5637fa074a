"""Which kind of field the words of a label, and of the hint in its blank, speak of."""

import re
from typing import Any, Final

from keqiao.readers.forms.expected import fold

LONG_TEXT_FROM: Final = 60  # characters that may be written: from here on in paragraphs
SEALED: Final = re.compile(r"盖\s*章|公\s*章|签\s*[字名]")
_LIMIT: Final = re.compile(r"(\d{2,5})\s*字\s*(?:以内|左右|内)|(?:不超过|限)\s*(\d{2,5})\s*字")
_LIMITED: Final = re.compile(r"[（(][^（()）]*\d{2,5}字[^（()）]*[)）]$")
_BOX: Final = re.compile(r"[□☐]\s*([^□☐\s（(]+)")
_BRACKETS: Final = re.compile(r"([^\s（()）、]+)\s*[（(]\s*[)）]")
_UNIT: Final = re.compile(r"[（(](万元|元|人|次|个|场|%)[)）]")


def options_in(text: str) -> list[str]:
    """The options to tick in these words; nothing where there are not several."""
    boxes = _BOX.findall(text) or _BRACKETS.findall(text)
    return list(dict.fromkeys(boxes)) if len(boxes) > 1 else []


def kind_of(label: str, hint: str) -> dict[str, Any]:
    """What kind of field the words of the label and of the hint speak of."""
    if options := options_in(hint):
        return {"kind": "choice", "options": options}
    limit = _LIMIT.search(hint) or _LIMIT.search(label)
    if limit is None:
        return (
            _short(fold(label)) if not hint.strip() or set(fold(hint)) <= set("年月日_") else _explained(hint)
        )
    most = int(limit[1] or limit[2])
    return {"kind": "long_text" if most >= LONG_TEXT_FROM else "text", "max_chars": most, **_help(hint)}


def _short(label: str) -> dict[str, Any]:
    unit = _UNIT.search(label)
    if re.search(r"金额|经费|资金|费用", label):
        return {"kind": "money", "unit": unit[1] if unit and "元" in unit[1] else "元"}
    if re.search(r"起止|期限|周期", label):
        return {"kind": "period", "precision": "month"}
    if re.search(r"日期|时间|年月", label):
        return {"kind": "date", "precision": "month" if "年月" in label else "day"}
    if unit or re.search(r"人数|数量|次数|场次|面积", label):
        return {
            "kind": "number",
            "decimals": 2,
            **({"unit": unit[1]} if unit and "元" not in unit[1] else {}),
        }
    return {"kind": "text"}


def _explained(hint: str) -> dict[str, Any]:
    return {"kind": "long_text", **_help(hint)}


def _help(hint: str) -> dict[str, str]:
    said = " ".join(hint.split()).strip("（）()")
    return {"help": said} if said else {}


def column_kind(head: str) -> dict[str, Any]:
    """The kind of a column below this head; nothing where it takes words."""
    kind = _short(fold(head))
    return kind if kind["kind"] in ("money", "number", "date") else {}


def label_words(text: str) -> str:
    """The words of a label, without how much may be written."""
    said = "".join(text.split())
    return _LIMITED.sub("", said) or said
