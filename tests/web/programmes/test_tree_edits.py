"""Categories are added, moved, copied and taken away; nothing else of the definition moves."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keqiao.readers.programmes import demonstration
from keqiao.web.programmes.definitions import programme_of, values_of
from keqiao.web.programmes.parts import NotThere, Part, node_at, nodes, value_at
from keqiao.web.programmes.references import places_naming, without_references
from keqiao.web.programmes.tree_edits import (
    Place,
    UnderItself,
    copied,
    ids_in,
    moved,
    parent_of,
    place_of,
    put_back,
    reordered,
    siblings_of,
    with_category,
    with_copies,
    without_node,
)

SANMENXIA = values_of(demonstration("sanmenxia-2023"))
CALL = {
    "id": "call",
    "title": "通知",
    "tracks": [{"id": "kepu", "name": "科普"}],
    "categories": [
        {
            "id": "a",
            "name": "甲",
            "track": "kepu",
            "rules": [{"id": "a.r1", "summary": "一", "type": "quota", "across": ["b", "c"]}],
            "categories": [
                {"id": "b", "name": "乙", "targets": [{"id": "b.t1"}, {"id": "b.t2", "part_of": "b.t1"}]},
                {"id": "c", "name": "丙", "places": {"count": 3}},
            ],
        },
        {"id": "d", "name": "丁", "bundle": {"children": [{"name": "乙", "category": "b"}]}},
    ],
}


def all_ids(values):
    lists = ("targets", "rules", "endorsement")
    found = [node for node, _stated in nodes(values)]
    return found + [e["id"] for _n, s in nodes(values) for slot in lists for e in s.get(slot, ())]


def contents(values):
    """Every node without its place in the tree, in no order."""
    bare = ({k: v for k, v in stated.items() if k != "categories"} for _node, stated in nodes(values))
    return sorted(json.dumps(each, ensure_ascii=False, sort_keys=True) for each in bare)


def is_category(node):
    try:
        parent_of(SANMENXIA, node)
    except NotThere:
        return False
    return True


branches = st.sampled_from([node for node, _stated in nodes(SANMENXIA) if node and is_category(node)])


def test_a_moved_category_keeps_its_id_and_contents():
    changed = moved(CALL, "c", Place("", "d"))

    assert [child["id"] for child in changed["categories"]] == ["a", "c", "d"]
    assert node_at(changed, "c") == node_at(CALL, "c")


@pytest.mark.parametrize("below", ["a", "b"])
def test_a_category_does_not_move_below_itself(below):
    with pytest.raises(UnderItself):
        moved(CALL, "a", Place(below))


def test_a_place_that_is_gone_is_told():
    with pytest.raises(NotThere):
        moved(CALL, "d", Place("a", "x"))


def test_in_a_copied_branch_references_follow_and_those_to_others_stay():
    changed, new_ids = copied(CALL, "a", Place(), "甲之二")
    copy = node_at(changed, new_ids["a"])

    assert copy["name"] == "甲之二"
    assert copy["track"] == "kepu"
    assert copy["rules"][0]["across"] == [new_ids["b"], new_ids["c"]]
    first, second = copy["categories"][0]["targets"]
    assert second["part_of"] == first["id"] == new_ids["b.t1"]
    assert node_at(changed, "d")["bundle"] == node_at(CALL, "d")["bundle"]


def test_a_category_goes_with_everything_that_names_it():
    changed = without_node(CALL, "b")

    assert places_naming(CALL, ids_in(node_at(CALL, "b"))) == [
        Part("a", "rules", "a.r1"),
        Part("b", "targets", "b.t2"),
        Part("d", "bundle"),
    ]
    assert node_at(changed, "a")["rules"][0]["across"] == ["c"]
    assert node_at(changed, "d")["bundle"] == {"children": [{"name": "乙"}]}
    assert "track" not in node_at(without_node(CALL, "kepu"), "a")


def test_an_entry_is_copied_to_siblings_once():
    changed, made = with_copies(CALL, Part("b", "targets", "b.t1"), ["c", "d"])

    assert made == {"c": Part("c", "targets", "c.t1"), "d": Part("d", "targets", "d.t1")}
    again, none = with_copies(changed, Part("b", "targets", "b.t1"), ["c", "d"])
    assert (again, none) == (changed, {})


def test_a_single_statement_stands_in_place_of_the_siblings_own():
    changed, made = with_copies(CALL, Part("c", "places"), ["b"])

    assert node_at(changed, "b")["places"] == {"count": 3}
    assert list(made) == ["b"]


def test_entries_that_are_not_named_stand_behind():
    entries = [{"id": "x"}, {"id": "y"}, {"id": "z"}]

    assert [entry["id"] for entry in reordered(entries, ["z", "x"])] == ["z", "x", "y"]


@pytest.mark.parametrize(
    "part", [Part("b", "targets", "b.t1"), Part("a", "rules", "a.r1"), Part("c", "places")]
)
def test_what_was_taken_away_with_its_category_comes_back_to_its_place(part):
    changed, there = put_back(without_node(CALL, part.node), CALL, part)

    assert there == part
    assert value_at(changed, part) == value_at(CALL, part)
    assert place_of(changed, part.node) == place_of(CALL, part.node)


def test_an_entry_alone_comes_back_where_it_stood():
    without = without_references(CALL, ())
    node_at(without, "b")["targets"].pop(0)

    changed, _part = put_back(without, CALL, Part("b", "targets", "b.t1"))

    assert [entry["id"] for entry in node_at(changed, "b")["targets"]] == ["b.t1", "b.t2"]


@given(branches, branches, st.booleans())
def test_a_move_there_and_back_changes_nothing(node, target, beside):
    place = place_of(SANMENXIA, target) if beside else Place(target)
    home = place_of(SANMENXIA, node)
    try:
        there = moved(SANMENXIA, node, place)
    except UnderItself:
        return

    assert contents(there) == contents(SANMENXIA)
    assert moved(there, node, home) == SANMENXIA


@given(branches, branches)
def test_a_copy_has_ids_of_its_own_and_is_a_definition(node, target):
    changed, new_ids = copied(SANMENXIA, node, Place(target), "副本")

    ids = all_ids(changed)
    assert len(set(ids)) == len(ids)
    assert len(ids) == len(all_ids(SANMENXIA)) + len(new_ids)
    assert without_node(changed, new_ids[node]) == SANMENXIA
    programme_of(changed)


@given(branches)
def test_a_definition_without_a_category_is_one_and_names_nothing_that_is_gone(node):
    gone = set(ids_in(node_at(SANMENXIA, node)))

    changed = without_node(SANMENXIA, node)

    assert set(all_ids(changed)) == set(all_ids(SANMENXIA)) - gone
    assert places_naming(changed, gone) == []
    programme_of(changed)


@given(branches)
def test_a_new_category_stands_where_it_was_put(node):
    place = place_of(SANMENXIA, node)

    changed, identifier = with_category(SANMENXIA, Place(place.parent, node), {"name": "新增"})

    assert place_of(changed, identifier) == Place(place.parent, node)
    assert set(siblings_of(changed, identifier)) == {node, *siblings_of(SANMENXIA, node)}
    assert without_node(changed, identifier) == SANMENXIA
