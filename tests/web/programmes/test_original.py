"""The document as written, with the words behind the draft marked: every character stays, marks lead to parts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keqiao.core.guides.blocks import Cell, Paragraph, Place, SourceDocument, Table
from keqiao.web.programmes.parts import Part
from keqiao.web.programmes.proofreading.marks import Mark, Tied, tied_parts, tint_of
from keqiao.web.programmes.proofreading.original import original_shown, runs_of

TEXT = "每项支持15万元，共10项"


def mark(kind: str, start: int, end: int) -> Mark:
    return Mark(f"{kind}-{start}", kind, start, end)


def shown(*blocks, tied=()):
    return original_shown(SourceDocument("call.docx", "docx", blocks), iter(tied))


def tied(words: str, **place) -> Tied:
    place = {"block": 0, "row": -1, "column": -1, "paragraph": 0, **place}
    return Tied("c1:funding", "money", {"words": words, "place": place}, Part("c1", "funding"))


def marked(original, number=0):
    """The marked runs of one paragraph, as (text, keys)."""
    runs = original.blocks[number].paragraph.runs
    return [(run.text, [m.key for m in run.marks]) for run in runs if run.marks]


def test_a_text_is_cut_where_marks_begin_and_end():
    runs = runs_of(TEXT, [mark("money", 4, 8), mark("count", 10, 13)])

    assert [run.text for run in runs] == ["每项支持", "15万元", "，共", "10项"]
    assert [run.top.kind if run.top else "" for run in runs] == ["", "money", "", "count"]


def test_the_narrowest_of_nested_marks_is_shown_and_the_wide_one_goes_on_behind_it():
    runs = runs_of(TEXT, [mark("condition", 0, 13), mark("money", 4, 8)])

    assert [(run.text, run.top.kind) for run in runs] == [
        ("每项支持", "condition"),
        ("15万元", "money"),
        ("，共10项", "condition"),
    ]
    assert [len(run.begins) for run in runs] == [1, 1, 0]


def test_marks_that_overlap_are_split():
    runs = runs_of("甲乙丙丁", [mark("money", 0, 3), mark("count", 1, 4)])

    assert [(run.text, len(run.marks)) for run in runs] == [("甲", 1), ("乙丙", 2), ("丁", 1)]


spans = st.tuples(st.integers(0, 12), st.integers(0, 12)).filter(lambda span: span[0] < span[1])


@given(st.lists(spans, max_size=8))
def test_whatever_is_marked_no_character_is_lost_and_each_mark_begins_once(places):
    marks = [Mark(f"k{n}", "money", start, end) for n, (start, end) in enumerate(places)]

    runs = runs_of(TEXT[:12], marks)

    assert "".join(run.text for run in runs) == TEXT[:12]
    assert sorted(m.key for run in runs for m in run.begins) == sorted(m.key for m in marks)


def test_words_are_found_by_their_place_also_where_they_stand_twice():
    paragraph = Paragraph("3项，后3项", Place(0))

    assert marked(shown(paragraph, tied=[tied("3项", start=4, end=6)])) == [("3项", ["c1:funding"])]
    assert shown(paragraph, tied=[tied("3项", start=4, end=6)]).blocks[0].paragraph.runs[0].text == "3项，后"


def test_places_of_the_reading_count_from_the_start_of_a_line_behind_a_soft_break():
    paragraph = Paragraph("支持标准\n每项3万元", Place(0))

    assert marked(shown(paragraph, tied=[tied("3万元", start=2, end=5)])) == [("3万元", ["c1:funding"])]


def test_words_without_characters_are_looked_for_and_else_mark_their_paragraph():
    paragraph = Paragraph("每项3万元", Place(0))

    assert marked(shown(paragraph, tied=[tied("3万元")])) == [("3万元", ["c1:funding"])]
    assert marked(shown(paragraph, tied=[tied("改过的话")])) == [("每项3万元", ["c1:funding"])]


def test_words_of_a_place_that_the_document_does_not_have_are_passed_over():
    assert marked(shown(Paragraph("每项3万元", Place(0)), tied=[tied("3万元", block=9)])) == []


def test_merged_cells_are_drawn_once_and_their_words_are_marked():
    words = (Paragraph("每项3万元", Place(1, 0, 0)),)
    wide = Cell(words, 0, 0, column_span=2)
    table = Table(((wide, Cell(words, 0, 1, inherited=True)),), Place(1))

    original = shown(Paragraph("表", Place(0)), table, tied=[tied("3万元", block=1, row=0, column=0)])

    (row,) = original.blocks[1].rows
    assert [(cell.id, cell.column_span) for cell in row] == [("p1-0-0", 2)]
    assert [run.text for run in row[0].paragraphs[0].runs if run.marks] == ["3万元"]
    assert original.places == {"c1:funding": "p1-0-0-0"}


def test_a_page_that_begins_is_told_where_the_reader_knows_pages():
    pages = [Paragraph(f"第{n}段", Place(n, page=page)) for n, page in enumerate([1, 1, 2, 4])]

    assert [block.page for block in shown(*pages).blocks] == [0, 0, 2, 4]
    assert [block.page for block in shown(Paragraph("一", Place(0)), Paragraph("二", Place(1))).blocks] == [
        0,
        0,
    ]


def test_words_lead_to_the_parts_that_they_say():
    values = {
        "title": "通知",
        "rules": [{"id": "r1", "type": "deadline"}],
        "office_list": [{"id": "office-1"}],
        "categories": [
            {
                "id": "c1",
                "name": "讲座",
                "funding": {"kind": "none"},
                "materials": [{"name": "申报书"}, {"name": "证明"}],
                "endorsement": [{"id": "c1.e1", "steps": []}],
                "targets": [{"id": "c1.t1"}],
            }
        ],
    }
    keys = ["r1", "office-1", "c1", "c1:funding", "c1:materials", "c1:endorsement", "c1.t1", "c9:funding"]

    found = {each.key: (each.part, each.kind) for each in tied_parts(values, {key: {} for key in keys})}

    assert found == {
        "r1": (Part("", "rules", "r1"), "date"),
        "office-1": (Part("", "office_list", "office-1"), "contact"),
        "c1": (Part("c1", "head"), "name"),
        "c1:funding": (Part("c1", "funding"), "money"),
        "c1:materials": (Part("c1", "materials", "@0"), "condition"),
        "c1:endorsement": (Part("c1", "endorsement", "c1.e1"), "condition"),
        "c1.t1": (Part("c1", "targets", "c1.t1"), "target"),
    }


@pytest.mark.parametrize(
    ("slot", "rule_type", "kind"),
    [
        ("places", "", "count"),
        ("completion", "", "date"),
        ("rules", "legal_status", "condition"),
        ("rules", "quota", "count"),
        ("applicants", "", "condition"),
    ],
)
def test_each_statement_has_a_tint(slot, rule_type, kind):
    assert tint_of(Part("c1", slot), rule_type) == kind
