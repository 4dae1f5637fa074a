"""Words that nothing took up, and that may still ask for something."""

import re

from keqiao.core.guides.amendments.wordings import ADDS, REMOVES
from keqiao.core.guides.quantities.counts import masked

_NUMBER = re.compile(r"\d|[一二两三四五六七八九十百千]{1,8}(?=[项名家篇份场期条幅册周天](?!目))")
_IDLE = re.compile(
    r"第[一二三四五六七八九十\d]{1,6}[届次批类条章项款]|\d{4}年度?|附件?\s{0,4}\d{1,4}|[“《][^”》]{0,40}[”》]"
)
_LATE = re.compile(r"逾期|过期|不予受理|以邮戳为准")
"""What every notice adds to a deadline."""


def has_number(text: str) -> bool:
    """Tell whether a number stands in ``text``, years, names and the counting of papers left out."""
    return bool(_NUMBER.search(_IDLE.sub("", masked(text))))


def may_ask_for_more(text: str) -> bool:
    """Tell whether the words behind the last change of a sentence may ask for something themselves."""
    return bool(REMOVES.search(text) or ADDS.search(text) or (has_number(text) and not _LATE.search(text)))
