"""Two people change one value: what only one touched is taken over, what both touched is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keqiao.core.programme.merging import ORDER, WHOLE, Side, Undecided, fields, merged

BASE = {"kind": "fixed", "amount_fen": 100, "note": "一"}

scalars = st.one_of(st.integers(0, 3), st.sampled_from(["甲", "乙"]), st.booleans())
mappings = st.dictionaries(st.sampled_from("abcd"), scalars)
entries = st.lists(
    st.builds(lambda key, said: {"id": key, "said": said}, st.sampled_from("abcde"), st.integers(0, 2)),
    unique_by=lambda entry: entry["id"],
)
alike = st.one_of(
    st.tuples(mappings, mappings, mappings),
    st.tuples(entries, entries, entries),
    st.tuples(*3 * [st.one_of(st.none(), entries)]),
    st.tuples(*3 * [st.one_of(st.none(), scalars, mappings, entries)]),
)


def test_what_only_one_side_changed_needs_no_question():
    theirs, mine = BASE | {"amount_fen": 200}, BASE | {"note": "二"}

    assert merged(BASE, theirs, mine) == {"kind": "fixed", "amount_fen": 200, "note": "二"}


def test_what_both_changed_waits_for_a_choice():
    theirs, mine = BASE | {"amount_fen": 200}, BASE | {"amount_fen": 300}

    with pytest.raises(Undecided) as undecided:
        merged(BASE, theirs, mine)

    assert undecided.value.keys == ("amount_fen",)
    assert merged(BASE, theirs, mine, {"amount_fen": Side.MINE})["amount_fen"] == 300
    assert merged(BASE, theirs, mine, {"amount_fen": Side.THEIRS})["amount_fen"] == 200


def test_a_field_taken_away_by_one_side_goes():
    mine = {"kind": "fixed", "amount_fen": 100}

    assert merged(BASE, BASE | {"kind": "range"}, mine) == {"kind": "range", "amount_fen": 100}


def test_entries_that_both_add_all_stand():
    base = [{"id": "a"}]

    assert merged(base, [*base, {"id": "b"}], [*base, {"id": "c"}]) == [{"id": "a"}, {"id": "b"}, {"id": "c"}]


def test_an_entry_removed_by_one_and_changed_by_the_other_is_asked():
    base = [{"id": "a", "said": 1}, {"id": "b"}]
    theirs, mine = [{"id": "b"}], [{"id": "a", "said": 2}, {"id": "b"}]

    assert [(field.key, field.side) for field in fields(base, theirs, mine)] == [("a", None)]
    assert merged(base, theirs, mine, {"a": Side.MINE}) == mine
    assert merged(base, theirs, mine, {"a": Side.THEIRS}) == theirs


def test_two_orders_are_asked():
    base, theirs, mine = ([{"id": key} for key in keys] for keys in ("abc", "bca", "cba"))

    assert [field.key for field in fields(base, theirs, mine)] == [ORDER]
    assert merged(base, theirs, mine, {ORDER: Side.MINE}) == mine


def test_values_without_parts_are_taken_as_a_whole():
    assert [field.key for field in fields(["甲"], ["甲", "乙"], ["丙"])] == [WHOLE]


@given(alike)
def test_a_side_that_changed_nothing_has_no_say(sides):
    base, other, _third = sides

    assert said(merged(base, base, other)) == said(other)
    assert said(merged(base, other, base)) == said(other)
    assert said(merged(base, other, other)) == said(other)


@given(alike)
def test_what_is_asked_does_not_depend_on_who_came_first(sides):
    base, one, other = sides

    asked = [
        {field.key for field in fields(*order) if field.side is None} for order in (sides, (base, other, one))
    ]

    assert asked[0] == asked[1]


@given(alike, st.sampled_from(Side))
def test_nothing_of_either_side_is_lost_in_silence(sides, preferred):
    base, theirs, mine = sides
    found = fields(base, theirs, mine)
    choices = {field.key: preferred for field in found if field.side is None}

    outcome = merged(base, theirs, mine, choices)

    for field in found:
        side = choices.get(field.key, field.side)
        assert _part(outcome, field.key, sides) == field.of(side)


def said(value):
    """An empty list says nothing, as None does."""
    return None if value == [] else value


def _part(value, key, sides):
    """What ``value`` says in the field ``key``."""
    if key == WHOLE:
        return value
    if key == ORDER:
        common = set.intersection(*({entry["id"] for entry in side or ()} for side in sides))
        return [entry["id"] for entry in value or () if entry["id"] in common]
    if isinstance(value, dict):
        return value.get(key)
    return next((entry for entry in value or () if entry["id"] == key), None)
