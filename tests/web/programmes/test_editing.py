"""Changes of a definition as plain values."""

import pytest

from keqiao.web.programmes.editing import (
    NotThere,
    entry_at,
    settled,
    with_entry,
    with_new_entry,
    with_statements,
    without_entry,
)

VALUES = {
    "id": "x",
    "offices": ["office-1"],
    "office_list": [{"id": "office-1", "department": "学会部"}],
    "categories": [
        {
            "id": "c1",
            "name": "甲",
            "funding": {"kind": "none", "needs_answer": True, "source": {"clause": "一、2"}},
            "targets": [
                {"id": "c1.t1", "metric": "场次", "value": 5},
                {"id": "c1.t2", "metric": "其中", "value": 2, "part_of": "c1.t1", "needs_answer": True},
            ],
        }
    ],
}


def test_a_corrected_statement_keeps_its_clause_and_is_settled():
    changed = with_statements(VALUES, "c1", {"funding": {"kind": "ceiling", "max_fen": 100}})

    funding = {"kind": "ceiling", "max_fen": 100, "source": {"clause": "一、2"}}
    assert changed["categories"][0]["funding"] == funding
    assert VALUES["categories"][0]["funding"]["kind"] == "none"


def test_a_statement_can_be_taken_away():
    assert "funding" not in with_statements(VALUES, "c1", {"funding": None})["categories"][0]


def test_a_corrected_entry_is_settled():
    changed = with_entry(VALUES, "c1.t2", {"value": 3})

    assert entry_at(changed, "c1.t2").values == {
        "id": "c1.t2",
        "metric": "其中",
        "value": 3,
        "part_of": "c1.t1",
    }


def test_a_new_entry_gets_a_free_id():
    changed, identifier = with_new_entry(VALUES, "c1", "targets", {"metric": "人次", "value": 0, "unit": ""})

    assert identifier == "c1.t3"
    assert entry_at(changed, identifier).values == {"id": "c1.t3", "metric": "人次", "value": 0}


def test_a_removed_entry_leaves_no_reference_behind():
    changed = without_entry(VALUES, "c1.t1")

    assert changed["categories"][0]["targets"] == [
        {"id": "c1.t2", "metric": "其中", "value": 2, "needs_answer": True}
    ]
    assert without_entry(VALUES, "office-1")["offices"] == []


def test_a_confirmed_statement_loses_its_mark():
    changed = settled(VALUES, ("categories", 0, "targets", 1))

    assert "needs_answer" not in changed["categories"][0]["targets"][1]


@pytest.mark.parametrize("change", [lambda v: with_entry(v, "c9.t1", {}), lambda v: settled(v, ("rules", 0))])
def test_what_is_gone_is_told(change):
    with pytest.raises(NotThere):
        change(VALUES)
