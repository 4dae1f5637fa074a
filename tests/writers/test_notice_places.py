"""Every fact that a notice words is tied to its words; a definition can point into its own notice."""

import pytest

from keqiao.readers.definition import programme_from_yaml
from keqiao.readers.programmes import demonstration, shipped
from keqiao.writers.notice import WAYS, render, with_places
from tests.writers.test_notice_word import CALL


@pytest.fixture
def call():
    return programme_from_yaml(CALL)


def words_at(notice, place):
    """The characters at a place of the notice, found as a reader of the file would find them."""
    block = notice.source_document().blocks[place.block]
    if place.row is not None:
        block = block.rows[place.row][place.column].paragraphs[place.paragraph]
    return block.text[place.start : place.end]


@pytest.mark.parametrize("way", WAYS)
def test_each_place_holds_the_words_of_its_fact(way, call):
    notice = render(call, WAYS[way])
    said = {pointer: words_at(notice, source.place) for pointer, source in notice.places().items()}

    assert said["title",] == call.title
    assert said["categories", 0] == "科普示范基地"
    assert said["categories", 0, "applicants"] == "市级学会"
    assert "5万元" in said["categories", 0, "funding"]
    assert said["categories", 0, "rules", 0] == "有固定场地"
    assert said["categories", 1, "targets", 0].startswith("短视频")
    assert said["deadline",] == "2031年4月30日前"


def test_the_clause_says_where_the_heading_stands(call):
    found = render(call, WAYS["official"]).places()

    assert found["deadline",].clause == "一（一）"
    assert found["categories", 0, "funding"].clause == "附件1·一（三）"
    assert found["categories", 0, "rules", 1].clause == "附件1·一（二）2"


def test_the_sources_of_a_definition_can_point_into_its_notice(call):
    notice = render(call)

    pointed = with_places(call, notice.places(), "notice")

    assert pointed.categories[0].rules[1].source.document == "notice"
    assert words_at(notice, pointed.categories[0].rules[1].source.place) == "申报单位须具有独立法人资格"
    assert with_places(pointed, {}) == pointed


@pytest.mark.parametrize("name", shipped())
def test_every_rule_and_target_of_a_shipped_programme_has_its_words(name):
    programme = demonstration(name)
    found = render(programme).places()

    silent = [
        (*at, kind, n)
        for at, node in nodes(programme, ())
        for kind in ("rules", "targets")
        for n in range(len(getattr(node, kind, ())))
        if (*at, kind, n) not in found
    ]
    assert silent == []


def nodes(node, at):
    """A node with its pointer, and all categories below it."""
    yield at, node
    for n, category in enumerate(node.categories):
        yield from nodes(category, (*at, "categories", n))
