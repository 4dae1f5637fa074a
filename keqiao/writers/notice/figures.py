"""Numbers, amounts, days and terms as a notice writes them."""

from datetime import date
from decimal import Decimal

from keqiao.core.money import exact_amount
from keqiao.core.money.amounts import FEN_PER_UNIT
from keqiao.core.programme.facts import PossibleDate
from keqiao.core.programme.funding import CeilingFunding, EnvelopeFunding, FixedFunding, Funding, RangeFunding
from keqiao.core.programme.schedule import Deadline, Term
from keqiao.writers.notice.numbering import chinese
from keqiao.writers.notice.plan import Wording

_ITEMS = {"project": "项", "category": "类", "unit": "家", "session": "场", "year": "年", "place": "名"}
_MOST_IN_CHINESE = 99
_WAN = 10_000


def figure(value: int | Decimal, wording: Wording, *, counted: bool = True) -> str:
    """A number in Arabic figures (whole tens of thousands as 2万), or small whole ones in Chinese characters.

    ``counted``: a unit of count follows, so that 2 is 两.
    """
    if wording.chinese_numbers and value == int(value) and 0 < value <= _MOST_IN_CHINESE:
        return "两" if counted and value == 2 else chinese(int(value))
    if value == int(value) and value >= _WAN and value % _WAN == 0:
        return f"{int(value) // _WAN}万"
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def day(on: PossibleDate) -> str:
    """``2031年4月30日``; a date with an unknown part shows it as x."""
    if isinstance(on, date):
        return f"{on.year}年{on.month}月{on.day}日"
    year, month, number = on.split("-")
    return f"{year}年{month.lstrip('0').replace('xx', 'x')}月{number.lstrip('0').replace('xx', 'x')}日"


def due(deadline: Deadline) -> str:
    """``2031年4月30日17:30前``; without an hour the whole day counts."""
    return f"{day(deadline.on)}{deadline.at:%H:%M}前" if deadline.at else f"{day(deadline.on)}前"


def span(term: Term) -> str:
    """``1年`` or ``18个月``, else the words of the document."""
    if term.months is None:
        return term.words or ""
    return f"{term.months // 12}年" if term.months % 12 == 0 else f"{term.months}个月"


def funding_words(funding: Funding, wording: Wording) -> str:
    """What a project gets and, where stated, the sum of all."""
    item = _ITEMS[getattr(funding, "per", "project")]
    match funding:
        case FixedFunding():
            said = wording.per_project.format(amount=exact_amount(funding.amount_fen), item=item)
        case RangeFunding():
            low, high = _in_one_unit(funding.min_fen, funding.max_fen)
            said = wording.between.format(low=low, high=high, item=item)
        case CeilingFunding():
            said = wording.at_most.format(amount=exact_amount(funding.max_fen), item=item)
        case EnvelopeFunding():
            return f"共{exact_amount(funding.total_fen)}"
        case _:
            return "本项不安排经费"
    return f"{said}，共{exact_amount(funding.total_fen)}" if funding.total_fen is not None else said


def _in_one_unit(low_fen: int, high_fen: int) -> tuple[str, str]:
    """``0.6`` and ``2.2万元``: both ends in the unit of the upper one, which is said once."""
    high = exact_amount(high_fen)
    unit = high.lstrip("0123456789.")
    low = (Decimal(low_fen) / FEN_PER_UNIT[unit]).normalize()
    return f"{low:f}", high
