"""Kinds of unit: every wording of the five calls, with one unit that fits it and one that does not."""

import pytest

from keqiao.core.programme import walk
from keqiao.core.rules.engine.compiled import compile_rule
from keqiao.core.rules.facts import UNKNOWN, Case, Unit
from keqiao.core.rules.kinds import Setting, kind_condition, read_members
from keqiao.core.rules.regions import Region, names_of_association, region_named
from keqiao.readers import programmes
from keqiao.readers.rule_words import rule_words
from tests.core.rules.units import TODAY, unit

WORDS = rule_words().applicants
HENAN, HUNAN, JINING, SMX = "henan-2023", "hunan-2022", "jining-2023", "sanmenxia-2023"
ZHENGZHOU, LUOYANG = ("河南省", "郑州市"), ("河南省", "洛阳市")
CHANGSHA, JN, MIANCHI = ("湖南省", "长沙市"), ("山东省", "济宁市"), ("河南省", "三门峡市", "渑池县")
SANMENXIA, WUHAN, QUFU = ("河南省", "三门峡市"), ("湖北省", "武汉市"), ("山东省", "济宁市", "曲阜市")

OF_HENAN = unit("society", "province", ZHENGZHOU)
OF_LUOYANG = unit("society", "prefecture", LUOYANG)
OF_HUNAN = unit("society", "province", CHANGSHA, ("湖南省科协",))
OF_JINING = unit("society", "prefecture", JN)
OF_SMX = unit("society", "prefecture", SANMENXIA)
NATIONAL = unit("society", "nation", ("北京市",))
LUOYANG_ASSOCIATION = unit("association", "prefecture", LUOYANG)
COUNTY_ASSOCIATION = unit("association", "county", MIANCHI)
QUFU_ASSOCIATION = unit("association", "county", QUFU)


def hosted(kind, areas, *affiliations):
    return unit(kind, None, areas, affiliations)


SOCIETIES_OF_HENAN = (OF_HENAN, OF_LUOYANG)
SOCIETIES_OF_JINING = (OF_JINING, OF_HENAN)
SOCIETIES_OF_SMX = (OF_SMX, OF_HENAN)
OF_ANY = {
    "创新型企业": (
        unit("company", None, MIANCHI, 创新型企业=True),
        unit("company", None, MIANCHI, 创新型企业=False),
    ),
    "科研院所": (unit("research_institute", None, MIANCHI), unit("society", None, MIANCHI)),
    "新型研发机构": (unit("company", None, MIANCHI, 新型研发机构=True), unit("school", None, MIANCHI)),
    "产业技术研究院": (
        unit("research_institute", None, MIANCHI, 产业技术研究院=True),
        unit("company", None, MIANCHI),
    ),
    "全国学会": (NATIONAL, OF_HENAN),
    "全国性学术组织": (NATIONAL, OF_HENAN),
}

