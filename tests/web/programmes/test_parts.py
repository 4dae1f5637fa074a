"""Parts of a definition are found and changed by their address; nothing else moves."""

import pytest

from keqiao.readers.programmes import demonstration, shipped
from keqiao.web.programmes.definitions import values_of
from keqiao.web.programmes.parts import NotThere, Part, node_at, nodes, value_at, with_new_entry, with_value

CALL = {
    "id": "call",
    "title": "通知",
    "region": "甲市",
    "tracks": [{"id": "kepu", "name": "科普"}],
    "categories": [
        {
            "id": "a",
            "name": "甲",
            "rules": [{"id": "a.r1", "summary": "一"}, {"id": "a.r2", "summary": "二"}],
            "materials": [{"name": "申报书"}, {"name": "章程"}],
            "categories": [{"id": "b", "name": "乙", "places": {"count": 3}}],
        }
    ],
}


@pytest.mark.parametrize(
    ("part", "said"),
    [
        (Part("b", "places"), {"count": 3}),
        (Part("b", "funding"), None),
        (Part("a", "rules", "a.r2"), {"id": "a.r2", "summary": "二"}),
        (Part("a", "materials", "@1"), {"name": "章程"}),
        (Part("", "head"), {"title": "通知", "region": "甲市"}),
        (Part("kepu", "head"), {"name": "科普"}),
        (Part("b", "head"), {"name": "乙"}),
    ],
)
def test_a_part_is_read_by_its_address(part, said):
    assert value_at(CALL, part) == said


@pytest.mark.parametrize(
    "part",
    [
        Part("x", "places"),
        Part("a", "rules", "a.r9"),
        Part("a", "materials", "@2"),
        Part("a", "materials", "@x"),
    ],
)
def test_a_part_that_is_not_there_is_said_so(part):
    with pytest.raises(NotThere):
        value_at(CALL, part)


@pytest.mark.parametrize("name", shipped())
def test_saying_every_part_again_changes_nothing(name):
    values = values_of(demonstration(name))
    for node, stated in nodes(values):
        for slot in (*stated, "head"):
            if slot not in ("id", "format", "categories"):
                assert with_value(values, Part(node, slot), value_at(values, Part(node, slot))) == values


def test_taking_an_entry_away_leaves_its_neighbours():
    left = with_value(CALL, Part("a", "materials", "@0"), None)
    assert node_at(left, "a")["materials"] == [{"name": "章程"}]
    assert node_at(CALL, "a")["materials"] == [{"name": "申报书"}, {"name": "章程"}]


def test_a_new_entry_gets_an_id_that_is_free():
    changed, part = with_new_entry(CALL, Part("a", "rules"), {"summary": "三"})
    assert part == Part("a", "rules", "a.r3")
    assert value_at(changed, part) == {"id": "a.r3", "summary": "三"}


def test_a_head_that_loses_a_name_loses_only_that():
    changed = with_value(CALL, Part("", "head"), {"title": "新通知"})
    assert "region" not in changed
    assert changed["categories"] == CALL["categories"]
