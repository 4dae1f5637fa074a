"""What people type is read into a tree; what is not understood is said, with what would do."""

from datetime import date

import pytest

from keqiao.core.query import All, Any, Between, Field, Fields, Is, Missing, Not, Words, parse
from tests.core.query.members import COUNT, DAY, KIND, LEGAL, MEMBERS, MONEY, NAME

WAN = 1_000_000


@pytest.mark.parametrize(
    ("typed", "tree"),
    [
        ("", All()),
        ("  　 ", All()),
        ("农学", Words("农学")),
        ("农学 河南", All((Words("农学"), Words("河南")))),
        ("农学，河南", All((Words("农学"), Words("河南")))),
        ("“河南 农学”", Words("河南 农学", whole=True)),
        ('"类别:学会"', Words("类别:学会", whole=True)),
        ("「农 学」", Words("农 学", whole=True)),
        ("类别:学会", Is(KIND, ("society",))),
        ("类别：协会", Is(KIND, ("society",))),
        ("单位类别 : 学会", Is(KIND, ("society",))),
        ("KIND=university", Is(KIND, ("university",))),
        ("类别:学会,高校科协", Is(KIND, ("society", "university_association"))),
        ("类别：学会、高校科协", Is(KIND, ("society", "university_association"))),
        ("类别:研究", Is(KIND, ("society",))),  # the only value that holds it
        ("名称:农学", Is(NAME, ("农学",))),
        ('名称:"农 学"', Is(NAME, ("农 学",))),
        ("会员数:30", Is(COUNT, (30,))),
        ("会员数:-5", Is(COUNT, (-5,))),
        ("会员数>=３０", Between(COUNT, 30, None)),
        ("会员数>30", Between(COUNT, 31, None)),
        ("会员数<30", Between(COUNT, None, 29)),
        ("会员数≤30", Between(COUNT, None, 30)),
        ("会员数:10..20", Between(COUNT, 10, 20)),
        ("会员数:10..", Between(COUNT, 10, None)),
        ("经费:5万元", Is(MONEY, (5 * WAN,))),
        ("经费>=5万", Between(MONEY, 5 * WAN, None)),
        ("经费:5万..10万元", Between(MONEY, 5 * WAN, 10 * WAN)),
        ("登记:2023-04-30", Between(DAY, date(2023, 4, 30), date(2023, 4, 30))),
        ("登记:2023", Between(DAY, date(2023, 1, 1), date(2023, 12, 31))),
        ("登记>2023", Between(DAY, date(2024, 1, 1), None)),
        ("登记>=2023", Between(DAY, date(2023, 1, 1), None)),
        ("登记<2023年4月", Between(DAY, None, date(2023, 3, 31))),
        ("登记<=2023-04", Between(DAY, None, date(2023, 4, 30))),
        ("登记:2023-04..2023-06", Between(DAY, date(2023, 4, 1), date(2023, 6, 30))),
        ("法人:是", Is(LEGAL, ("yes",))),
        ("法人:no", Is(LEGAL, ("no",))),
        ("无:登记", Missing(DAY)),
        ("有：会员数", Not(Missing(COUNT))),
        ("-农学", Not(Words("农学"))),
        ("非 农学", Not(Words("农学"))),
        ("河南 -类别:学会", All((Words("河南"), Not(Is(KIND, ("society",)))))),
        ("河南-农学", Words("河南-农学")),
        ("农学 或 林学", Any((Words("农学"), Words("林学")))),
        ("农学|林学", Any((Words("农学"), Words("林学")))),
        ("农学 OR 林学 河南", Any((Words("农学"), All((Words("林学"), Words("河南")))))),
        ("（农学 或 林学）河南", All((Any((Words("农学"), Words("林学"))), Words("河南")))),
        ("-(-农学 林学)", Not(All((Not(Words("农学")), Words("林学"))))),
        ("--农学", Not(Not(Words("农学")))),
        ("()", All()),
    ],
)
def test_what_is_typed_becomes_a_tree(typed, tree):
    asked = parse(typed, MEMBERS)

    assert (asked.tree, asked.faults) == (tree, ())


@pytest.mark.parametrize(
    ("typed", "code", "span", "suggestions"),
    [
        ("类型:学会", "query.key_unknown", (0, 5), ("类别",)),
        ("河南 单位:学会", "query.key_unknown", (3, 8), ("类别",)),
        ("http://example.org", "query.key_unknown", (0, 18), ()),
        ("类别:", "query.value_missing", (0, 3), ()),
        ("类别:学院", "query.value_unknown", (0, 5), ("学会（协会、研究会）",)),
        ("类别:高", "query.value_ambiguous", (0, 4), ("高等院校", "高校科协")),
        ("会员数:三十", "query.no_number", (0, 6), ()),
        ("会员数:99999999999999999999", "query.no_number", (0, 24), ()),
        ("经费:多", "query.no_money", (0, 4), ()),
        ("登记:2023-02-30", "query.no_day", (0, 13), ()),
        ("登记:2022,2023", "query.one_day", (0, 12), ()),
        ("会员数>1,2", "query.one_bound", (0, 7), ()),
        ("类别>学会", "query.no_order", (0, 5), ()),
        ("会员数:..", "query.empty_range", (0, 6), ()),
        ("会员数:20..10", "query.range_turned", (0, 10), ("10..20",)),
        ("无:名称", "query.never_missing", (2, 4), ()),
        ("无:名字号", "query.key_unknown", (2, 5), ("名称",)),
        ("或 农学", "query.or_without_sides", (0, 1), ()),
        ("农学 或", "query.or_without_sides", (3, 4), ()),
        ("农学 非", "query.nothing_negated", (3, 4), ()),
        ("(农学", "query.bracket_open", (0, 1), ()),
        ("农学)", "query.bracket_alone", (2, 3), ()),
        ("“农学", "query.quotation_open", (0, 3), ()),
        (":学会", "query.sign_without_key", (0, 1), ()),
        ("(((((((((((农学", "query.too_deep", (10, 11), ()),
        ("农" * 501, "query.too_long", (500, 501), ()),
    ],
)
def test_what_is_not_understood_is_said_where_it_stands(typed, code, span, suggestions):
    fault = parse(typed, MEMBERS).faults[-1]

    assert (fault.code, (fault.start, fault.end), fault.suggestions) == (code, span, suggestions)


def test_all_faults_are_said_at_once_and_the_rest_is_understood():
    asked = parse("类型:学会 河南 会员数:多 -法人:是", MEMBERS)

    assert asked.tree == All((Words("河南"), Not(Is(LEGAL, ("yes",)))))
    assert [fault.code for fault in asked.faults] == ["query.key_unknown", "query.no_number"]


def test_two_keys_cannot_share_a_name():
    with pytest.raises(ValueError, match="two keys are called 名称"):
        Fields((NAME, Field("title", ("题目", "名称"))))
