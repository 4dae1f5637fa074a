"""Which chain holds for an applicant, as the calls word it; what is not known is for a person to say."""

import pytest

from keqiao.core.endorsing.chains import chain_for
from keqiao.core.rules.facts import UNKNOWN, Case, Unit
from keqiao.readers.endorsing_words import endorsing_words
from tests.core.endorsing.calls import category, setting
from tests.core.rules.units import TODAY

HENAN, SANMENXIA = ("河南省", "三门峡市"), "sanmenxia-2023"
HUNAN = ("湖南省", "长沙市")


def held(call, name, unit):
    answer = chain_for(
        category(call, name), Case(on=TODAY, applicant=unit), setting(call), endorsing_words().chains
    )
    among = [each.fact.id for each in answer.among]
    return among if answer.needs_person else answer.chain and answer.chain.fact.id


def unit(kind="society", level=UNKNOWN, areas=HENAN, affiliations=()):
    return Unit("u", "某单位", kind, level, areas, frozenset(affiliations))


@pytest.mark.parametrize(
    ("level", "expected"),
    [
        ("county", "ikepu.e1"),
        ("township", "ikepu.e1"),  # 及以下
        ("prefecture", "ikepu.e2"),  # 其他符合条件的单位
        ("province", "ikepu.e2"),
        ("nation", "ikepu.e2"),
        (UNKNOWN, ["ikepu.e1", "ikepu.e2"]),
    ],
)
@pytest.mark.parametrize("kind", ["society", "company", UNKNOWN])
def test_sanmenxia_units_of_counties_and_below_go_to_their_county_and_others_file_directly(
    kind, level, expected
):
    assert held(SANMENXIA, "ikepu", unit(kind, level)) == expected


@pytest.mark.parametrize("level", ["county", "prefecture", UNKNOWN])
@pytest.mark.parametrize(
    ("name", "expected"),
    [("jiditineng", "jiditineng.e1"), ("xianyu", "xianyu.e1"), ("shifanxian", "xianyu.e1"), ("shouxi", None)],
)
def test_sanmenxia_a_chain_that_names_nobody_holds_for_all_and_below_its_category(name, expected, level):
    assert held(SANMENXIA, name, unit(level=level)) == expected


@pytest.mark.parametrize(
    ("applicant", "expected"),
    [
        (unit("association", "prefecture", HUNAN, ["湖南省科协"]), "shizhou"),
        (unit("society", "province", HUNAN[:1], ["湖南省科协"]), "zhijie"),
        (unit("university_association", "province", HUNAN, ["湖南省科协"]), "zhijie"),
        (unit("association", UNKNOWN, HUNAN, ["湖南省科协"]), ["shizhou"]),
        (unit("society", UNKNOWN, HUNAN, ["湖南省科协"]), ["zhijie"]),
        (unit("company", "prefecture", HUNAN), None),
        (unit("society", "prefecture", HUNAN), None),
    ],
)
def test_hunan_associations_of_cities_and_those_who_apply_directly(applicant, expected):
    assert held("hunan-2022", "nianhui", applicant) == expected


def test_where_nothing_is_known_of_a_unit_a_person_says_which_chain_holds():
    stranger = Unit("u", "什么都没登记的单位")

    assert held("hunan-2022", "nianhui", stranger) == ["shizhou", "zhijie"]
