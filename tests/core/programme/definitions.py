"""Random sound definitions with realistic Chinese values, for property tests everywhere.

``programmes()`` gives definitions that ``validate`` does not refuse (drafts; for publication they may lack
things).
"""

from datetime import date, time, timedelta

from hypothesis import strategies as st

from keqiao.core.programme import Category, Programme, Track
from keqiao.core.programme.endorsement import EndorsementChain, EndorsementStep
from keqiao.core.programme.filing import Filing
from keqiao.core.programme.forms import Form
from keqiao.core.programme.forms.fields import TextField
from keqiao.core.programme.funding import (
    CeilingFunding,
    EnvelopeFunding,
    FixedFunding,
    NoFunding,
    Places,
    RangeFunding,
    UnitLimit,
)
from keqiao.core.programme.papers import Document, Paper, Regulation, Spending
from keqiao.core.programme.parties import Applicants, Office
from keqiao.core.programme.schedule import Day, Deadline, Term
from keqiao.core.programme.selection import (
    Bundle,
    BundleChild,
    Criterion,
    Outcome,
    Preference,
    Regime,
    Scorecard,
    WhichOfSeveral,
)
from keqiao.core.programme.terms import OpenQuestion
from keqiao.core.programme.types import Attachment, BaseFigure
from tests.core.programme.statements import rules, some_kinds, sources, targets

WAN = 1_000_000
REGIONS = ("江州市", "云岭市", "海宁区", "东河省")
THEMES = ("科普", "学术交流", "科技服务", "人才托举", "科创", "智库", "青少年科技", "乡村振兴")
FORMS = (
    "示范基地",
    "能力提升项目",
    "专家工作站",
    "系列活动",
    "品牌培育项目",
    "协同创新平台",
    "试点",
    "工作室",
)
CODES = ("一", "（一）", "1", "①", "2024KP001")


@st.composite
def programmes(draw, *, most_categories=3, deepest=3):
    """A sound definition with up to ``most_categories`` on each level and ``deepest`` levels."""
    year = draw(st.integers(min_value=2022, max_value=2026))
    issued = draw(st.dates(min_value=date(year, 1, 1), max_value=date(year, 6, 30)))
    region = draw(st.sampled_from(REGIONS))
    offices = tuple(draw(offices_of(n)) for n in range(1, draw(st.integers(1, 3)) + 1))
    known = [office.id for office in offices]
    found = tuple(draw(trees("c", most=most_categories, levels=deepest, issued=issued, offices=known)))
    return Programme(
        id=f"p-{year}",
        title=f"{region}{year}年度{draw(st.sampled_from(THEMES))}项目申报指南",
        year=year,
        region=region,
        issuers=draw(
            st.sampled_from(((f"{region}科学技术协会",), (f"{region}科学技术协会", f"{region}财政局")))
        ),
        addressees=draw(st.sampled_from(((), ("各县（市、区）科协", "各市级学会")))),
        document_number=draw(st.none() | st.just(f"科协发〔{year}〕{draw(st.integers(1, 99))}号")),
        issue_date=issued,
        documents=(Document(id="notice", title="申报通知"),),
        office_list=offices,
        tracks=draw(tracks(issued)),
        categories=draw(bundled(found)),
        **draw(papers()),
        **draw(common_terms(issued)),
    )


@st.composite
def offices_of(draw, number):
    """An office with telephone, and often a mailbox."""
    return Office(
        id=f"office-{number}",
        department=draw(st.sampled_from(("科普部", "学会部", "办公室", "企业创新部"))),
        name=draw(st.none() | st.sampled_from(("王敏", "李强"))),
        phones=(f"0{draw(st.integers(300, 999))}-{draw(st.integers(2_000_000, 8_999_999))}",),
        emails=draw(st.sampled_from(((), (f"kx{number}@example.org",)))),
    )


@st.composite
def papers(draw):
    """Forms, attachments, regulations and base figures."""
    fields = (TextField(id="plan", label="实施方案", kind="long_text", max_chars=500),)
    form = Form(id="form-1", title="项目申报书", fields=draw(st.sampled_from(((), fields))))
    return {
        "forms": (form,),
        "attachments": (Attachment(title="项目申报书", form="form-1"),),
        "regulations": draw(st.sampled_from(((), (Regulation(id="g-1", title="《科普经费管理办法》"),)))),
        "base_figures": draw(
            st.sampled_from(((), (BaseFigure(id="counties", name="乡镇", value=48, unit="个"),)))
        ),
    }


@st.composite
def common_terms(draw, issued):
    """What the programme itself states: deadline, filing, rules, scorecard."""
    deadline = issued + timedelta(days=draw(st.integers(10, 60)))
    card = Scorecard(
        criteria=(
            Criterion(id="merit", name="创新性", points=60),
            Criterion(id="plan", name="可行性", points=40),
        )
    )
    return {
        "deadline": Deadline(on=deadline, at=draw(st.none() | st.just(time(17, 30))), source=draw(sources)),
        "filing": draw(
            st.none() | st.just(Filing(copies=3, channels=("paper", "email"), email="a@example.org"))
        ),
        "rules": tuple(draw(rules(f"r{n}")) for n in range(1, draw(st.integers(0, 3)) + 1)),
        "scorecard": draw(st.none() | st.just(card)),
        "open_questions": draw(
            st.sampled_from(((), (OpenQuestion(about="publicity", question="公示天数未写明。"),)))
        ),
    }


@st.composite
def tracks(draw, issued):
    """No track, or one with its own deadline."""
    if draw(st.booleans()):
        return ()
    deadline = Deadline(on=issued + timedelta(days=draw(st.integers(10, 90))))
    return (Track(id="track-1", name="网上申报", deadline=deadline, form="form-1"),)


