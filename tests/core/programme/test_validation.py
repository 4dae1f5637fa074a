"""Validation of a whole definition: silent on a sound one, and every planted fault is found where it
stands.
"""

import pytest
from hypothesis import HealthCheck, given, settings

from keqiao.core.findings import Weight
from keqiao.core.programme import Programme, validate
from tests.core.programme.definitions import programmes
from tests.core.programme.sound import sound, with_change

A, A1, A2, B = (
    ("categories", 0),
    ("categories", 0, "categories", 0),
    ("categories", 0, "categories", 1),
    ("categories", 1),
)
T = (*A1, "targets")
C = ("scorecard", "criteria")
IN_TOWN = {"id": "r1", "type": "place", "summary": "本市", "where": "江州市"}


def test_a_sound_definition_has_no_findings():
    assert validate(sound(), for_publication=True) == []
    assert validate(sound()) == []


@pytest.mark.parametrize(
    ("at", "value", "code"),
    [
        ((*B, "id"), "a1", "programme.id_repeated"),
        (("rules", 1, "id"), "r1", "programme.id_repeated"),
        (("office_list", 1), {"id": "office-1", "phones": ["1"]}, "programme.id_repeated"),
        ((*A, "track"), "post", "programme.reference_missing"),
        (("forms", 0, "fields"), [{"id": "x", "label": "栏", "rule": "r9"}], "programme.reference_missing"),
        (("forms", 0, "fields"), [{"id": "x", "label": "栏", "only_in": ["c"]}], "programme.reference_missing"),
        (("form",), "form-2", "programme.reference_missing"),
        (("offices",), ["office-2"], "programme.reference_missing"),
        (("attachments", 0, "form"), "form-2", "programme.reference_missing"),
        (("deadline", "source", "document"), "annex", "programme.reference_missing"),
        (("rules", 1, "across"), ["c"], "programme.reference_missing"),
        (("rules", 2, "regulation"), "other", "programme.reference_missing"),
        (("rules", 5, "chain"), "other", "programme.reference_missing"),
        (("endorsement", 0, "steps", 0, "office"), "other", "programme.reference_missing"),
        ((*A1, "materials", 0, "form"), "other", "programme.reference_missing"),
        ((*T, 2, "part_of"), "t0", "programme.reference_missing"),
        ((*T, 7, "relative_to"), "t0", "programme.reference_missing"),
        ((*B, "bundle"), {"children": [{"name": "甲", "category": "c"}]}, "programme.reference_missing"),
        ((*B, "bundle"), {"children": [{"name": "甲", "category": "b"}]}, "programme.bundle_of_itself"),
        ((*B, "bundle", "which_of_several", "categories"), ["a1"], "programme.bundle_choice_outside"),
        (("deadline", "on"), "2031-xx-30", "programme.date_unfilled"),
        (("rules", 4, "born_after"), "1996-xx-xx", "programme.date_unfilled"),
        (("endorsement", 0, "steps", 0, "deadline"), "2031-05-xx", "programme.date_unfilled"),
        ((*T, 0, "needs_answer"), True, "programme.answer_needed"),
        (("issue_date",), "2031-05-01", "programme.deadline_before_issue"),
        (("opens", "on"), "2031-06-01", "programme.opens_after_deadline"),
        (("endorsement", 0, "steps", 0, "deadline"), "2031-05-11", "programme.endorsement_days_fall"),
        ((*A1, "funding", "amount_fen"), 9_000_000, "programme.money_total_impossible"),
        ((*A2, "funding", "max_fen"), 9_000_000, "programme.money_total_impossible"),
        ((*A, "funding", "total_fen"), 70_000_001, "programme.money_envelope_impossible"),
        ((*A, "places"), {"count": 6}, "programme.places_differ"),
        ((*A, "places"), {"min": 8}, "programme.places_differ"),
        ((*T, 7, "value"), 101, "programme.share_above_whole"),
        ((*T, 8, "value"), 119, "programme.areas_above_total"),
        ((*T, 0, "part_of"), "t3", "programme.part_of_itself"),
        ((*T, 4, "value"), 31, "programme.range_impossible"),
        (("rules", 1, "weight"), "refuse", "programme.hedge_refuses"),
        (("rules", 1, "min"), 3, "programme.quota_reversed"),
        (("rules", 3, "pick_min"), 3, "programme.choice_impossible"),
        (("scorecard", "pass_mark"), 101, "programme.pass_mark_above_points"),
        (("scorecard", "criteria", 0, "points"), 61, "programme.points_differ"),
        ((*C, 0, "bands"), [{"name": "优", "least": 0, "most": 60}], "programme.bands_above_parts"),
        ((*C, 1, "bands"), [{"name": "优", "least": 0, "most": 41}], "programme.band_outside"),
        ((*C, 1, "bands"), [{"name": "优", "least": 20, "most": 40}, {"name": "差", "least": 0, "most": 20}],
         "programme.bands_overlap"),
        ((*C, 1, "id"), "m1", "programme.scorecard_id_repeated"),
        (("scorecard", "vetoes"), [{"id": "plan", "name": "选题不符"}], "programme.scorecard_id_repeated"),
        (("scorecard", "tie_breaks"), [{"by": "criterion", "criterion": "m2"}], "programme.tie_break_unknown"),
        (("scorecard", "tie_breaks"), [{"by": "criterion"}], "programme.tie_break_incomplete"),
        (("scorecard", "tie_breaks"), [{"by": "vote", "criterion": "m1"}], "programme.tie_break_incomplete"),
        (("scorecard", "tie_breaks"), [{"by": "recommendations"}], "programme.recommendation_not_asked"),
        (("scorecard", "vetoes_needed"), 6, "programme.veto_out_of_reach"),
        (("applicants",), None, "programme.applicants_missing"),
        (("kind",), "award", "programme.not_a_call"),
    ],
)  # fmt: skip
def test_a_planted_fault_refuses_publication(at, value, code):
    planted = with_change(at, value)
    if code == "programme.applicants_missing":
        planted = planted.model_copy(update={"rules": planted.rules[:4]})

    found = [
        finding for finding in validate(planted, for_publication=True) if finding.weight is Weight.REFUSE
    ]

    assert {finding.code for finding in found} == {code}


