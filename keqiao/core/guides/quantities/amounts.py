"""Amounts of money: ``10万元/项``, ``5-10万元/个``, ``每个项目15万元``, ``不超过3000元``, ``（200万元）``."""

import re
from dataclasses import dataclass
from decimal import Decimal

from keqiao.core.guides.numerals import CHINESE, NUMBER, number

_AMOUNT = re.compile(
    rf"(?P<ceiling>不(?:得)?超过?|不高于|最高(?:不超过)?|上限(?:为|是)?|至多|最多)?(?P<floor>不(?:得)?(?:少于|低于)|至少)?"
    rf"(?P<about>约|大约)?(?:人民币)?(?<![\d.])(?!(?<=[{CHINESE}])[{CHINESE}])(?P<low>{NUMBER})(?P<lowscale>[百千万亿]{{0,2}})(?P<lowyuan>元?)"
    rf"(?:(?:-|至|到)(?P<high>{NUMBER})(?P<highscale>[百千万亿]{{0,2}}))?"
    rf"(?P<yuan>元|(?<=万)(?!元|人|家|册|件|次|字|篇|条|户|亩|平|m|名|份|场))(?:人民币)?(?P<within>以内|以下|左右)?"
    rf"(?:/(?P<slash>课题|项目|[\u4e00-\u9fff](?:·年)?))?"
)
_PER_BEFORE = re.compile(
    r"(?:(?:每|各)(?P<of>个?(?:项目|课题|基地|单位|项|个|人|家|所|场|名|篇|题|届|期|站|社区|学会|企业|村|县|支队伍|部|队|沙龙|论坛)[^,;:。、\d]{0,10}?)"
    r"|(?P<single>单个项目|单项)[^,;:。、\d]{0,6}?|按(?P<rate>[^,;:。、\d]{0,6}标准)),?[^,;:。、\d]{0,12}$"
)
_TOTAL_BEFORE = re.compile(
    r"(?:共|合计|总计|总额|总经费|总预算|总金额|资金总量|经费总额|安排)(?:经费|资金|专项)?(?:约|为|共|:)?$"
)
_EXCLUDED = re.compile(r"产值|销售|注册资本|净资产|营业|收入|罚款|投资|门票|合同额|利润|税")


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of money at ``text[start:end]``, in fen; a range has ``high_fen`` different from ``low_fen``.

    ``ceiling`` and ``floor`` tell that the words only limit it; ``per`` is what it is paid for (``项``), empty where
    the words do not say.
    """

    start: int
    end: int
    low_fen: int
    high_fen: int
    per: str = ""
    ceiling: bool = False
    floor: bool = False
    total: bool = False


def read_amounts(text: str) -> list[Amount]:
    """Return the amounts in ``text`` in order; output value, capital, fees and the like are not funding."""
    return [amount for match in _AMOUNT.finditer(text) if (amount := _amount(match, text)) is not None]


def _amount(match: re.Match[str], text: str) -> Amount | None:
    unit = match["highscale"] or match["lowscale"]
    lends = match["high"] and not match["lowyuan"] and not re.search("[百千]", match["low"])
    borrowed = (match["highscale"] or "") if lends else ""
    low = number(match["low"], match["lowscale"] or borrowed)
    high = number(match["high"], unit) if match["high"] else low
    if low is None or high is None or _EXCLUDED.search(text[max(0, match.start() - 10) : match.start()]):
        return None
    before = text[: match.start()]
    clause = re.split(r"[;。]", before)[-1]
    return Amount(
        start=match.start(),
        end=match.end(),
        low_fen=_fen(low),
        high_fen=_fen(high),
        per=match["slash"] or _per(clause),
        ceiling=bool(match["ceiling"] or match["within"] in ("以内", "以下")),
        floor=bool(match["floor"]),
        total=bool(_TOTAL_BEFORE.search(clause)),
    )


def _per(clause: str) -> str:
    if found := _PER_BEFORE.search(clause):
        return found["of"] or found["single"] or "项"
    return ""


def _fen(value: Decimal) -> int:
    return int(value * 100)
