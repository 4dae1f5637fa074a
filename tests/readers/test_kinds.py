"""Every refusal has its sentence in both languages; kinds are told by content."""

import re
from pathlib import Path

import pytest

from keqiao.readers.kind import kind_of
from keqiao.readers.messages import sentences
from tests.readers.hostile import ole

USED = re.compile(r'"(unreadable\.[a-z0-9_]+)"')
PROGRAM = Path("keqiao")


def test_every_refusal_has_a_sentence_and_every_sentence_is_used():
    used = {code for path in PROGRAM.rglob("*.py") for code in USED.findall(path.read_text(encoding="utf-8"))}

    assert used == {code for code in sentences() if code.startswith("unreadable.")}


def test_every_sentence_names_the_file():
    unnamed = [
        code for code, said in sentences().items()
        if code.startswith("unreadable.") and not all("{name}" in said[language] for language in ("zh", "en"))
    ]  # fmt: skip

    assert unnamed == []


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.docx", b"%PDF-1.4", "pdf"),
        ("a.txt", b"\n<!DOCTYPE HTML PUBLIC>", "html"),
        ("a.html", "通知".encode(), "txt"),
        ("a.doc", b"<html><body>", "html"),
        ("a.doc", ole("WordDocument"), "doc"),
        ("a.wps", ole("WordDocument"), "wps"),
        ("a.xls", ole("Workbook"), "xls"),
        ("a.et", ole("Workbook"), "et"),
        ("a.ppt", ole("PowerPoint Document"), "ppt"),
        ("a.docx", ole("EncryptionInfo", "EncryptedPackage"), "encrypted"),
        ("a.docx", b"PK\x03\x04 damaged", "zip"),
        ("a", b"", "empty"),
    ],
)
def test_the_kind_is_told_by_content(tmp_path, name, data, kind):
    path = tmp_path / name
    path.write_bytes(data)

    assert kind_of(path) == kind
