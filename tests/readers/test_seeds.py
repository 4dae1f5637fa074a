"""The same notice as Word, text and PDF gives the same blocks."""

import pytest

from keqiao.readers.document import read_document
from keqiao.readers.sandbox import read_document_safely
from tests.conftest import seeds_folder
from tests.readers.shown import compared

pytestmark = pytest.mark.seeds
NAMES = ("henan-2023", "hunan-2022", "jining-2023", "sanmenxia-2023", "yinchuan-2022")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("ending", ["txt", "pdf"])
def test_text_and_pdf_give_the_same_blocks_as_word(name, ending):
    word = read_document(seeds_folder() / f"{name}.docx")
    other = read_document(seeds_folder() / f"{name}.{ending}")

    assert compared(other) == compared(word)
    assert [type(block) for block in other.blocks] == [type(block) for block in word.blocks]


def test_numbers_that_stand_only_in_the_numbering_part_are_computed():
    numbered = read_document(seeds_folder() / "henan-2023-numbered.docx")

    assert compared(numbered) == compared(read_document(seeds_folder() / "henan-2023.docx"))


@pytest.mark.parametrize("name", ["yinchuan-2022.docx", "yinchuan-2022.pdf", "jining-2023.txt"])
def test_the_child_gives_the_very_document_that_reading_here_gives(name):
    path = seeds_folder() / name

    assert read_document_safely(path) == read_document(path)


@pytest.mark.parametrize("name", NAMES)
def test_every_block_knows_its_place(name):
    for ending in ("docx", "txt", "pdf"):
        blocks = read_document(seeds_folder() / f"{name}.{ending}").blocks

        assert [block.place.block for block in blocks] == list(range(len(blocks)))


def test_a_paragraph_of_a_text_file_stands_on_the_line_it_names():
    path = seeds_folder() / "jining-2023.txt"
    written = path.read_text(encoding="utf-8").split("\n")
    document = read_document(path)

    found = [p for block in document.blocks for p in paragraphs_of(block)]

    assert [p.text.strip() for p in found] == [written[p.place.line - 1].strip() for p in found]


def paragraphs_of(block):
    if hasattr(block, "rows"):
        return [p for row in block.rows for cell in row if not cell.inherited for p in cell.paragraphs]
    return [block]
