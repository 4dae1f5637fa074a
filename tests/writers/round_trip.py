"""Definition → notice → reading, and what is compared at both ends.

Every way of wording and numbering has to preserve every group that ``stated_facts.facts`` counts; none is left out
for any way. Two things are outside the comparison because a notice does not word them: the printed code of a
category (each way counts in its own marks) and the names of groups of alternatives (only their size is said).
"""

import tempfile
from dataclasses import replace
from pathlib import Path

from keqiao.core.guides.flat import flat as flat_reading
from keqiao.core.guides.reading import read_call
from keqiao.readers.document import read_document
from keqiao.readers.vocabulary import guide_vocabulary
from keqiao.writers.notice import Notice, render
from keqiao.writers.notice.blocks import Grid, GridCell, Said
from keqiao.writers.reading import flat
from tests.writers.stated_facts import facts


def expected_facts(programme):
    """The facts that a reading of the notice must find.

    A reading states each deadline as a rule too, and counts the mailbox for electronic copies as a contact.
    """
    stated = flat(programme)
    document = stated["document"]
    whole = [programme.deadline] if programme.deadline else []
    dues = [*whole, *(track.deadline for track in programme.tracks if track.deadline)]
    document.setdefault("general_rules", []).extend(
        {"formal": {"type": "deadline", "date": due.on.isoformat()}} for due in dues
    )
    mails = [
        node.filing.email for node in (programme, *programme.tracks) if node.filing and node.filing.email
    ]
    document.setdefault("contacts", []).extend({"email": mail} for mail in mails)
    return facts(stated)


def read_facts(document):
    """The facts that the reader finds in a document."""
    return facts(flat_reading(read_call(document, guide_vocabulary())))


def read_pdf_facts(notice):
    """The facts that the reader finds in the PDF of a notice, and the characters that no font had."""
    paper = notice.pdf()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "notice.pdf"
        path.write_bytes(paper.pdf)
        return read_facts(read_document(path)), paper.missing


def differences(programme, plan, *, fault=None):
    """What the notice in this way lost and gained; with a planted fault one number in it is wrong."""
    notice = _notice(programme, plan, fault)
    return _differences(programme, read_facts(notice.source_document()))


def pdf_differences(programme, plan, *, fault=None):
    """The same for the PDF of the notice; a character that no font has is a difference too."""
    found, missing = read_pdf_facts(_notice(programme, plan, fault))
    return [*_differences(programme, found), *(f"no type for {sign}" for sign in missing)]


def _notice(programme, plan, fault):
    notice = render(programme, plan)
    return with_a_wrong_number(notice) if fault == "number" else notice


def _differences(programme, found):
    expected = expected_facts(programme)
    return [*(f"lost {fact}" for fact in expected - found), *(f"gained {fact}" for fact in found - expected)]


def with_a_wrong_number(notice):
    """The notice with one more of the first thing that it asks for."""
    blocks = list(notice.blocks)
    for number, block in enumerate(blocks):
        changed = _wrong_grid(block) if isinstance(block, Grid) else _wrong_line(block)
        if changed is not None:
            blocks[number] = changed
            break
    return Notice(tuple(blocks), notice.plan)


def _wrong_line(line):
    said = _wrong(line.said)
    return None if said is None else replace(line, said=said)


def _wrong_grid(grid):
    for r, row in enumerate(grid.rows):
        for c, cell in enumerate(row):
            for p, sentence in enumerate(cell.paragraphs):
                if (said := _wrong(sentence)) is not None:
                    paragraphs = (*cell.paragraphs[:p], said, *cell.paragraphs[p + 1 :])
                    cells = (*row[:c], GridCell(paragraphs), *row[c + 1 :])
                    return replace(grid, rows=(*grid.rows[:r], cells, *grid.rows[r + 1 :]))
    return None


_NEXT = str.maketrans("0123456789一二两三四五六七八九", "1234567890二三三四五六七八九八")


def _wrong(sentence):
    for index, part in enumerate(sentence):
        if part.fact is not None and "targets" in part.fact and part.words.translate(_NEXT) != part.words:
            last = max(i for i, sign in enumerate(part.words) if sign.translate(_NEXT) != sign)
            words = part.words[:last] + part.words[last].translate(_NEXT) + part.words[last + 1 :]
            return (*sentence[:index], Said(words, part.fact), *sentence[index + 1 :])
    return None
