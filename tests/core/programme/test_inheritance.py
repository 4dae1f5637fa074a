"""What holds for a category: nearest statements, growing lists, shared limits, and who stated them."""

import pytest

from keqiao.core.programme import Programme, category_at, effective, lineage, names_at, path_of, walk
from tests.core.programme.sound import sound, with_change


def test_a_parents_facts_hold_below_and_say_where_they_were_stated():
    facts = effective(sound(), ("a", "a1"))

    assert (facts.applicants.fact.kinds, facts.applicants.path) == (("市级学会",), ())
    assert (facts.funding.fact.kind, facts.funding.path) == ("fixed", ("a", "a1"))
    assert [(total.fact.total_fen, total.path) for total in facts.totals] == [
        (70_000_000, ("a",)),
        (40_000_000, ("a", "a1")),
    ]
    assert facts.names == ("科普示范", "示范基地")


def test_a_track_stands_between_its_category_and_the_programme():
    below, beside = effective(sound(), ("a", "a2")), effective(sound(), ("b",))

    assert (below.deadline.fact.on.isoformat(), below.deadline.track) == ("2031-05-10", "online")
    assert (beside.deadline.fact.on.isoformat(), beside.deadline.track) == ("2031-04-30", None)
    assert (below.track.id, beside.track) == ("online", None)


def test_a_nearer_statement_replaces_that_of_a_track():
    nearer = with_change(("categories", 0, "categories", 0, "deadline"), {"on": "2031-05-01"})

    assert effective(nearer, ("a", "a1")).deadline.path == ("a", "a1")


def test_limits_and_places_bind_on_every_level():
    facts = effective(sound(), ("a", "a1"))

    assert [(limit.fact.max, limit.path) for limit in facts.per_unit_limits] == [
        (2, ("a",)),
        (1, ("a", "a1")),
    ]
    assert [place.fact.count for place in facts.places] == [7, 4]


def test_rules_grow_from_the_programme_down():
    rule = {"id": "own", "type": "place", "summary": "在本市", "where": "江州市"}
    facts = effective(with_change(("categories", 1, "rules"), [rule]), ("b",))

    assert [stated.fact.id for stated in facts.rules] == ["r1", "r2", "r3", "r4", "r5", "r6", "own"]
    assert facts.rules[-1].path == ("b",)


@pytest.mark.parametrize(
    ("terms", "is_open"),
    [
        ({}, True),
        ({"open_to_applicants": False}, False),
        ({"rules": [{"id": "h", "type": "hosting", "summary": "自办", "open_to_applicants": False}]}, False),
    ],
)
def test_an_item_of_the_association_itself_is_not_open(terms, is_open):
    data = {"id": "x", "title": "甲", "categories": [{"id": "a", "name": "乙", **terms}]}

    assert effective(Programme.model_validate(data), ("a",)).open_to_applicants is is_open


def test_walking_and_finding():
    programme = sound()

    assert [path for path, _ in walk(programme)] == [("a",), ("a", "a1"), ("a", "a2"), ("b",)]
    assert path_of(programme, "a2") == ("a", "a2")
    assert names_at(programme, ("a", "a2")) == ("科普示范", "工作室")
    assert lineage(programme, ())[0][1] == programme
    for wrong in (
        lambda: path_of(programme, "z"),
        lambda: category_at(programme, ()),
        lambda: effective(programme, ("b", "a")),
    ):
        with pytest.raises(KeyError):
            wrong()
