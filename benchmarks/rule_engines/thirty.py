"""Thirty rules in the mix of the five calls: kinds, legal status, registers, track record, people, counts, choices."""

from datetime import date
from itertools import combinations

from keqiao.core.rules.engine.tree import (
    Among,
    Attest,
    Compare,
    Condition,
    Fact,
    HowMany,
    Not,
    Span,
    all_of,
    any_of,
    equals,
    if_case,
    kept,
)

ON = Fact(("on",))
ID = Fact(("applicant", "id"))
KIND = Fact(("applicant", "kind"))
LEVEL = Fact(("applicant", "level"))
LEGAL = Fact(("applicant", "legal_person"))
BIRTH = Fact(("person", "birth_date"))
LEADERS = Fact(("people", "leader"))
KINDS = ("society", "university", "company", "hospital", "school", "association", "institute", "base")
LEVELS = ("province", "prefecture", "county", "township")
AREAS = ("河南省", "三门峡市", "渑池县", "济宁市")
AFFILIATIONS = ("省科协", "市科协", "县科协", "全国学会")
REGISTERS = ("示范园", "科技小院", "教育基地")
GRADES = ("good", "fair", "poor")
TOPICS = ("党建", "会员", "学术", "科普", "智库")
FORMS = ("音频", "视频")
SINCE = date(2020, 3, 1)
BORN = date(1987, 10, 30)


def entry(
    register: str, *more: Condition, name: str = "entry", least: int = 0, most: int | None = None
) -> Condition:
    """So many valid entries of the applicant in a register."""
    where = all_of(
        equals(Fact((name, "register")), register),
        Compare(Fact((name, "holder")), "==", ID),
        Compare(Fact((name, "since")), "<=", ON),
        any_of(equals(Fact((name, "until")), None), Compare(Fact((name, "until")), ">=", ON)),
        *more,
    )
    return HowMany(name, Fact(("records", "entries")), where, least, most, kept(register))


def own(
    register: str, name: str, holder: str, *more: Condition, least: int = 0, most: int | None = None
) -> Condition:
    """So many rows of the applicant in a register that is kept as a whole."""
    where = all_of(Compare(Fact((name, holder)), "==", ID), *more)
    return HowMany(name, Fact(("records", register)), where, least, most, kept(register))


def older_than(years: int) -> Condition:
    """Nobody who leads is older."""
    return HowMany("person", LEADERS, Compare(Span(BIRTH, ON), ">", years), most=0)


def answer(name: str) -> Fact:
    """What the form tells."""
    return Fact(("answers", name))


def yes(fact: Fact) -> Condition:
    """It is so."""
    return Among(fact, (True,))


def no(fact: Fact) -> Condition:
    """It is not so."""
    return Among(fact, (False,))


CAPACITIES = tuple(yes(answer(name)) for name in ("team", "room", "plan"))

RULES: tuple[Condition, ...] = (
    Among(KIND, KINDS[:5]),
    Among(KIND, ("society", "association")),
    Among(KIND, KINDS[1:4]),
    if_case(no(LEGAL), Among(Fact(("applicant", "host", "kind")), ("university", "company"))),
    yes(LEGAL),
    equals(Fact(("applicant", "areas")), "三门峡市"),
    Compare(Fact(("applicant", "registered_on")), "<=", SINCE),
    equals(Fact(("applicant", "account_state")), "normal"),
    all_of(yes(LEGAL), equals(Fact(("applicant", "areas")), "三门峡市")),
    entry(REGISTERS[0], least=1),
    entry(REGISTERS[1], most=0),
    entry(REGISTERS[2], Among(Fact(("entry", "grade")), ("good",)), least=1),
    own(
        "results",
        "result",
        "holder",
        Compare(Fact(("result", "year")), ">=", 2022),
        equals(Fact(("result", "outcome")), "poor"),
        most=0,
    ),
    own(
        "debarments",
        "bar",
        "subject",
        Compare(Fact(("bar", "since")), "<=", ON),
        any_of(equals(Fact(("bar", "until")), None), Compare(Fact(("bar", "until")), ">=", ON)),
        no(Fact(("bar", "stayed"))),
        most=0,
    ),
    Compare(answer("area"), ">=", 200),
    Compare(answer("visitors"), ">=", 1500),
    Compare(answer("informants"), ">=", 30),
    Compare(answer("staff"), ">=", 1),
    Among(answer("topics"), TOPICS, least=2),
    Among(answer("forms"), FORMS, least=1, most=1),
    HowMany("person", LEADERS, Compare(BIRTH, "<", BORN), most=0),
    older_than(40),
    any_of(older_than(35), all_of(older_than(40), Attest("exception"))),
    Among(Fact(("applicant", "affiliations")), AFFILIATIONS[:3]),
    any_of(yes(Fact(("applicant", "traits", "重点高校"))), Among(KIND, ("institute", "hospital"))),
    if_case(yes(Fact(("cases", "国际性"))), equals(answer("with"), "国际学术组织")),
    own("platforms", "account", "holder", equals(Fact(("account", "platform")), "科创中国"), least=1),
    HowMany("partner", Fact(("partners",)), Among(Fact(("partner", "kind")), KINDS[:3]), least=1),
    any_of(*(all_of(*pair) for pair in combinations(CAPACITIES, 2))),
    Not(all_of(equals(KIND, "company"), Among(LEVEL, ("township", "county")))),
)
