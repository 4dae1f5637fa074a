"""The figures of GB/T 9704-2012 hold in every paper of the chain, and each one that is wrong is noticed."""

import re
from zipfile import ZipFile

import pytest

from tests.writers.letters.figures import pdf_faults, word_faults
from tests.writers.letters.papers import PAPERS, award

PLANTED = {
    "margin left": ("document", rb'(<w:pgMar [^>]*w:left=)"\d+"', rb'\1"1134"'),
    "22 lines": ("document", rb'(<w:docGrid [^>]*w:linePitch=)"\d+"', rb'\1"600"'),
    "the day leaves": ("document", rb'w:rightChars="400"', rb'w:rightChars="200"'),
    "mm for the seal": ("document", rb'w:before="\d+"', rb'w:before="0"'),
    "the seal may stand": ("document", rb"<w:keepNext/>", b""),
    "no title": ("document", "方正小标宋简体".encode(), "宋体".encode()),
    "heading in": ("document", "黑体".encode(), "宋体".encode()),
    "body in": ("styles", "仿宋_GB2312".encode(), "宋体".encode()),
    "numbers of pages:": ("footer1", rb"PAGE", rb"DATE"),
    "one character in": ("footer1", rb'Chars="100"', rb'Chars="0"'),
}


@pytest.mark.parametrize("name", PAPERS)
def test_every_paper_is_laid_out_as_the_standard_wants_it(name, tmp_path):
    paper = PAPERS[name]()
    paper.docx(tmp_path / "paper.docx")
    (tmp_path / "paper.pdf").write_bytes(paper.pdf().pdf)

    assert list(word_faults(tmp_path / "paper.docx", is_signed=name != "task")) == []
    assert list(pdf_faults(tmp_path / "paper.pdf")) == []


@pytest.mark.parametrize("said", PLANTED)
def test_a_figure_that_is_wrong_is_noticed(said, tmp_path):
    part, pattern, other = PLANTED[said]
    path, changed = tmp_path / "paper.docx", tmp_path / "changed.docx"
    award().docx(path)
    with ZipFile(path) as archive, ZipFile(changed, "w") as target:
        for name in archive.namelist():
            content = archive.read(name)
            target.writestr(name, re.sub(pattern, other, content) if name == f"word/{part}.xml" else content)

    assert any(said in fault for fault in word_faults(changed))
