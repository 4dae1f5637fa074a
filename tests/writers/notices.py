"""Random definitions as offices could have made them, and the facts that a notice has to preserve.

``calls()`` draws a call with tracks or without, with a guide attached or in the notice, up to three levels deep.
Metrics, units, kinds and roles are words of the field; nothing is taken from a document.
"""

from collections import Counter
from datetime import date, time, timedelta

from hypothesis import strategies as st
from pydantic import TypeAdapter

from keqiao.core.programme import Category, Programme, Track
from keqiao.core.programme.filing import Filing
from keqiao.core.programme.funding import (
    CeilingFunding,
    EnvelopeFunding,
    FixedFunding,
    Places,
    RangeFunding,
    UnitLimit,
)
from keqiao.core.programme.parties import Applicants, Office
from keqiao.core.programme.rules import AnyRule
from keqiao.core.programme.schedule import Day, Deadline, Term
from keqiao.core.programme.targets import Target
from keqiao.core.programme.types import Attachment

RULE = TypeAdapter(AnyRule)
WAN = 1_000_000  # fen

REGIONS = ("江州市", "云岭市", "松河县", "海宁区", "东河省")
FIELDS = (
    "基层科普",
    "学术交流",
    "科技服务",
    "企业创新",
    "乡村振兴",
    "青少年科学教育",
    "科技智库",
    "人才成长",
    "“科创江河”",
)
FORMS = (
    "示范社区",
    "服务站",
    "协同创新平台",
    "品牌活动",
    "专家工作室",
    "论坛",
    "能力提升计划",
    "特色基地",
    "志愿服务行动",
    "创作中心",
)
KINDS = (
    "市级学会",
    "高校科协",
    "企业科协",
    "科普教育基地",
    "医疗卫生机构科协",
    "农技协",
    "科研院所",
    "志愿服务组织",
    "中小学校",
    "科技馆",
)
COUNTED = (
    ("科普讲座", "场"), ("专家咨询活动", "次"), ("科普短视频", "部"), ("调研报告", "篇"), ("受益群众", "人次"),
    ("科技志愿者", "人"), ("服务企业", "家"), ("科普挂图", "幅"), ("技术需求", "项"), ("媒体报道", "次"),
    ("学术论坛", "期"), ("专题培训班", "期"), ("参会人员", "人"), ("典型案例", "个"), ("决策建议", "份"),
)  # fmt: skip
EACH = (
    ("参加人数", "人", "每场"),
    ("活动时长", "小时", "每次"),
    ("科普沙龙", "次", "每月"),
    ("工作简报", "期", "每季度"),
    ("作品时长", "分钟", "每部"),
    ("科技下乡活动", "场", "每县"),
)
SHARES = ("服务对象满意度", "科普活动覆盖率", "注册志愿者占常住人口", "科普设施占行政村总数")
PARTS = {
    "场": "农村专场",
    "次": "进校园服务",
    "部": "竖版作品",
    "篇": "专项研究",
    "期": "线上专题",
    "人": "青年骨干",
}
SCOPES = ("全年", "项目实施期内", "年度内")
DEPARTMENTS = ("科普部", "学会部", "办公室", "企业创新部", "组织人事部")
PEOPLE = ("王敏", "李国强", "赵晓宁", "孙立", "周文博")


@st.composite
def calls(draw):
    """A call whose notice can say all it holds."""
    year = draw(st.integers(2022, 2030))
    issued = date(year, draw(st.integers(1, 6)), draw(st.integers(1, 28)))
    region = draw(st.sampled_from(REGIONS))
    offices = tuple(draw(office(n)) for n in range(1, draw(st.integers(1, 3)) + 1))
    tops = draw(tree("c", levels=draw(st.integers(1, 3)), issued=issued, used=set()))
    tracked = draw(st.booleans())
    parts = draw(with_tracks(tops, issued, offices) if tracked else without_tracks(tops, issued, year))
    return Programme(
        id="call",
        title=f"关于组织申报{year}年度科技创新与科普项目的通知",
        year=year,
        region=region,
        issuers=draw(
            st.sampled_from(((f"{region}科学技术协会",), (f"{region}科学技术协会", f"{region}财政局")))
        ),
        addressees=("各县（市、区）科协", "各市级学会", "各有关单位"),
        document_number=draw(st.none() | st.just(f"江科协发〔{year}〕{draw(st.integers(1, 60))}号")),
        issue_date=issued,
        office_list=offices,
        rules=draw(rules_of("p", GENERAL, most=5)),
        **parts,
    )


