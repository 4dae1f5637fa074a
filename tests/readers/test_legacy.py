"""Old Word files: through a converter where one is installed, else an answer that says what to do."""

import shutil
import subprocess

import pytest

from keqiao.core.guides.blocks import Paragraph, Place
from keqiao.readers import legacy
from keqiao.readers.document import read_document
from keqiao.readers.legacy import converter
from keqiao.readers.sandbox import read_document_safely
from keqiao.readers.unreadable import Unreadable
from tests.readers.hostile import ole
from tests.readers.shown import compared
from tests.readers.word_files import docx, level, numbered, numbering, p


def paragraph(text: str, number: str = "") -> Paragraph:
    return Paragraph(text, Place(0), number)


@pytest.mark.parametrize(("name", "kind"), [("a.doc", "doc"), ("a.wps", "wps")])
def test_without_a_converter_the_format_is_named(tmp_path, monkeypatch, name, kind):
    monkeypatch.setenv("PATH", str(tmp_path))
    path = tmp_path / name
    path.write_bytes(ole("WordDocument"))

    with pytest.raises(Unreadable) as refusal:
        read_document_safely(path)

    assert refusal.value.code == "unreadable.legacy_doc_no_converter"
    assert refusal.value.values == {"name": name, "kind": kind}


def test_numbers_come_from_the_reading_that_has_them():
    plain = (paragraph("目标"), paragraph("内容"), paragraph("目标"))
    counted = (paragraph("目标", "一、"), paragraph("内容"), paragraph("目标", "二、"))

    found = legacy.with_numbers(plain, counted)

    assert [block.full_text for block in found if isinstance(block, Paragraph)] == [
        "一、目标",
        "内容",
        "二、目标",
    ]


def test_a_converter_that_fails_gives_nothing(tmp_path):
    assert converter.run(["false"], tmp_path) is None
    assert converter.run([str(tmp_path / "missing")], tmp_path) is None


@pytest.mark.skipif(not shutil.which("unshare"), reason="the system has no unshare")
def test_a_converter_sees_no_network(tmp_path):
    if not converter.without_network():
        pytest.skip("this system does not let a plain user leave the network")

    seen = converter.run(["cat", "/proc/net/dev"], tmp_path)

    assert seen is not None
    assert [line.split(b":")[0].strip() for line in seen.splitlines()[2:]] in ([b"lo"], [])


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_an_old_word_file_gives_the_same_blocks_as_the_new_one(tmp_path):
    part = numbering(level(0, "chineseCounting", "%1、"))
    path = docx(
        tmp_path / "a.docx", p("关于申报的通知") + numbered("目标") + numbered("内容"), numbering=part
    )
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "doc",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(path)], check=True, capture_output=True, timeout=60
    )

    found = read_document_safely(tmp_path / "a.doc")

    assert compared(found) == compared(read_document(path))
    assert (found.format, found.remarks) == ("doc", ("converted:doc",))