FITS_AND_MISSES = {
    HENAN: OF_ANY
    | {
        "各全省学会": SOCIETIES_OF_HENAN,
        "全省学会": SOCIETIES_OF_HENAN,
        "协会": SOCIETIES_OF_HENAN,
        "研究会": SOCIETIES_OF_HENAN,
        "各省辖市科协": (LUOYANG_ASSOCIATION, COUNTY_ASSOCIATION),
        "省辖市科协": (LUOYANG_ASSOCIATION, unit("association", "prefecture", WUHAN)),
        "济源示范区科协": (unit("association", "county", ("河南省", "济源示范区")), LUOYANG_ASSOCIATION),
        "省科协所属高校科协": (
            hosted("university_association", ZHENGZHOU, "河南省科协"),
            hosted("university_association", ZHENGZHOU, "郑州市科协"),
        ),
        "省科协所属企业科协": (
            hosted("company_association", ZHENGZHOU, "河南省科学技术协会"),
            hosted("company_association", ZHENGZHOU, "郑州市科协"),
        ),
        "高校科协": (hosted("university_association", ZHENGZHOU), hosted("university_association", WUHAN)),
        "企业科协": (
            hosted("company_association", ZHENGZHOU, "河南省科协"),
            hosted("company_association", WUHAN, "湖北省科协"),
        ),
        "医疗卫生机构科协": (
            hosted("medical_association", ZHENGZHOU, "河南科协"),
            hosted("company_association", ZHENGZHOU, "河南省科协"),
        ),
        "各大媒体平台": (unit("media", None, ZHENGZHOU), unit("company", None, ZHENGZHOU)),
        "省级创新方法培训基地": (
            unit("university", "province", ZHENGZHOU, 省级创新方法培训基地=True),
            unit("society", "province", ZHENGZHOU),
        ),
        "重点高校": (
            unit("university", None, MIANCHI, 重点高校=True),
            unit("university", None, MIANCHI, 重点高校=False),
        ),
        "产业园区": (unit("park_office", None, MIANCHI, 产业园区=True), unit("school", None, MIANCHI)),
        "企事业单位": (unit("public_institution", None, MIANCHI), unit("society", None, MIANCHI)),
        "高校科研院所": (unit("university", None, MIANCHI), unit("company", None, MIANCHI)),
        "国际学术组织": (
            unit("other", None, ("日本",), 国际学术组织=True),
            unit("company", None, ZHENGZHOU),
        ),
        "河南省科协": (unit("association", "province", ("河南省",)), LUOYANG_ASSOCIATION),
        "地方政府": (unit("government_body", "prefecture", LUOYANG), LUOYANG_ASSOCIATION),
    },
    HUNAN: {
        "湖南省科协所属学会（协会、研究会）": (
            OF_HUNAN,
            unit("society", "province", CHANGSHA, ("长沙市科协",)),
        ),
        "市州科协": (unit("association", "prefecture", CHANGSHA), unit("association", "county", CHANGSHA)),
        "高校科协": (hosted("university_association", CHANGSHA), hosted("university_association", WUHAN)),
        "省级学会": (OF_HUNAN, OF_LUOYANG),
        "全国学会": (NATIONAL, OF_HUNAN),
        "当地政府": (unit("government_body", None, CHANGSHA), OF_HUNAN),
    },
    JINING: {
        "县市区科协": (QUFU_ASSOCIATION, unit("association", "prefecture", JN)),
        "市级学会": SOCIETIES_OF_JINING,
        "协会": None,  # 有关 in one list: see below
        "研究会": None,
        "有关市级学会": None,
        "高校科协": (hosted("university_association", JN), hosted("university_association", WUHAN)),
        "企事业科协": (hosted("company_association", JN), OF_JINING),
        "科研机构": (unit("research_institute", None, JN), unit("research_institute", None, WUHAN)),
        "研究院所": (unit("research_institute", None, JN), unit("university", None, JN)),
        "市全民科学素质工作领导小组成员单位": (
            unit("leading_group_member", None, JN),
            unit("company", None, JN),
        ),
        "各级新时代文明实践科普志愿服务队": (
            unit("volunteer_team", "township", QUFU),
            unit("volunteer_team", None, WUHAN),
        ),
        "市级科普基地": (unit("science_base", "prefecture", JN), unit("science_base", "prefecture", WUHAN)),
        "基层农技协": (unit("farm_association", "township", QUFU), OF_JINING),
        "有关单位": None,
        "社会媒体": (unit("media", None, JN), unit("media", None, WUHAN)),
    },
    SMX: OF_ANY
    | {
        "各县（市、区）科协": (COUNTY_ASSOCIATION, unit("association", "prefecture", SANMENXIA)),
        "各县（市）区科协": (COUNTY_ASSOCIATION, QUFU_ASSOCIATION),
        "市级现代农业科普示范园": (
            unit("cooperative", "prefecture", MIANCHI, 现代农业科普示范园=True),
            unit("society", None, MIANCHI),
        ),
        "市级科技小院": (unit("science_yard", "prefecture", MIANCHI), unit("science_base", None, MIANCHI)),
        "各级农技协组织": (unit("farm_association", "township", MIANCHI), OF_SMX),
        "农村中学": (unit("school", None, MIANCHI, 农村中学=True), unit("university", None, MIANCHI)),
        "中学": (unit("school", None, MIANCHI, 中学=True), unit("school", None, MIANCHI, 中学=False)),
        "市级科普示范社区": (
            unit("community", None, MIANCHI, 市级科普示范社区=True),
            unit("village", None, MIANCHI),
        ),
        "社区": (unit("community", None, MIANCHI), unit("village", None, MIANCHI)),
        "全市各级科协": (COUNTY_ASSOCIATION, QUFU_ASSOCIATION),
        "全市学（协）会": SOCIETIES_OF_SMX,
        "各全市学会": SOCIETIES_OF_SMX,
        "协会": SOCIETIES_OF_SMX,
        "研究会": SOCIETIES_OF_SMX,
        "高校": (unit("university", "province", SANMENXIA), unit("university", None, WUHAN)),
        "全市各高校": (unit("university", "province", SANMENXIA), unit("university", None, WUHAN)),
        "医院": (unit("hospital", None, SANMENXIA), unit("company", None, SANMENXIA)),
        "企事业单位": (unit("company", None, SANMENXIA), unit("company", None, WUHAN)),
        "其他具备法人资格的科技志愿服务组织": (
            unit("volunteer_team", None, SANMENXIA, legal_person=True),
            unit("volunteer_team", None, SANMENXIA, legal_person=False),
        ),
        "不具备法人资格的科普教育基地": (
            unit("science_base", None, SANMENXIA, legal_person=False),
            unit("science_base", None, SANMENXIA, legal_person=True),
        ),
        "市级考核为优秀的科普教育基地": (
            unit("science_base", None, SANMENXIA, 市级考核为优秀的科普教育基地=True),
            unit("school", None, WUHAN),
        ),
        "音视频制作机构": (unit("company", None, SANMENXIA, 音视频制作机构=True), OF_SMX),
        "市科协所属高校科协": (
            hosted("university_association", SANMENXIA, "三门峡市科协"),
            hosted("university_association", SANMENXIA, "河南省科协"),
        ),
        "高校科协": (hosted("university_association", SANMENXIA), OF_SMX),
        "企业科协": (
            hosted("company_association", SANMENXIA, "三门峡市科学技术协会"),
            hosted("company_association", WUHAN, "湖北省科协"),
        ),
        "医疗卫生机构科协": (hosted("medical_association", SANMENXIA, "三门峡市科协"), OF_SMX),
        "全省学会": (OF_HENAN, OF_SMX),
        "全省性学术组织": (OF_HENAN, OF_SMX),
    },
}

