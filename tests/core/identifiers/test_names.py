"""Names that are the same to people are the same to us; a place is never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keqiao.core.identifiers import Malformed, PlaceNames, clean_name, fold
from keqiao.core.identifiers.place_names import Named

PLACES = PlaceNames(
    {
        1: Named("全国", None),
        2: Named("河南省", 1),
        3: Named("三门峡市", 2),
        4: Named("渑池县", 3),
        5: Named("开封市", 2),
        6: Named("鼓楼区", 5),
        7: Named("江苏省", 1),
        8: Named("南京市", 7),
        9: Named("鼓楼区", 8),
        10: Named("吉林省", 1),
        11: Named("吉林市", 10),
        12: Named("徐州市", 7),
        13: Named("沛县", 12),
        14: Named("广西壮族自治区", 1),
    }
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("三门峡市果树（苹果）学会", "三门峡市果树(苹果)学会"),
        ("三门峡市 果树学会", "三门峡市果树学会"),
        ("三门峡市果树学会\u200b", "三门峡市果树学会"),
        ("\u202e三门峡市果树学会", "三门峡市果树学会"),
        ("ＡＢＣ科技有限公司", "abc科技有限公司"),
        ("АВС科技", "ABC科技"),
        ("⼯程学会", "工程学会"),  # a radical that is drawn as the character
        ("二○二四研究会", "二〇二四研究会"),
        ("三门峡·渑池学会", "三门峡渑池学会"),
    ],
)
def test_names_that_people_take_for_one_are_one(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("三门峡市果树学会", "三门峡市果树协会"), ("中国（河南）学会", "中国学会"), ("一学会", "二学会")],
)
def test_names_that_differ_in_a_word_are_two(one, other):
    assert fold(one) != fold(other)


@given(st.text(max_size=60))
def test_a_folded_name_folds_to_itself_and_holds_letters_and_numbers_only(text):
    folded = fold(text)
    assert fold(folded) == folded
    assert len(folded) <= 240


@given(st.text(max_size=60), st.sampled_from("\u200b\u202e\u2066\ufeff \u3000（）()·-_"))
def test_nothing_unseen_and_no_punctuation_makes_a_name_another(text, sign):
    assert fold(f"{text}{sign}{text}") == fold(f"{text}{text}")


def test_a_name_is_kept_as_typed_without_what_cannot_be_seen():
    assert clean_name(" 三门峡市\u200b果树（苹果）  学会\t ") == "三门峡市果树（苹果） 学会"
    assert clean_name("Ａ学会\r\n") == "Ａ学会"


@pytest.mark.parametrize("text", ["", " \u200b ", "（）", "123"])
def test_a_name_without_letters_is_none(text):
    with pytest.raises(Malformed) as refused:
        clean_name(text)
    assert refused.value.finding.code == "identifier.name_empty"


def test_a_place_may_be_written_with_and_without_its_ending_and_those_above():
    forms = PLACES.other_forms("三门峡果树学会")
    assert forms == (
        "三门峡市果树学会",
        "河南三门峡市果树学会",
        "河南三门峡果树学会",
        "河南省三门峡市果树学会",
        "河南省三门峡果树学会",
    )
    assert "三门峡果树学会" in PLACES.other_forms("河南省三门峡市果树学会")
    assert "渑池县果树学会" in PLACES.other_forms("河南省三门峡市渑池县果树学会")
    assert "河南省三门峡市渑池县果树学会" in PLACES.other_forms("渑池果树学会")
    assert PLACES.other_forms("广西植物学会") == ("广西壮族自治区植物学会",)


def test_a_society_of_the_province_is_never_taken_for_one_of_another_province_or_city():
    assert PLACES.other_forms("河南省果树学会") == ("河南果树学会",)


@pytest.mark.parametrize("name", ["鼓楼区果树学会", "吉林果树学会", "沛学会", "果树学会", "三门峡市"])
def test_where_several_places_could_be_meant_or_none_is_there_are_no_other_forms(name):
    assert PLACES.other_forms(name) == ()


def test_a_district_of_a_common_name_keeps_its_city():
    forms = PLACES.other_forms("南京市鼓楼区果树学会")
    assert forms[0] == "南京鼓楼区果树学会"
    assert [form for form in forms if form.startswith("鼓楼区")] == []


def test_the_province_and_the_city_of_one_name_stay_apart():
    assert PLACES.other_forms("吉林省果树学会") == ()
    assert PLACES.other_forms("吉林市果树学会") == ("吉林省吉林市果树学会",)


TRICKS = (
    lambda name: name.replace("（", "(").replace("）", ")"),
    "\u200b".join,
    lambda name: f"\u202e{name}\u202c",
    lambda name: f"{name[:3]} \u3000{name[3:]}\ufeff",
    lambda name: name.replace("A", "Ａ").replace("B", "В"),  # the second B is Cyrillic
)


def test_five_hundred_pairs_of_disguised_names_are_found_and_safe_to_show():
    names = [f"第{number}届三门峡市AB果树（苹果）学会" for number in range(100)]
    pairs = [(name, trick(name)) for name in names for trick in TRICKS]
    assert len(pairs) == 500
    assert [pair for pair in pairs if pair[0] == pair[1]] == []
    assert [pair for pair in pairs if fold(pair[0]) != fold(pair[1])] == []
    assert len({fold(name) for name in names}) == 100
    shown = "".join(clean_name(disguised) for _name, disguised in pairs)
    assert [sign for sign in "\u200b\u202e\u202c\ufeff\u3000" if sign in shown] == []
