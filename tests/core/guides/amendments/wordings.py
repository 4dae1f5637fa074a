"""Notices worded from a known change of a programme, as offices word them: what a reading has to give back.

Written from the kinds of wording that were met, not from the reader's patterns.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from keqiao.core.guides.blocks import Paragraph, Place, SourceDocument
from keqiao.core.programme.amending.asked import Moment, Money, Number, Said, Subject, Words
from keqiao.core.programme.amending.spots import NodeInfo, Spot, nodes_of, spots_of
from keqiao.core.programme.types import Programme

HEAD = (
    "三门峡市科学技术协会",
    "关于《关于组织申报2023年度项目的通知》有关事项的更正通知",
    "各县（市、区）科协，各有关单位：",
    "《关于组织申报2023年度项目的通知》印发后，根据工作需要，现将有关事项通知如下：",
)
FOOT = ("其他事项不变，仍按原通知执行。", "三门峡市科学技术协会", "2023年4月20日")


@dataclass(frozen=True)
class Worded:
    """A change, and a sentence that asks for it."""

    spot: Spot
    after: Said
    sentence: str


def document(*sentences: str, head: tuple[str, ...] = HEAD, foot: tuple[str, ...] = FOOT) -> SourceDocument:
    """A notice with these sentences."""
    lines = [*head, *sentences, *foot]
    blocks = tuple(Paragraph(text, Place(n, line=n + 1)) for n, text in enumerate(lines))
    return SourceDocument("更正通知.txt", "txt", blocks)


def changes(programme: Programme, random: Random, count: int) -> Iterator[Worded]:
    """Yield ``count`` random changes of values of ``programme``, each in one of several wordings."""
    nodes = {node.identifier: node for node in nodes_of(programme)}
    spots = [spot for spot in spots_of(programme) if spot.subject in _WORDINGS and not spot.stage]
    for _ in range(count):
        spot = random.choice(spots)
        after = _other(spot.said, random)
        name = _name(nodes[spot.address.node], random)
        template = random.choice(_WORDINGS[spot.subject])
        yield Worded(spot, after, template(Wording(spot, name, spot.said, after)))


@dataclass(frozen=True)
class Wording:
    """What a wording is made from: the part by its name (empty for the whole call), the values before and after."""

    spot: Spot
    name: str
    before: Said
    after: Said

    @property
    def old(self) -> str:
        """The value before, as offices write it."""
        return _written(self.before)

    @property
    def new(self) -> str:
        """The value after."""
        return _written(self.after)

    @property
    def label(self) -> str:
        """What the call calls it."""
        return self.spot.label


def _name(node: NodeInfo, random: Random) -> str:
    if not node.name:
        return ""
    plain = node.name.removesuffix("项目")
    return random.choice(
        (f"{plain}项目", f"{node.name}", f"“{plain}”项目" if "“" not in plain else f"{plain}项目")
    )


def _other(said: Said, random: Random) -> Said:
    if isinstance(said, Moment):
        return Moment(said.on + timedelta(days=random.randrange(1, 60)))
    if isinstance(said, Money):
        more = random.choice((1, 2, 3, 5)) * 1_000_000
        return Money(said.low_fen + more, said.high_fen + more, said.ceiling)
    if isinstance(said, Number):
        more = Decimal(random.randrange(1, 6))
        return Number(said.value + more, said.unit, None if said.high is None else said.high + more)
    assert isinstance(said, Words)
    if "@" in said.text:
        return Words(f"new{random.randrange(100)}@126.com")
    return Words(f"0398-31{random.randrange(10_000, 99_999)}")


def _written(said: Said) -> str:
    if isinstance(said, Moment):
        return _day(said.on)
    if isinstance(said, Money):
        low, high = Decimal(said.low_fen) / 1_000_000, Decimal(said.high_fen) / 1_000_000
        return f"{low.normalize():f}万元" if low == high else f"{low.normalize():f}-{high.normalize():f}万元"
    if isinstance(said, Number):
        high = "" if said.high is None else f"-{said.high}"
        return f"{said.value}{high}{said.unit or '个'}"
    assert isinstance(said, Words)
    return said.text


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


_WORDINGS: dict[Subject, tuple[Callable[[Wording], str], ...]] = {
    Subject.DEADLINE: (
        lambda w: f"{w.name}申报截止时间由{w.old}延长至{w.new}。",
        lambda w: f"经研究，决定将{w.name}申报截止日期延长到{w.new}。",
        lambda w: f"{w.name}申报材料报送时间顺延至{w.new}，逾期不予受理。",
        lambda w: f"{w.name}原定于{w.old}截止的申报时间推迟至{w.new}。",
        lambda w: f"{w.name}申报期限调整为{w.new}前。",
        lambda w: f"{w.name}的“申报截止时间为{w.old}”更正为“申报截止时间为{w.new}”。",
    ),
    Subject.COMPLETION: (
        lambda w: f"{w.name}完成时间由{w.old}调整为{w.new}。",
        lambda w: f"{w.name}项目完成时限延长至{w.new}。",
    ),
    Subject.FUNDING: (
        lambda w: f"{w.name}资助标准由{w.old}/项调整为{w.new}/项。",
        lambda w: f"将{w.name}支持经费更正为每项{w.new}。",
        lambda w: f"{w.name}“资金支持标准：{w.old}/项”应为“资金支持标准：{w.new}/项”。",
        lambda w: f"{w.name}资助额度由原来的{w.old}提高到{w.new}。",
        lambda w: f"通知第二部分{w.name}中“{w.old}”更正为“{w.new}”。",
    ),
    Subject.TOTAL: (
        lambda w: f"{w.name}总经费由{w.old}调整为{w.new}。",
        lambda w: f"{w.name}经费总额变更为{w.new}。",
    ),
    Subject.PLACES: (
        lambda w: f"{w.name}立项数量由{w.old}调整为{w.new}。",
        lambda w: f"{w.name}资助名额增加到{w.new}。",
        lambda w: f"将{w.name}项目数量“{w.old}”改为“{w.new}”。",
    ),
    Subject.LIMIT: (
        lambda w: f"{w.name}每个单位限报数量由{w.old}调整为{w.new}。",
        lambda w: f"{w.name}“每个单位限报{w.old}”更正为“每个单位限报{w.new}”。",
    ),
    Subject.TARGET: (
        lambda w: f"{w.name}的“{w.label}不少于{w.old}”更正为“{w.label}不少于{w.new}”。",
        lambda w: f"{w.name}{w.label}由{w.old}调整为{w.new}。",
    ),
    Subject.PHONE: (
        lambda w: f"{w.label}联系电话由{w.old}更正为{w.new}。",
        lambda w: f"联系电话“{w.old}”有误，应为“{w.new}”。",
    ),
    Subject.EMAIL: (
        lambda w: f"{w.label or w.name}电子邮箱由{w.old}变更为{w.new}。",
        lambda w: f"电子邮箱“{w.old}”更正为“{w.new}”。",
    ),
    Subject.COPIES: (lambda w: f"{w.name}{w.label}纸质申报材料份数由{w.old}调整为{w.new}。",),
}
"""By subject, how offices word such a change."""