FOR_A_PERSON = {
    HENAN: {"创新创业孵化园区等", "基层科技社团等", "知名院士专家"},
    HUNAN: {"有关部门单位"},
    JINING: {"协会", "研究会", "有关市级学会", "有关单位"},
    SMX: {
        "创新创业孵化园区等",
        "涉农企业等单位",
        "拟创建国家或省级科普示范县（市、区）",
        "“政产学研用”相关单位",
    },
}
"""Open lists (等), 有关, a territory in the place of a unit, words that no lexicon knows."""


def lists_of(identifier):
    """Every list of kinds of unit in a call: applicants, beneficiaries, and those in rules."""
    programme = programmes.load(identifier)
    for node in (programme, *(category for _path, category in walk(programme))):
        yield from (part.kinds for part in (node.applicants, node.beneficiary) if part is not None)
        for rule in node.rules:
            names = {
                "applicant_kind": ("any_of",),
                "proxy": ("kinds",),
                "joint": ("lead", "with_any"),
                "co_actor": ("any_of", "all_of"),
            }.get(rule.type, ())
            yield from (getattr(rule, name) for name in names if getattr(rule, name))


def setting_of(identifier):
    return Setting(WORDS, region_named(programmes.load(identifier).region, WORDS))


def truth(member, setting, somebody):
    condition = kind_condition((member,), setting, ("applicant",), judge="applicants")
    return compile_rule(condition).truth(Case(TODAY, somebody))


def members_of(identifier, wording):
    setting = setting_of(identifier)
    found = [
        m for kinds in lists_of(identifier) for m in read_members(kinds, setting) if m.wording == wording
    ]
    return setting, found