@st.composite
def office(draw, number):
    """An office with telephones that no other has."""
    area, local = draw(st.integers(311, 998)), draw(st.integers(200_000, 899_999))
    phones = (f"0{area}-{number}{local}",) + draw(st.sampled_from(((), (f"139{number}{local}1",))))
    return Office(
        id=f"office-{number}",
        department=DEPARTMENTS[number - 1],
        name=draw(st.none() | st.sampled_from(PEOPLE)),
        phones=phones,
        emails=draw(st.sampled_from(((), (f"bgs{number}@example.org",)))),
        address=draw(st.none() | st.just("江州市文昌路18号科技大厦6楼")),
    )


@st.composite
def with_tracks(draw, tops, issued, offices):
    """Each top category is filed on its own, with its guide attached or in the notice."""
    tracks, categories, attachments = [], [], []
    for number, top in enumerate(tops, start=1):
        attached = bool(top.categories) and draw(st.booleans())
        title = f"{top.name}申报指南"
        attachments += [Attachment(title=title)] if attached else []
        tracks.append(
            Track(
                id=f"track-{number}",
                name=top.name,
                guide=title if attached else None,
                deadline=draw(deadlines(issued)),
                filing=draw(filings(number)),
                offices=(offices[number % len(offices)].id,) if draw(st.booleans()) else (),
            )
        )
        categories.append(top.model_copy(update={"track": f"track-{number}"}))
    return {"tracks": tuple(tracks), "categories": tuple(categories), "attachments": tuple(attachments)}


@st.composite
def without_tracks(draw, tops, issued, year):
    """One deadline for all; the guide is the first attachment or stands in the notice."""
    guide = (Attachment(title=f"{year}年度项目申报指南"),) if draw(st.booleans()) else ()
    return {
        "categories": tops,
        "attachments": (*guide, Attachment(title="项目申报书"), Attachment(title="项目汇总表")),
        "deadline": draw(deadlines(issued)),
        "filing": draw(filings(0)),
        "applicants": draw(st.none() | applicants),
    }


@st.composite
def deadlines(draw, issued):
    """A day after the date of issue, sometimes with an hour."""
    at = draw(st.none() | st.sampled_from((time(12), time(17, 30), time(18))))
    return Deadline(on=issued + timedelta(days=draw(st.integers(10, 80))), at=at)


@st.composite
def filings(draw, number):
    """Paper or not, by hand, by post, by mail, by a system."""
    ways = draw(st.sampled_from((("paper", "onsite", "post"), ("paper", "post", "email"), ("paper", "email"),
                                 ("paper", "onsite"), ("system", "paper", "onsite"))))  # fmt: skip
    return Filing(
        copies=draw(st.integers(1, 8)),
        channels=ways,
        stamped=draw(st.booleans()),
        paper_size=draw(st.sampled_from((None, "A4"))),
        to=("市科协科普部",) if draw(st.booleans()) else (),
        email=f"sb{number}@example.cn" if "email" in ways else None,
    )


applicants = st.builds(
    Applicants, kinds=st.lists(st.sampled_from(KINDS), min_size=1, max_size=4, unique=True).map(tuple)
)


@st.composite
def tree(draw, prefix, *, levels, issued, used):
    """Sibling categories and what stands below them; no name occurs twice in the call."""
    found = []
    for number in range(1, draw(st.integers(2 if prefix == "c" else 1, 3)) + 1):
        identifier = f"{prefix}{number}" if prefix == "c" else f"{prefix}.{number}"
        name = draw(
            st.builds("{}{}".format, st.sampled_from(FIELDS), st.sampled_from(FORMS)).filter(
                lambda n: n not in used
            )
        )
        used.add(name)
        inner = levels > 1 and draw(st.booleans())
        below = draw(tree(identifier, levels=levels - 1, issued=issued, used=used)) if inner else ()
        made = draw(parent(identifier, name, below) if below else leaf(identifier, name, issued))
        found.append(made)
    return tuple(found)


@st.composite
def parent(draw, identifier, name, below):
    """A node that holds others: a name, perhaps a sum, applicants for all, rules."""
    money = draw(
        st.none()
        | st.builds(
            EnvelopeFunding, kind=st.just("envelope"), total_fen=st.integers(50, 500).map(WAN.__mul__)
        )
    )
    return Category(
        id=identifier, name=name, categories=below, funding=money,
        applicants=draw(st.none() | applicants),
        rules=draw(rules_of(identifier, CONDITIONS, most=2)),
    )  # fmt: skip


@st.composite
def leaf(draw, identifier, name, issued):
    """What can be applied for."""
    completion = st.builds(Day, on=st.integers(120, 700).map(lambda days: issued + timedelta(days=days)))
    return Category(
        id=identifier,
        name=name,
        applicants=draw(applicants),
        rules=draw(rules_of(identifier, CONDITIONS, most=3)),
        targets=draw(targets(identifier)),
        funding=draw(st.none() | money()),
        places=draw(st.none() | places()),
        per_unit_limit=draw(st.none() | st.builds(UnitLimit, max=st.integers(1, 3))),
        completion=draw(st.none() | completion),
        term=draw(st.none() | st.builds(Term, months=st.sampled_from((6, 12, 18, 24, 36)))),
    )


