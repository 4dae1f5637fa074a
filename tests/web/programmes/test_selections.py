"""Words picked out of a document: found by their address, read for a slot, tied to a part."""

import pytest

from keqiao.core.guides.blocks import Cell, Paragraph, Place, SourceDocument, Table
from keqiao.readers.transfer import to_values
from keqiao.web.programmes.models import Source
from keqiao.web.programmes.proofreading.selections import NoSuchWords, corrected, proposal_of, selection_at


def source(*texts: str) -> Source:
    """A source that was read, not saved: one paragraph each, and one table of a single cell behind them."""
    paragraphs = [Paragraph(text, Place(number)) for number, text in enumerate(texts)]
    cell = Cell((Paragraph("每项3万元", Place(len(texts), 0, 0)),), 0, 0)
    table = Table(((cell,),), Place(len(texts)))
    document = SourceDocument("call.docx", "docx", (*paragraphs, table))
    return Source(document=to_values(document), result={"document": {"year": 2023}})


def test_an_address_leads_to_the_words_without_the_blanks_round_them():
    found = selection_at(source("通知", " 每项5万元 "), "1.-1.-1.0.0.7")

    assert (found.words, found.address) == ("每项5万元", "1.-1.-1.0.1.6")


def test_words_in_a_cell_name_their_cell():
    found = selection_at(source("通知"), "1.0.0.0.0.5")

    assert (found.words, found.where) == ("每项3万元", "第2段 表格第1行第1列")


@pytest.mark.parametrize(
    "address",
    [
        *("", "1.2.3", "a.b.c.d.e.f", "9.-1.-1.0.0.2", "0.-1.-1.0.2.2", "0.-1.-1.0.1.99", "0.-1.-1.0.-2.1"),
        *("1.-1.-1.0.0.1", "0.-1.-1.0.0." + "9" * 80),
    ],
)
def test_an_address_that_leads_nowhere_is_told(address):
    with pytest.raises(NoSuchWords):
        selection_at(source("通知", " "), address)


def test_what_is_tied_is_what_stands_there():
    assert selection_at(source("通知", "每项5万元"), "1.-1.-1.0.0.5").tied() == {
        "words": "每项5万元",
        "where": "第2段",
        "place": {
            "block": 1,
            "row": -1,
            "column": -1,
            "paragraph": 0,
            "line": 0,
            "page": 0,
            "start": 0,
            "end": 5,
        },
        "confidence": "certain",
        "note": "selected",
    }


@pytest.mark.parametrize(
    ("words", "slot", "expected"),
    [
        ("每项5万元", "funding", {"kind": "fixed", "amount_fen": 5_000_000}),
        ("共支持10项", "places", {"count": 10}),
        ("4月30日前", "deadline", {"on": "2023-04-30"}),
        ("实施期2年", "term", {"months": 24}),
        ("讲座不少于6场", "targets", {"metric": "讲座", "comparator": ">=", "value": 6, "unit": "场"}),
        ("不少于6场", "targets", {"comparator": ">=", "value": 6, "unit": "场"}),
        ("每个单位限报1项", "per_unit_limit", {"max": 1}),
        ("须具有独立法人资格", "rules", None),
        ("各全省学会", "applicants", {"kinds": ["各全省学会"]}),
        ("学会部，0398-2823456", "office_list", {"department": "学会部", "phones": ["0398-2823456"]}),
        ("学术交流活动", "head", {"name": "学术交流活动"}),
    ],
)
def test_words_are_offered_as_values_of_a_definition(words, slot, expected):
    selected = selection_at(source(words), f"0.-1.-1.0.0.{len(words)}")

    values = dict(proposal_of(selected, slot, source(words)).values)

    if slot != "head":
        assert values.pop("source") == {"clause": "第1段"}
    if expected is None:
        expected = {"type": "legal_status", "summary": words, "legal_person": True}
    assert values == expected


def test_it_is_told_how_many_facts_the_words_hold():
    words = "讲座不少于6场，报告不少于5个"

    found = proposal_of(selection_at(source(words), f"0.-1.-1.0.0.{len(words)}"), "targets", source(words))

    assert found.count == 2


def test_what_cannot_be_read_proposes_nothing():
    found = proposal_of(selection_at(source("另行通知"), "0.-1.-1.0.0.4"), "funding", source("另行通知"))

    assert (found.values, found.count) == ({}, 0)


@pytest.mark.parametrize(
    ("present", "proposed", "slot", "expected"),
    [
        (None, {"count": 3}, "places", {"count": 3}),
        ({"count": 3}, {}, "places", {"count": 3}),
        ({"count": 3, "invented": True}, {"max": 4}, "places", {"invented": True, "max": 4}),
        (
            {"kind": "fixed", "amount_fen": 1},
            {"kind": "range", "min_fen": 1, "max_fen": 2},
            "funding",
            {"kind": "range", "min_fen": 1, "max_fen": 2},
        ),
        (
            {"id": "c1.t1", "metric": "讲座", "value": 5, "per": "每年"},
            {"value": 6},
            "targets",
            {"id": "c1.t1", "metric": "讲座", "value": 6, "per": "每年"},
        ),
        (
            {"id": "r1", "type": "declared", "summary": "旧"},
            {"type": "quota", "max": 1, "summary": "新"},
            "rules",
            {"id": "r1", "type": "quota", "max": 1, "summary": "新"},
        ),
    ],
)
def test_read_values_take_the_place_of_the_old_ones(present, proposed, slot, expected):
    assert corrected(present, proposed, slot) == expected