@pytest.mark.parametrize(
    ("at", "value", "code"),
    [
        ((*B, "bundle"), {"children": [{"name": "别的类别"}]}, "programme.bundle_child_unknown"),
        (("completion", "on"), "2031-04-29", "programme.completion_before_deadline"),
        (("term", "months"), 24, "programme.term_past_completion"),
        ((*T, 2, "value"), 25, "programme.part_above_whole"),
        ((*T, 1, "value"), 5, "programme.areas_differ"),
        ((*T, 6, "alternative_group"), None, "programme.alternative_alone"),
        (("rules", 1, "max"), 0, "programme.quota_zero"),
        ((*A1, "per_unit_limit", "max"), 3, "programme.unit_limit_wider"),
        ((*A, "per_unit_limit", "max"), 8, "programme.unit_limit_above_places"),
        ((*B, "funding"), None, "programme.money_missing"),
        (("filing",), None, "programme.filing_missing"),
        (("scorecard",), None, "programme.scorecard_missing"),
        ((*C, 1, "bands"), [{"name": "优", "least": 21, "most": 40}, {"name": "差", "least": 0, "most": 19}],
         "programme.bands_gap"),
        ((*C, 1, "bands"), [{"name": "优", "least": 0, "most": 39}], "programme.bands_gap"),
        (("scorecard", "trim_from"), 6, "programme.never_trimmed"),
        (("rules", 0), IN_TOWN, "programme.publicity_missing"),
        (("year",), None, "programme.year_missing"),
        (("region",), None, "programme.region_missing"),
        (("issuers",), None, "programme.issuers_missing"),
        (("office_list", 0, "phones"), None, "programme.office_unreachable"),
    ],
)  # fmt: skip
def test_a_planted_doubt_warns(at, value, code):
    found = validate(with_change(at, value), for_publication=True)

    assert (code, Weight.WARN) in {(finding.code, finding.weight) for finding in found}
    assert [finding for finding in found if finding.weight is Weight.REFUSE] == []


def test_what_publication_needs_is_only_asked_for_in_a_draft():
    bare = Programme.model_validate({"id": "x", "title": "甲", "categories": [{"id": "a", "name": "乙"}]})

    asked, refused = validate(bare), validate(bare, for_publication=True)

    assert {finding.weight for finding in asked} == {Weight.ASK}
    assert {finding.code for finding in asked} == {finding.code for finding in refused}
    assert {f.code for f in refused if f.weight is Weight.REFUSE} == {
        "programme.applicants_missing",
        "programme.deadline_missing",
    }
    assert "programme.completion_missing" in {finding.code for finding in refused}
    assert "programme.contacts_missing" in {finding.code for finding in refused}


def test_an_open_question_is_not_asked_again_in_a_draft():
    question = {"about": "deadline", "question": "截止日期未写明。"}
    data = {"id": "x", "title": "甲", "categories": [{"id": "a", "name": "乙"}], "open_questions": [question]}

    assert "programme.deadline_missing" not in {f.code for f in validate(Programme.model_validate(data))}


def test_a_definition_without_categories_cannot_be_published():
    empty = Programme.model_validate({"id": "x", "title": "甲"})

    assert "programme.no_categories" in {
        f.code for f in validate(empty, for_publication=True) if f.weight is Weight.REFUSE
    }


def test_a_lack_is_named_once_at_the_highest_node_that_lacks_it():
    found = validate(with_change(("filing",), None), for_publication=True)

    assert [(f.code, f.at) for f in found] == [("programme.filing_missing", ())]


def test_topics_need_neither_money_nor_a_last_day():
    data = {"id": "x", "title": "甲", "kind": "solicitation", "categories": [{"id": "a", "name": "选题"}]}
    codes = {finding.code for finding in validate(Programme.model_validate(data), for_publication=True)}

    assert not codes & {"programme.money_missing", "programme.completion_missing"}


def test_the_associations_own_item_needs_no_applicants():
    own = {"id": "own", "name": "自办项目", "open_to_applicants": False}
    data = {"id": "x", "title": "甲", "categories": [own]}
    codes = {finding.code for finding in validate(Programme.model_validate(data), for_publication=True)}

    assert "programme.applicants_missing" not in codes


def test_a_finding_names_the_place_and_the_clause():
    found = validate(with_change(("deadline", "on"), "2031-xx-xx"), for_publication=True)
    finding = next(f for f in found if f.code == "programme.date_unfilled")

    assert finding.at == ("deadline", "on")
    assert finding.source.clause == "三"
    assert finding.values == {"where": "江州市2031年度科普项目申报指南", "date": "2031-xx-xx"}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(programmes())
def test_random_sound_definitions_are_not_refused(programme):
    assert [finding for finding in validate(programme) if finding.weight is Weight.REFUSE] == []
