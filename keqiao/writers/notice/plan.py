"""Ways of wording and numbering a notice. A plan is chosen by the caller; nothing here is left to chance."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

_LABELS = MappingProxyType(
    {
        "applicants": "申报对象",
        "conditions": "申报条件",
        "content": "项目简介",
        "targets": "项目内容与绩效",
        "money": "资金支持标准",
        "places": "立项数量",
        "completion": "完成时限",
        "term": "实施期限",
        "deadline": "申报时间",
        "filing": "申报方式",
        "materials": "申报材料",
        "preference": "优先条件",
        "spending": "经费支出范围",
        "contact": "联系方式",
        "requirements": "申报要求",
        "endorsement": "推荐程序",
        "limit": "申报要求",
    }
)


def _labels(**changed: str) -> Mapping[str, str]:
    return MappingProxyType({**_LABELS, **changed})


@dataclass(frozen=True, slots=True)
class Wording:
    """How things are said.

    ``labels`` names the slots. ``least`` … ``about`` word a threshold of a target out of ``{metric}``, ``{n}``
    and ``{unit}``; ``per_project``, ``at_most`` and ``between`` word money out of ``{amount}``, ``{low}``,
    ``{high}`` and ``{item}``. ``chinese_numbers`` writes small whole numbers as 两, 十五.
    """

    labels: Mapping[str, str] = field(default_factory=_labels)
    least: str = "{metric}不少于{n}{unit}"
    most: str = "{metric}不超过{n}{unit}"
    exactly: str = "{metric}{n}{unit}"
    about: str = "{metric}{n}{unit}左右"
    per_project: str = "{amount}/{item}"
    at_most: str = "每{item}不超过{amount}"
    between: str = "{low}—{high}/{item}"
    places: str = "共{n}{item}"
    limit: str = "每个单位限申报{n}{item}"
    chinese_numbers: bool = False


@dataclass(frozen=True, slots=True)
class Numbering:
    """How levels are marked.

    ``kinds`` are the kinds of mark from the top; ``classes`` is the kind for the first categories of a guide where
    they are counted in their own way (``第一类``). ``automatic``: Word counts. ``labels_marked``: labels get a mark.
    """

    kinds: tuple[str, ...] = ("一、", "（一）", "1.", "（1）", "①", "A.")
    classes: str = ""
    automatic: bool = False
    labels_marked: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """One way to write a notice.

    ``layout`` is ``outline`` (labels on lines of their own), ``table`` (what has no categories below it stands in
    a table) or ``run_in`` (labels follow one another behind the name). ``rules_listed`` gives each condition a
    line of its own.
    """

    name: str
    wording: Wording = field(default_factory=Wording)
    numbering: Numbering = field(default_factory=Numbering)
    layout: str = "outline"
    rules_listed: bool = False


_AFTER = Wording(
    labels=_labels(
        applicants="申报主体", conditions="推荐条件", targets="考核指标", money="资助标准", places="资助数量",
        completion="完成时间", deadline="申报截止时间", filing="报送方式", spending="经费使用范围",
        content="主要内容", term="实施周期",
    ),
    least="{metric}{n}{unit}以上",
    most="{metric}{n}{unit}以内",
    about="{metric}约{n}{unit}",
    per_project="每{item}资助{amount}",
    at_most="资助金额最高不超过{amount}/{item}",
    places="拟支持{n}{item}",
    limit="每个申报单位限报{n}{item}",
)  # fmt: skip
_CLASSES = Wording(
    labels=_labels(
        applicants="申报单位",
        targets="绩效目标",
        money="资助强度",
        places="立项数量",
        completion="结项时间",
        deadline="申报受理",
        filing="申报程序",
        term="实施期",
        content="支持内容",
        conditions="基本条件",
    ),
    least="{metric}不低于{n}{unit}",
    most="{metric}不多于{n}{unit}",
    per_project="每个项目支持{amount}",
    at_most="每个项目不超过{amount}",
    between="每个项目支持{low}至{high}",
    places="{n}{item}",
    limit="每个单位申报不超过{n}{item}",
)
_SYNONYMS = Wording(
    labels=_labels(
        applicants="面向对象", conditions="资格条件", targets="任务指标", money="补助标准", places="名额",
        completion="完成时限", deadline="报送时间", filing="报送要求", spending="资金用途", content="建设内容",
        preference="优先支持", contact="咨询电话", term="建设周期",
    ),
    least="{metric}至少{n}{unit}",
    most="{metric}最多{n}{unit}",
    per_project="补助标准为{amount}/{item}",
    places="拟遴选{n}{item}",
    limit="一个单位最多申报{n}{item}",
    chinese_numbers=True,
)  # fmt: skip

WAYS: Mapping[str, Plan] = MappingProxyType(
    {
        plan.name: plan
        for plan in (
            Plan("official", rules_listed=True),
            Plan("plain", _AFTER, Numbering(("1.", "（1）", "①", "A.", "1)"), labels_marked=False)),
            Plan("classes", _CLASSES, Numbering(classes="第一类")),
            Plan(
                "letters",
                _AFTER,
                Numbering(("一、", "1、", "（1）", "①", "1)"), classes="A类"),
                rules_listed=True,
            ),
            Plan("automatic", numbering=Numbering(automatic=True)),
            Plan("table", _CLASSES, layout="table"),
            Plan(
                "run_in",
                _AFTER,
                Numbering(("一、", "1、", "（1）", "①", "A."), labels_marked=False),
                layout="run_in",
            ),
            Plan("numerals", _SYNONYMS, Numbering(("一、", "（一）", "1、", "（1）", "①", "A."))),
        )
    }
)
"""The eight ways that ship; ``official`` is the one that offices use most."""
