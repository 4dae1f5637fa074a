"""The short way through plain cells reads what the long way reads, and so do styles parsed when they are asked for."""

import random

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from keqiao.core.forms.paper import paper_of
from keqiao.readers.forms import taking
from keqiao.readers.forms.taking import take
from keqiao.readers.word.package import W
from keqiao.readers.word.package import parse_xml as parsed
from keqiao.readers.word.styles import Styles, _Sheet
from keqiao.writers.forms.word import write_word
from tests.readers.forms.changes import CHANGES, changed
from tests.writers.forms.specifications import one_of_each_form

FORMS = list(one_of_each_form())
SHEET = (
    f'<w:styles xmlns:w="{W.strip("{}")}"><w:docDefaults/><w:latentStyles/>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:styleId="一级"><w:basedOn w:val="Normal"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/>'
    '</w:numPr></w:pPr></w:style><w:style w:type="character" w:default="1" w:styleId="a&amp;b"/></w:styles>'
)


def every_cell(root):
    return frozenset(root.iter(W + "tc"))


@pytest.mark.parametrize("seed", range(24))
def test_the_short_way_reads_what_the_long_way_reads(tmp_path, monkeypatch, seed):
    chance = random.Random(seed)
    specification, answers = FORMS[seed % len(FORMS)]
    path = tmp_path / "form.docx"
    write_word(paper_of(specification, answers), path)
    document = docx.Document(str(path))
    changed(document, chance, chance.sample(CHANGES, min(seed % 5, len(CHANGES))))
    document.save(str(path))

    short = take(path)
    monkeypatch.setattr(taking, "odd_cells", every_cell)

    assert short == take(path)
    assert len(short.pieces) > 40


ODD_CELLS = {
    "stops of tabs": '<w:p><w:pPr><w:tabs><w:tab w:pos="9"/></w:tabs></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>',
    "a control round paragraphs": (
        '<w:p><w:r><w:t>甲</w:t></w:r></w:p><w:sdt><w:sdtPr><w:tag w:val="b"/></w:sdtPr><w:sdtContent>'
        "<w:p><w:r><w:t>乙</w:t><w:br/><w:t>丙</w:t></w:r></w:p><w:p/></w:sdtContent></w:sdt>"
        "<w:p><w:r><w:t>丁</w:t></w:r></w:p>"
    ),
    "a control in a control, words behind it": (
        '<w:p><w:sdt><w:sdtPr><w:tag w:val="b"/><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>甲</w:t></w:r>'
        '<w:sdt><w:sdtPr><w:tag w:val="c"/></w:sdtPr><w:sdtContent><w:r><w:t>乙</w:t></w:r></w:sdtContent></w:sdt>'
        "<w:r><w:tab/><w:t>丙</w:t></w:r></w:sdtContent></w:sdt><w:r><w:t>丁</w:t></w:r></w:p>"
    ),
    "a bookmark over two paragraphs": (
        '<w:p><w:bookmarkStart w:id="7" w:name="m"/><w:r><w:t>甲</w:t></w:r></w:p>'
        '<w:p><w:r><w:t>乙</w:t></w:r><w:bookmarkEnd w:id="7"/><w:r><w:noBreakHyphen/><w:t>丙</w:t></w:r></w:p>'
    ),
    "a numbered style": '<w:p><w:pPr><w:pStyle w:val="ListNumber"/></w:pPr><w:r><w:t>甲</w:t></w:r></w:p><w:p/>',
    "hidden words": "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>甲</w:t></w:r><w:r><w:t>乙</w:t></w:r></w:p>",
}


@pytest.mark.parametrize("cell", ODD_CELLS.values(), ids=ODD_CELLS)
def test_both_ways_read_what_programs_put_into_cells(tmp_path, monkeypatch, cell):
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    place = table.cell(0, 1)._tc
    place.clear_content()
    for element in parse_xml(f"<w:tc {nsdecls('w')}>{cell}</w:tc>"):
        place.append(element)
    table.rows[1]._tr.insert(1, parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="8" w:name="between"/>'))
    table.cell(1, 1).text = "戊"
    path = tmp_path / "cells.docx"
    document.save(str(path))

    short = take(path)
    monkeypatch.setattr(taking, "odd_cells", every_cell)

    assert short == take(path)
    assert "".join(piece.text for piece in short.pieces).strip()


def test_numbers_of_a_footer_are_counted_though_the_text_has_none(tmp_path):
    document = docx.Document()
    document.add_table(rows=1, cols=1).cell(0, 0).text = "甲"
    document.sections[0].footer.paragraphs[0].text = "脚注"
    document.sections[0].footer.paragraphs[0].style = "List Number"
    path = tmp_path / "footer.docx"
    document.save(str(path))

    assert [piece.text for piece in take(path).pieces if piece.text] == ["甲", "1.  脚注"]


def test_styles_parsed_when_asked_are_those_parsed_at_once():
    for data in (SHEET.encode(), docx.Document().styles.element.xml.encode()):
        late, early = Styles.read_when_asked(data), Styles.read(parsed(data))

        assert isinstance(late.by_id, _Sheet) == (b"?" not in data)
        assert (list(late.by_id), late.default) == (list(early.by_id), early.default)
        assert [late.numbering(style) for style in late.by_id] == [
            early.numbering(style) for style in early.by_id
        ]


@pytest.mark.parametrize(
    ("instead", "by"),
    [
        ("<w:docDefaults/>", '<!-- <w:style w:styleId="x"> -->'),
        ("<w:docDefaults/>", "<?word <w:style ?>"),
        ("<w:latentStyles/>", '<v:latent xmlns:v="v"/>'),
        ("<w:style w:styleId", "<w:style\nw:styleId"),
        ("xmlns:w=", 'xmlns:v="v" xmlns:w='),
    ],
)
def test_a_sheet_that_is_written_otherwise_is_read_all_the_same(instead, by):
    assert instead in SHEET
    data = SHEET.replace(instead, by).encode()

    late = Styles.read_when_asked(data)

    assert (list(late.by_id), late.default) == (["Normal", "一级", "a&b"], "Normal")
    assert late.numbering("一级") == ("3", 1, "一级")
    assert Styles.read_when_asked(None) == Styles()
