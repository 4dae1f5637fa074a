"""What an officer is asked to look at."""

from itertools import permutations
from uuid import uuid4

import pytest

from keqiao.core.findings import Weight
from keqiao.readers.statement_words import statement_words
from keqiao.web.programmes.proofreading.addresses import RULES_OF_LACKS, SLOTS_OF_LACKS, mending_address
from keqiao.web.programmes.proofreading.doubts import Spot, doubts_of, leftovers_of, spot_at, spot_of, sums_of
from tests.web import make

RULE = {"id": "c1.r1", "type": "declared", "about": "content", "summary": "内容合规", "needs_answer": True}


def definition(**category):
    whole = make.definition()
    first = whole.categories[0].model_dump(mode="json", exclude_defaults=True)
    return make.definition(categories=[{**first, **category}])


def test_a_finding_is_shown_with_the_words_of_its_statement():
    programme = definition(rules=[RULE])
    words = {"c1.r1": {"words": "内容应当合规", "confidence": "certain"}, "c1": {"words": "一、科普活动"}}

    doubt = next(d for d in doubts_of(programme, words, {}, {}) if d.spot.entry == "c1.r1")

    assert (doubt.finding.code, doubt.words["words"], doubt.can_confirm) == (
        "programme.answer_needed",
        "内容应当合规",
        True,
    )


@pytest.mark.parametrize("confidence", ["soft", "inferred", "conflict"])
def test_an_unsure_reading_is_asked_about_until_it_is_answered(confidence):
    programme = definition()
    words = {"c1.t1": {"words": "原则上5场", "confidence": confidence}}

    asked = [d.key for d in doubts_of(programme, words, {}, {}) if d.kind == "unsure"]
    answered = [d.key for d in doubts_of(programme, words, {}, {"unsure:c1.t1": {}}) if d.kind == "unsure"]

    assert (asked, answered) == (["unsure:c1.t1"], [])


def test_unsure_readings_are_asked_about_in_the_order_of_the_definition_whatever_the_order_of_their_keys():
    soft = {"words": "原则上", "confidence": "soft"}
    keys = ["c1:places", "c1.t1", "c1:funding", "c1"]

    orders = {
        tuple(d.key for d in doubts_of(definition(), dict.fromkeys(said, soft), {}, {}) if d.kind == "unsure")
        for said in permutations(keys)
    }

    assert orders == {("unsure:c1", "unsure:c1.t1", "unsure:c1:funding", "unsure:c1:places")}


def test_words_of_a_statement_that_is_gone_ask_nothing():
    words = {"c1.t9": {"words": "原则上5场", "confidence": "soft"}}

    assert [d for d in doubts_of(definition(), words, {}, {}) if d.kind == "unsure"] == []


def test_a_lack_is_named_once_for_all_categories_and_goes_when_it_is_filled():
    report = {"gaps": [{"path": ["科普活动"], "slot": "places"}, {"path": ["科普活动"], "slot": "targets"}]}

    lacks = [d for d in doubts_of(definition(places=None), {}, report, {}) if d.kind == "lack"]

    assert [(d.spot.statement, d.lacking) for d in lacks] == [("places", (("c1", "科普活动"),))]


def test_a_number_from_which_an_officer_picked_words_is_used():
    place = {"block": 3, "row": -1, "column": -1, "paragraph": 0, "start": 0, "end": 8}
    report = {
        "unused": [
            {"words": "共评选10项", "place": place},
            {"words": "第5届", "place": {**place, "block": 4}},
        ]
    }
    picked = {"c1:places": {"words": "10项", "place": {**place, "start": 3, "end": 6}, "note": "selected"}}
    read = {"c1:places": {**picked["c1:places"], "note": ""}}

    assert [left.key for left in leftovers_of(report, {}, picked) if left.answer] == ["unused:0"]
    assert [left.key for left in leftovers_of(report, {}, read) if left.answer] == []


def test_numbers_left_over_keep_their_answer_and_go_last():
    report = {"unused": [{"words": "第5届", "place": {}}, {"words": "三成", "place": {}}]}

    left = leftovers_of(report, {"unused:0": {"verdict": "dismissed", "reason": "届次"}})

    assert [(entry.words, bool(entry.answer)) for entry in left] == [("三成", False), ("第5届", True)]


def test_sums_come_as_findings_with_their_amounts_in_words():
    values = {"low": 1_500_000, "high": 1_500_000, "total": 1_400_000.0}
    report = {"arithmetic": [{"path": [], "code": "sum.places_times_amount_differs", "values": values}]}

    ((finding, _entry),) = sums_of(report)

    assert finding.weight is Weight.WARN
    assert finding.values == {"low": "150万元", "high": "150万元", "total": "140万元"}


def test_a_place_in_the_definition_is_found_both_ways():
    programme = definition(rules=[RULE])

    spot = spot_at(programme, ("categories", 0, "rules", 0, "summary"))

    assert (spot.node, spot.names, spot.entry, spot.statement) == ("c1", ("科普活动",), "c1.r1", "rules")
    assert spot_of(programme, "c1.r1").at == ("categories", 0, "rules", 0)
    assert spot_of(programme, "c1:funding").at == ("categories", 0, "funding")
    assert spot_of(programme, "c1:term") is None


def test_a_missing_public_notice_leads_to_the_form_of_such_a_rule():
    call = uuid4()
    new_rule = f"/desk/calls/{call}/part/rules/new/?node=c1"

    assert mending_address(call, Spot("c1"), "programme.publicity_missing") == f"{new_rule}&type=publicity"
    assert mending_address(call, Spot("c1", statement="rules"), "programme.other") == new_rule


def test_every_rule_that_a_lack_asks_for_is_of_a_kind_that_is_offered():
    assert set(RULES_OF_LACKS.values()) - set(statement_words().rule_kinds) == set()
    assert [SLOTS_OF_LACKS[code] for code in RULES_OF_LACKS] == ["rules"] * len(RULES_OF_LACKS)
