"""Differences between revisions: none if and only if equal, and each with its place and both values."""

from hypothesis import HealthCheck, given, settings

from keqiao.core.programme import Change, differences
from tests.core.programme.definitions import programmes
from tests.core.programme.sound import sound, with_change

MIRRORED = {Change.ADDED: Change.REMOVED, Change.REMOVED: Change.ADDED}


def test_equal_definitions_do_not_differ():
    assert differences(sound(), sound()) == []


def test_a_changed_value_is_named_by_category_and_fact():
    changed = with_change(("categories", 0, "categories", 0, "targets", 0, "value"), 25)
    (found,) = differences(sound(), changed)

    assert (found.change, found.path, found.fact) == (Change.CHANGED, ("a", "a1"), ("targets", "t1", "value"))
    assert (found.before, found.after) == (24, 25)


def test_an_added_and_a_removed_category_are_told_with_what_they_state():
    old, new = sound(), with_change(("categories", 2), {"id": "c", "name": "新类别"})

    (added,), (removed,) = differences(old, new), differences(new, old)
    assert (added.change, added.path, added.fact, added.after.name) == (Change.ADDED, ("c",), (), "新类别")
    assert (removed.change, removed.path, removed.before) == (Change.REMOVED, ("c",), added.after)


def test_a_statement_that_is_taken_away_is_removed():
    (found,) = differences(sound(), with_change(("filing",), None))

    assert (found.change, found.fact, found.before.copies, found.after) == (
        Change.REMOVED,
        ("filing",),
        3,
        None,
    )


def test_another_order_is_a_move():
    old = sound()
    new = old.model_copy(update={"categories": old.categories[::-1]})
    (found,) = differences(old, new)

    assert (found.change, found.before, found.after) == (Change.MOVED, ("a", "b"), ("b", "a"))


def test_another_kind_of_funding_is_one_change():
    new = with_change(("categories", 1, "funding"), {"kind": "ceiling", "max_fen": 100})
    (found,) = differences(sound(), new)

    assert (found.path, found.fact, found.before.kind, found.after.kind) == (
        ("b",),
        ("funding",),
        "none",
        "ceiling",
    )


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(programmes(most_categories=2, deepest=2), programmes(most_categories=2, deepest=2))
def test_there_are_no_differences_exactly_between_equals_and_they_mirror(one, other):
    forth, back = differences(one, other), differences(other, one)

    assert (forth == []) == (one == other)
    assert differences(one, one.model_copy(deep=True)) == []
    seen = {(d.change, d.path, d.fact, repr(d.before), repr(d.after)) for d in forth}
    mirrored = {
        (MIRRORED.get(d.change, d.change), d.path, d.fact, repr(d.after), repr(d.before)) for d in back
    }
    assert seen == mirrored