CASES = [
    (identifier, wording, *both)
    for identifier, wordings in FITS_AND_MISSES.items()
    for wording, both in wordings.items()
    if both is not None
]


@pytest.mark.parametrize(("identifier", "wording", "fits", "misses"), CASES)
def test_a_wording_takes_in_one_unit_and_leaves_out_another(identifier, wording, fits, misses):
    setting, members = members_of(identifier, wording)

    assert members != []
    assert {truth(member, setting, fits) for member in members} == {True}
    assert {truth(member, setting, misses) for member in members} == {False}


@pytest.mark.parametrize(
    ("identifier", "wording"), [(i, w) for i, wordings in FOR_A_PERSON.items() for w in sorted(wordings)]
)
def test_what_the_words_leave_open_is_for_a_person_and_never_guessed(identifier, wording):
    setting, members = members_of(identifier, wording)
    places = {HENAN: ZHENGZHOU, HUNAN: CHANGSHA, JINING: JN, SMX: MIANCHI}
    kinds = {"协会": "society", "研究会": "society", "有关市级学会": "society"}
    level = "county" if wording.startswith("拟创建") else "prefecture"
    somebody = unit(kinds.get(wording, "park_office"), level, places[identifier])

    assert members != []
    assert UNKNOWN in [truth(member, setting, somebody) for member in members]


def test_every_wording_of_the_five_calls_is_in_these_tables():
    for identifier in programmes.shipped():
        worded = {wording for kinds in lists_of(identifier) for wording in kinds}
        tested = {w for w, both in FITS_AND_MISSES.get(identifier, {}).items() if both}

        assert worded == tested | FOR_A_PERSON.get(identifier, set())


@pytest.mark.parametrize("wording", ["各全省学会", "省科协所属高校科协", "市级科普基地", "高校", "涉农企业"])
def test_a_unit_of_which_nothing_is_known_is_asked_about(wording):
    setting = setting_of(HENAN)

    assert truth(*read_members([wording], setting), setting, Unit("u", "某单位")) is UNKNOWN


def test_a_level_holds_for_the_members_after_it_until_another_is_named():
    setting = setting_of(JINING)
    members = read_members(["县市区科协", "市级学会", "协会", "研究会", "市级科普基地"], setting)

    assert [member.scope.reach.levels for member in members] == [
        ("county",), ("prefecture",), ("prefecture",), ("prefecture",), ("prefecture",),
    ]  # fmt: skip


def test_an_affiliation_holds_for_the_members_after_it():
    members = read_members(["省科协所属高校科协", "企业科协", "医疗卫生机构科协"], setting_of(HENAN))

    names = ("河南省科学技术协会", "河南科学技术协会", "河南省科协", "河南科协")
    assert [member.scope.belongs_to for member in members] == [names, names, names]


@pytest.mark.parametrize(
    ("wording", "open_too"), [("创新创业孵化园区等", True), ("涉农企业等单位", True), ("涉农企业", False)]
)
def test_only_an_open_list_asks_about_a_kind_that_it_does_not_name(wording, open_too):
    setting = setting_of(SMX)

    answer = truth(*read_members([wording], setting), setting, unit("hospital", None, MIANCHI))

    assert answer is (UNKNOWN if open_too else False)


def test_a_city_is_its_own_level_where_it_is_a_county_level_city():
    region = Region("义乌市", "county", ("浙江省", "金华市"))
    setting = Setting(WORDS, region)
    member = read_members(["全市学会"], setting)[0]

    assert truth(member, setting, unit("society", "county", ("浙江省", "金华市", "义乌市"))) is True
    assert truth(member, setting, unit("society", "prefecture", ("浙江省", "金华市"))) is False


def test_the_association_of_the_province_is_named_where_the_province_is_known():
    region = Region("三门峡市", "prefecture", ("河南省",))

    assert "河南省科协" in names_of_association("省科协", region, WORDS)
    assert names_of_association("省科协", Region("三门峡市", "prefecture"), WORDS) == ()