@st.composite
def trees(draw, prefix, *, most, levels, issued, offices):
    """Sibling categories and what stands below them; names differ among siblings."""
    names = draw(
        st.lists(
            st.builds("{}{}".format, st.sampled_from(THEMES), st.sampled_from(FORMS)),
            min_size=1,
            max_size=most,
            unique=True,
        )
    )
    found = []
    for number, name in enumerate(names, start=1):
        identifier = f"{prefix}{number}" if prefix == "c" else f"{prefix}.{number}"
        is_leaf = levels <= 1 or draw(st.booleans())
        children = () if is_leaf else tuple(
            draw(trees(identifier, most=most, levels=levels - 1, issued=issued, offices=offices))
        )  # fmt: skip
        found.append(draw(categories(identifier, name, children, issued=issued, offices=offices)))
    return found


@st.composite
def categories(draw, identifier, name, children, *, issued, offices):
    """One category with statements that agree with each other."""
    money = draw(leaf_money()) if not children else draw(money_above(children))
    return Category(
        id=identifier,
        name=name,
        code=draw(st.none() | st.sampled_from(CODES)),
        content=draw(st.none() | st.just("面向基层开展服务。")),
        named_event=draw(st.booleans()) if not children else False,
        source=draw(sources),
        applicants=draw(st.none() | st.builds(Applicants, kinds=some_kinds)),
        open_to_applicants=draw(st.sampled_from((None, None, None, False))) if not children else None,
        rules=tuple(draw(rules(f"{identifier}.r{n}")) for n in range(1, draw(st.integers(0, 3)) + 1)),
        targets=draw(targets(identifier)),
        completion=draw(
            st.none() | st.builds(Day, on=st.just(issued + timedelta(days=draw(st.integers(100, 400)))))
        ),
        term=draw(st.none() | st.builds(Term, months=st.sampled_from((6, 12, 18, 24)))),
        endorsement=draw(chains(identifier, offices)),
        offices=tuple(draw(st.lists(st.sampled_from(offices), max_size=1))),
        categories=children,
        **draw(paper_work()),
        **money,
    )


@st.composite
def paper_work(draw):
    """Materials, deliverables, spending, preferences, regime, outcome."""
    return {
        "materials": draw(st.sampled_from(((), (Paper(name="合作协议", copies=1),)))),
        "deliverables": draw(st.sampled_from(((), (Paper(name="总结报告"), Paper(name="活动照片"))))),
        "spending": draw(st.sampled_from(((), (Spending(kinds=("场地费", "资料费"), open=True),)))),
        "preferences": draw(
            st.sampled_from(((), (Preference(words="同等条件下优先支持有配套经费的", strength="tie_break"),)))
        ),
        "regime": draw(
            st.sampled_from((None, Regime(kind="list"), Regime(kind="self_proposed", range=("科学普及",))))
        ),
        "outcome": draw(
            st.sampled_from((None, Outcome(kind="grant"), Outcome(kind="recognition", title="年度科普基地")))
        ),
    }


@st.composite
def leaf_money(draw):
    """Funding and places of a leaf, with a total that they can bring."""
    count, amount = draw(st.integers(1, 20)), draw(st.sampled_from((1, 2, 5, 10, 20))) * WAN
    kind = draw(st.sampled_from(("unstated", "none", "fixed", "range", "ceiling")))
    total = draw(st.booleans())
    money = {
        "unstated": None,
        "none": NoFunding(kind="none"),
        "fixed": FixedFunding(kind="fixed", amount_fen=amount, total_fen=count * amount if total else None),
        "range": RangeFunding(
            kind="range",
            min_fen=amount,
            max_fen=2 * amount,
            total_fen=count * amount + amount // 2 if total else None,
        ),
        "ceiling": CeilingFunding(kind="ceiling", max_fen=amount),
    }[kind]
    spread = Places(min=count, max=count + 3)
    places = Places(count=count) if total or draw(st.booleans()) else spread
    limit = UnitLimit(max=draw(st.integers(1, count))) if draw(st.booleans()) else None
    return {"funding": money, "places": places, "per_unit_limit": limit}


@st.composite
def money_above(draw, children):
    """An envelope where every child costs a known sum; otherwise nothing."""
    sums = [exact_cost(child) for child in children]
    if None in sums or draw(st.booleans()):
        return {}
    return {"funding": EnvelopeFunding(kind="envelope", total_fen=sum(sums), source=draw(sources))}


def exact_cost(category):
    """What a category costs in fen, where its statements leave no choice."""
    money, places = category.funding, category.places
    if isinstance(money, NoFunding):
        return 0
    if getattr(money, "total_fen", None) is not None:
        return money.total_fen
    if isinstance(money, FixedFunding) and places is not None and places.count is not None:
        return money.amount_fen * places.count
    return None


@st.composite
def chains(draw, identifier, offices):
    """No chain, or one with two steps."""
    if draw(st.booleans()):
        return ()
    steps = (
        EndorsementStep(words="县（市、区）科协审核盖章", by="县科协", act="check", seal="县科协公章"),
        EndorsementStep(words="报送市科协", office=draw(st.sampled_from(offices))),
    )
    return (EndorsementChain(id=f"{identifier}.e1", steps=steps),)


@st.composite
def bundled(draw, found):
    """The same categories, the first of which may ask for applications in the others."""
    if len(found) < 2 or draw(st.booleans()):
        return found
    children = tuple(BundleChild(name=category.name, category=category.id) for category in found[1:])
    bundle = Bundle(
        children=children,
        open_list=draw(st.booleans()),
        which_of_several=draw(st.none() | st.just(WhichOfSeveral(categories=(found[1].id,)))),
    )
    return (found[0].model_copy(update={"bundle": bundle}), *found[1:])
