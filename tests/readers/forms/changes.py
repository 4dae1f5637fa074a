"""What people do to Word forms before they send them in, as changes to a document, each with what it means."""

import copy
import random

from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

INSERTED = "（插入的字）"
DELETED = "（删去的字）"
IN_BOX = "文本框里的字"
IN_COMMENT = "批注里的字"
ADDED = "后加的一行"


def delete_row(document, chance):
    """A row of fields is deleted; in a list the answer loses it, elsewhere the blank is absent."""
    row = chance.choice(_plain_rows(document))
    row.getparent().remove(row)


def move_row(document, chance):
    """A row moves to the end of its table."""
    row = chance.choice(_plain_rows(document))
    table = row.getparent()
    table.remove(row)
    table.append(row)


def add_row(document, chance):
    """A row without marks is added below a filled one, and filled."""
    rows = [row for row in _marked_rows(document) if len(row.findall(qn("w:tc"))) > 3] or _plain_rows(
        document
    )
    row = chance.choice(rows)
    new = copy.deepcopy(row)
    for mark in [*new.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))]:
        mark.getparent().remove(mark)
    for control in [*new.iter(qn("w:sdt"))]:
        unwrap(control)
    for number, text in enumerate(new.iter(qn("w:t"))):
        text.text = f"{ADDED}{number}"
    row.addnext(new)


def copy_row(document, chance):
    """A row is copied with its content controls, as Word does it: bookmarks stay with the first."""
    row = chance.choice(_plain_rows(document))
    new = copy.deepcopy(row)
    for mark in [*new.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))]:
        mark.getparent().remove(mark)
    row.addnext(new)


def merge_cells(document, chance):
    """Two cells beside each other are merged; Word puts the paragraphs of both into one."""
    row = chance.choice(_plain_rows(document))
    cells = row.findall(qn("w:tc"))
    at = chance.randrange(len(cells) - 1)
    left, right = cells[at], cells[at + 1]
    spans = [_span(cell) for cell in (left, right)]
    for paragraph in right.findall(qn("w:p")):
        left.append(paragraph)
    row.remove(right)
    properties = left.find(qn("w:tcPr"))
    for old in properties.findall(qn("w:gridSpan")):
        properties.remove(old)
    span = OxmlElement("w:gridSpan")
    span.set(qn("w:val"), str(sum(spans)))
    properties.insert(1, span)


def retype_label(document, chance):
    """A label beside a blank is written anew."""
    row = chance.choice(_plain_rows(document))
    texts = [text for text in row.iter(qn("w:t")) if not _in_blank(text) and (text.text or "").strip()]
    if texts:
        chance.choice(texts).text = chance.choice(["新的栏目", "申报单位", "项目名称", "备注"])


def other_font(document, chance):
    """Words are given another font and size, and are cut into several runs."""
    for run in [each for each in document.element.body.iter(qn("w:r")) if each.find(qn("w:t")) is not None]:
        text = run.find(qn("w:t"))
        if chance.random() < 0.3 and len(text.text or "") > 2 and len(run.findall(qn("w:t"))) == 1:
            second = copy.deepcopy(run)
            second.find(qn("w:t")).text = text.text[2:]
            text.text = text.text[:2]
            size = OxmlElement("w:sz")
            size.set(qn("w:val"), "44")
            second.get_or_add_rPr().append(size)
            run.addnext(second)


def track(document, chance):
    """Words are inserted and others deleted as tracked changes."""
    mark = next(
        each for each in chance.choice(_marked_rows(document)).iter(qn("w:bookmarkStart")) if _is_ours(each)
    )
    cell = next(each for each in mark.iterancestors() if each.tag == qn("w:tc"))
    run = next(cell.iter(qn("w:r")))
    run.addnext(tracked("w:ins", "w:t", INSERTED))
    run.addprevious(tracked("w:del", "w:delText", DELETED))


def comment(document, chance):
    """A blank gets a comment."""
    cell = chance.choice(_marked_rows(document)).findall(qn("w:tc"))[-1]
    run = Paragraph(cell.findall(qn("w:p"))[-1], document._body).add_run("")
    document.add_comment(run, text=IN_COMMENT, author="某人")


def text_box(document, chance):
    """A text box is put over the form."""
    paragraph = chance.choice([each for each in document.element.body.iter(qn("w:p")) if _is_seen(each)])
    paragraph.append(
        parse_xml(
            f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict><v:shape id="b" type="#t" '
            'style="width:100pt;height:40pt"><v:textbox><w:txbxContent><w:p><w:r><w:t>'
            f"{IN_BOX}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        )
    )


def lose_marks(document, chance):
    """Content controls and bookmarks of some blanks are gone."""
    for row in _marked_rows(document):
        if chance.random() < 0.3:
            for control in [*row.iter(qn("w:sdt"))]:
                unwrap(control)
            for mark in [*row.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))]:
                mark.getparent().remove(mark)


def lose_controls(document, chance):
    """All content controls are gone, as in WPS of old; bookmarks stay."""
    for control in [*document.element.body.iter(qn("w:sdt"))]:
        unwrap(control)


def nest_table(document, chance):
    """A table is put into a blank."""
    row = chance.choice(_plain_rows(document))
    cell = row.findall(qn("w:tc"))[-1]
    cell.insert(
        1,
        parse_xml(
            f'<w:tbl {nsdecls("w")}><w:tblPr/><w:tblGrid><w:gridCol w:w="900"/></w:tblGrid>'
            f"<w:tr><w:tc><w:p><w:r><w:t>{ADDED}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        ),
    )


CHANGES = (
    delete_row, move_row, add_row, copy_row, merge_cells, retype_label, other_font, track, comment, text_box,
    lose_marks, lose_controls, nest_table,
)  # fmt: skip
TYPED = {track: (INSERTED,), comment: (IN_COMMENT,), text_box: (IN_BOX,)}
"""What was typed by a change, and has to be found again somewhere."""


def changed(document, chance: random.Random, changes):
    """Change the document by each in turn."""
    for change in changes:
        change(document, chance)


def _plain_rows(document):
    """Rows with a blank, of which no cell is merged with one below."""
    return [row for row in _marked_rows(document) if row.find(f".//{qn('w:vMerge')}") is None]


def _marked_rows(document):
    rows = document.element.body.iter(qn("w:tr"))
    return [row for row in rows if any(_is_ours(mark) for mark in row.iter(qn("w:bookmarkStart")))]


def _is_seen(paragraph):
    """Is it in no cell that a cell above covers? LibreOffice drops what stands there."""
    merge = paragraph.getparent().find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return merge is None or merge.get(qn("w:val")) == "restart"


def _is_ours(mark):
    return mark.get(qn("w:name"), "").startswith("_f_")


def _in_blank(element):
    return any(each.tag == qn("w:sdtContent") for each in element.iterancestors())


def _span(cell):
    found = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return 1 if found is None else int(found.get(qn("w:val")))


def unwrap(control):
    content = control.find(qn("w:sdtContent"))
    for child in [*content]:
        control.addprevious(child)
    control.getparent().remove(control)


def tracked(tag, text_tag, words):
    change = OxmlElement(tag)
    for name, value in (("id", "900"), ("author", "某人"), ("date", "2023-01-01T00:00:00Z")):
        change.set(qn(f"w:{name}"), value)
    run, text = OxmlElement("w:r"), OxmlElement(text_tag)
    text.text = words
    run.append(text)
    change.append(run)
    return change
