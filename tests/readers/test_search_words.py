"""The codes by which people look for calls, and what they find in the shipped programmes."""

from keqiao.core.programme import Programme, effective, leaves
from keqiao.core.programme.offers import OTHER, offered
from keqiao.readers.programmes import demonstration, shipped
from keqiao.readers.search_words import applicant_kinds, themes, words_of


def every_offer():
    vocabulary = words_of(applicant_kinds()), words_of(themes())
    return [each for name in shipped() for each in offered(demonstration(name), *vocabulary)]


def test_codes_have_labels_in_both_languages_and_fit_a_row():
    for codes in (applicant_kinds(), themes()):
        assert all(entry.label("zh-hans") and entry.label("en") for entry in codes.values())
        assert len("|".join(codes)) < 200  # the column that holds all of them between bars


def test_the_shipped_calls_are_found_by_kind_and_theme():
    found = every_offer()

    assert {each.node for each in found if not each.themes} == set()
    assert {code for each in found for code in each.themes} == set(themes())
    assert {code for each in found for code in each.applicants} == set(applicant_kinds()) - {OTHER}
    assert next(each.themes for each in found if each.name == "“百会链千企”科技志愿服务活动") == ("services",)
    assert next(each.applicants for each in found if each.name == "一流学会建设引领计划") == ("society",)


def test_every_shipped_category_that_can_be_applied_for_is_offered_once():
    def open_leaves(programme: Programme) -> list[str]:
        return [c.id for path, c in leaves(programme) if effective(programme, path).open_to_applicants]

    expected = [leaf for name in shipped() for leaf in open_leaves(demonstration(name))]

    assert [each.node for each in every_offer()] == expected