@st.composite
def money(draw):
    """What a project gets, in whole units of 1,000 yuan; a sum for all now and then."""
    step = draw(st.sampled_from((WAN // 10, WAN // 2, WAN)))
    low = draw(st.integers(1, 30)) * step
    total = draw(st.none() | st.integers(10, 20).map(lambda n: n * low * 4))
    match draw(st.sampled_from(("fixed", "fixed", "range", "ceiling"))):
        case "fixed":
            return FixedFunding(kind="fixed", amount_fen=low, total_fen=total)
        case "range":
            high = low + draw(st.integers(1, 20)) * step
            return RangeFunding(
                kind="range", min_fen=low, max_fen=high, total_fen=total and total + high * 20
            )
        case _:
            return CeilingFunding(kind="ceiling", max_fen=low, total_fen=total)


@st.composite
def places(draw):
    """A number, a range, or a bound."""
    number = draw(st.integers(1, 40))
    return draw(st.sampled_from((
        Places(count=number), Places(count=number), Places(min=number, max=number + 3), Places(max=number),
    )))  # fmt: skip


@st.composite
def targets(draw, prefix):
    """Floors, bare numbers, caps, ranges, parts of a whole, alternatives, shares; each metric once."""
    chosen = draw(st.lists(st.sampled_from(COUNTED), min_size=1, max_size=4, unique=True))
    found = [counted(draw, f"{prefix}.t{n}", chosen[n]) for n in range(len(chosen))]
    shape = draw(st.sampled_from(("plain", "each", "range", "part", "share", "either")))
    found += list(more_targets(draw, prefix, shape, found, [c for c in COUNTED if c not in chosen]))
    return tuple(found)


def counted(draw, identifier, what):
    """One threshold over something counted."""
    metric, unit = what
    comparator = draw(st.sampled_from((">=", ">=", ">=", "==", "<=", "~")))
    value = draw(st.integers(1, 60) | st.sampled_from((100, 500, 3000, 20_000)))
    scope = draw(st.none() | st.sampled_from(SCOPES))
    return Target(id=identifier, metric=metric, unit=unit, comparator=comparator, value=value, scope=scope)


def more_targets(draw, prefix, shape, found, others):
    """The targets that need more than one number or a word beside it."""
    value = draw(st.integers(2, 30))
    if shape == "each":
        metric, unit, per = draw(st.sampled_from(EACH))
        yield Target(id=f"{prefix}.e", metric=metric, unit=unit, per=per, comparator=">=", value=value)
    elif shape == "range":
        for end, (comparator, number) in enumerate(((">=", value), ("<=", value + 3))):
            yield Target(
                id=f"{prefix}.r{end}",
                metric=others[0][0],
                unit=others[0][1],
                comparator=comparator,
                value=number,
            )
    elif shape == "part":
        whole = found[-1]
        name = f"{PARTS.get(whole.unit, '面向农村部分')}（含在{whole.metric}中）"
        yield Target(
            id=f"{prefix}.p",
            metric=name,
            unit=whole.unit,
            comparator=">=",
            value=1,
            part_of=whole.id,
            scope=whole.scope,
        )
    elif shape == "share":
        yield Target(
            id=f"{prefix}.s", metric=draw(st.sampled_from(SHARES)), unit="%", comparator=">=", value=value
        )
    elif shape == "either":
        for n, (metric, unit) in enumerate(others[:2]):
            yield Target(
                id=f"{prefix}.o{n}",
                metric=metric,
                unit=unit,
                comparator=">=",
                value=value + n,
                alternative_group="任一",
            )


GENERAL = (
    {"type": "sanction", "trigger": ["结项验收不合格"], "effect": "ban", "years": 3, "subjects": ["单位", "项目负责人"]},
    {"type": "sanction", "trigger": ["弄虚作假"], "effect": "revoke", "what": "申报资格"},
    {"type": "quota", "at": "undertake", "max": 2, "unit": "项", "per": ["单位", "年度"], "hedge": "原则上"},
    {"type": "quota", "max": None},
    {"type": "publicity", "days": 5, "day_kind": "working"},
    {"type": "publicity", "days": 7, "day_kind": "calendar"},
    {"type": "publicity"},
    {"type": "legal_status", "legal_person": True, "registered_in": "江州市"},
    {"type": "period", "years": 1},
    {"type": "period", "years": 2, "finish_by": "2031-12-31"},
    {"type": "joint", "mode": "encouraged", "lead": ["市级学会"], "with_any": ["高校科协"]},
    {"type": "text_limit", "field": "实施方案", "value": 500},
)  # fmt: skip
CONDITIONS = (
    {"type": "legal_status", "legal_person": True, "registered_years_min": 3},
    {"type": "person", "role": "项目负责人", "attr": "age", "op": "<=", "value": 45, "unit": "周岁"},
    {"type": "person", "role": "被托举人", "attr": "age", "op": "<=", "value": 35, "unit": "周岁", "born_after": "1990-01-01"},
    {"type": "recognition", "register_name": "市级科普教育基地", "by": ["市科协"]},
    {"type": "recognition", "register_name": "市级示范站", "by": ["市科协"], "before": "2021-06-30"},
    {"type": "proxy", "kinds": ["高校科协", "企业科协"], "in_name_of": ["依托的高校", "企业"]},
    {"type": "joint", "mode": "required", "lead": ["市级学会"], "with_any": ["企业科协"]},
    {"type": "material", "name": "合作协议"},
    {"type": "declared", "about": "capacity", "summary": "有固定的活动场地和必要设备"},
    {"type": "declared", "about": "content", "summary": "科普内容科学准确、通俗易懂"},
)  # fmt: skip


@st.composite
def rules_of(draw, prefix, pool, *, most):
    """Some rules, at most one of each type."""
    chosen = draw(st.lists(st.sampled_from(pool), max_size=most, unique_by=lambda rule: rule["type"]))
    return tuple(
        RULE.validate_python({"id": f"{prefix}.r{n}", "summary": "按通知要求执行", **rule})
        for n, rule in enumerate(chosen)
    )


MAIN = {
    "quota": ("max", "min", "extra"), "sanction": ("years", "rounds"), "publicity": ("days",), "proxy": (),
    "person": ("value", "born_after", "level", "years_min"), "period": ("years", "months", "start", "finish_by"),
    "deadline": ("date",), "legal_status": ("registered_years_min",), "recognition": ("before",),
    "joint": ("min_units",), "material": ("copies", "min", "max"), "text_limit": ("value",),
}  # fmt: skip
"""The rule types whose parameters a reading must find, with those that count."""


def facts(stated):
    """The facts of a flat reading or definition by group, each as often as it stands there."""
    document, found = stated["document"], Counter()
    found["deadline", document.get("deadline")] += 1
    for name, due in document.get("deadlines_by_track", {}).items():
        found["deadline of track", name, due] += 1
    found["copies", document.get("copies", {}).get("paper")] += 1
    for channel in document.get("channels", []):
        found["channel", channel] += 1
    for key in ("title", "document_number", "issue_date", "region", "year"):
        found[key, document.get(key)] += 1
    found["issuers", tuple(document["issuers"])] += 1
    found["attachments", tuple(document.get("attachments", ()))] += 1
    found.update(_contacts(document, stated["categories"]))
    found.update(_rules((), document.get("general_rules", [])))
    for category in stated["categories"]:
        found.update(_category(category))
    return found


def _category(category):
    path = tuple(name.replace("“", "").replace("”", "") for name in category["path"])
    yield "category", path
    if "applicant_kinds" in category:
        yield "applicants", path, tuple(category["applicant_kinds"])
    if "per_unit_limit" in category:
        yield "limit", path, category["per_unit_limit"]
    for key in ("funding", "slots"):
        if key in category:
            yield key, path, tuple(sorted((k, v) for k, v in category[key].items()))
    for key in ("completion_date", "term"):
        if key in category:
            yield key, path, category[key]
    groups = Counter(
        kpi["alternative_group"] for kpi in category.get("kpis", []) if "alternative_group" in kpi
    )
    for kpi in category.get("kpis", []):
        words = tuple(kpi.get(key) for key in ("comparator", "value", "unit", "per", "scope"))
        yield "target", path, _plain(kpi["metric_zh"]), words, groups[kpi.get("alternative_group")]
    yield from _rules(path, category.get("conditions", []))


def _plain(metric):
    """A metric in one writing: brackets as the reader writes them."""
    return metric.replace("（", "(").replace("）", ")")


def _rules(path, rules):
    for rule in rules:
        formal = rule["formal"]
        if formal["type"] in MAIN:
            numbers = tuple((key, formal[key]) for key in MAIN[formal["type"]] if formal.get(key) is not None)
            yield "rule", path, formal["type"], numbers


def _contacts(document, categories):
    people = [
        *document.get("contacts", []),
        *(c for category in categories for c in category.get("contacts", [])),
    ]
    phones = {phone for contact in people for phone in contact.get("phones", [])}
    mails = {
        mail for contact in people for mail in (*contact.get("emails", []), contact.get("email")) if mail
    }
    names = {contact["name"] for contact in people if "name" in contact}
    places = {contact["address"] for contact in people if "address" in contact}
    return [*(("phone", p) for p in phones), *(("mail", m) for m in mails), *(("name", n) for n in names),
            *(("address", a) for a in places)]  # fmt: skip
