"""Random definitions as offices could have made them.

``calls()`` draws a call with tracks or without, with a guide attached or in the notice, up to three levels deep.
Metrics, units, kinds and roles are words of the field; nothing is taken from a document.
"""

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
from keqiao.core.programme.papers import Paper, Spending
from keqiao.core.programme.parties import Applicants, Office
from keqiao.core.programme.rules import AnyRule
from keqiao.core.programme.schedule import Day, Deadline, Term
from keqiao.core.programme.selection import Bundle, BundleChild, Preference
from keqiao.core.programme.targets import Target
from keqiao.core.programme.types import Attachment
from tests.writers.notice_words import (
    CONDITIONS,
    COUNTED,
    DEPARTMENTS,
    EACH,
    FIELDS,
    FORMS,
    GENERAL,
    KINDS,
    PARTS,
    PEOPLE,
    REGIONS,
    SCOPES,
    SHARES,
)

RULE = TypeAdapter(AnyRule)
WAN = 1_000_000  # fen


@st.composite
def calls(draw):
    """A call whose notice can say all it holds."""
    year = draw(st.integers(2022, 2030))
    issued = date(year, draw(st.integers(1, 6)), draw(st.integers(1, 28)))
    region = draw(st.sampled_from(REGIONS))
    offices = tuple(draw(office(n)) for n in range(1, draw(st.integers(1, 3)) + 1))
    tops = draw(tree("c", levels=draw(st.integers(1, 3)), issued=issued, used=set()))
    tops = draw(bundled(tops))
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
def bundled(draw, tops):
    """Now and then the first category asks to apply for two others as well."""
    others = tuple(BundleChild(name=top.name, category=top.id) for top in tops[1:3])
    if tops[0].categories or not draw(st.booleans()):
        return tops
    return (tops[0].model_copy(update={"bundle": Bundle(children=others)}), *tops[1:])


@st.composite
def office(draw, number):
    """An office with telephones that no other has."""
    area, local = draw(st.integers(311, 998)), draw(st.integers(200_000, 899_999))
    phones = (f"0{area}-{number}{local}", *draw(st.sampled_from(((), (f"139{number}{local}1",)))))
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
        **draw(extras()),
    )


@st.composite
def extras(draw):
    """What a category may say beside its figures; each is as often left out."""
    return {
        "content": draw(
            st.sampled_from((None, "面向基层组织开展科学传播，突出地方特色", "为中小企业提供技术诊断和咨询"))
        ),
        "preferences": draw(st.sampled_from(((), (Preference(words="同等条件下优先支持有配套经费的单位"),)))),
        "spending": draw(st.sampled_from(((), (Spending(kinds=("专家咨询费", "场地租赁费", "印刷费")),)))),
        "materials": draw(
            st.sampled_from(
                ((), (Paper(name="单位法人证书复印件"), Paper(name="以往工作情况说明", copies=2)))
            )
        ),
        "deliverables": draw(st.sampled_from(((), (Paper(name="工作总结"), Paper(name="经费决算报告"))))),
    }


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
    elif shape == "part" and found[-1].value > 1:
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


@st.composite
def rules_of(draw, prefix, pool, *, most):
    """Some rules, at most one of each type."""
    chosen = draw(st.lists(st.sampled_from(pool), max_size=most, unique_by=lambda rule: rule["type"]))
    return tuple(
        RULE.validate_python({"id": f"{prefix}.r{n}", "summary": "按通知要求执行", **rule})
        for n, rule in enumerate(chosen)
    )
