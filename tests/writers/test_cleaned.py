"""Files are served to experts without what they tell of whoever made them."""

import io
import zipfile
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from keqiao.writers.cleaned import NotCleaned, can_be_cleaned, cleaned

SECRET = "王小明秘密"


def word(path: Path) -> Path:
    """A document with its author in the properties, and a picture that tells of its camera."""
    document = Document()
    document.core_properties.author = SECRET
    document.core_properties.last_modified_by = SECRET
    document.add_paragraph("面向六个乡镇开展巡展。")
    document.add_picture(io.BytesIO(jpeg(path.parent / "inside.jpg").read_bytes()))
    document.save(str(path))
    return path


def jpeg(path: Path) -> Path:
    exif = Image.Exif()
    exif[0x013B] = SECRET
    Image.new("RGB", (20, 10), "red").save(path, exif=exif, comment=SECRET.encode())
    return path


def png(path: Path) -> Path:
    told = PngInfo()
    told.add_itxt("Author", SECRET)
    Image.new("RGB", (20, 10), "red").save(path, pnginfo=told)
    return path


def parts(content: bytes) -> bytes:
    """Everything in an archive, unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


def test_a_word_document_says_what_it_said_and_not_who_wrote_it(tmp_path):
    path = word(tmp_path / "form.docx")
    assert SECRET.encode() in parts(path.read_bytes())

    content = cleaned(path, "docx")

    assert SECRET.encode() not in parts(content)
    document = Document(io.BytesIO(content))
    assert document.paragraphs[0].text == "面向六个乡镇开展巡展。"
    assert document.core_properties.author == ""


@pytest.mark.parametrize("make", [jpeg, png])
def test_a_picture_looks_the_same_and_tells_nothing(tmp_path, make):
    path = make(tmp_path / f"picture.{make.__name__}")
    content = cleaned(path, "picture")

    assert SECRET.encode() in path.read_bytes()
    assert SECRET.encode() not in content
    with Image.open(io.BytesIO(content)) as after, Image.open(path) as before:
        assert after.tobytes() == before.tobytes()
        assert not after.getexif()


def test_what_a_camera_appends_behind_a_picture_stays_behind(tmp_path):
    path = jpeg(tmp_path / "one.jpg")
    path.write_bytes(path.read_bytes() + jpeg(tmp_path / "two.jpg").read_bytes())

    assert SECRET.encode() not in cleaned(path, "picture")


def test_a_pdf_keeps_its_pages_and_loses_its_author(tmp_path):
    path = tmp_path / "form.pdf"
    Image.new("RGB", (200, 100), "white").save(path, author="wang-xiaoming", title="secret-title")
    assert pypdfium2.PdfDocument(path).get_metadata_value("Author") == "wang-xiaoming"

    content = cleaned(path, "pdf")

    after = pypdfium2.PdfDocument(content)
    assert (len(after), after.get_metadata_value("Author"), after.get_metadata_value("Title")) == (1, "", "")
    assert b"wang-xiaoming" not in content


@pytest.mark.parametrize("kind", ["doc", "zip", "mp4", "xlsx"])
def test_other_kinds_are_not_served(tmp_path, kind):
    path = tmp_path / "file"
    path.write_bytes(b"PK\x03\x04")

    assert not can_be_cleaned(path, kind)
    with pytest.raises(NotCleaned):
        cleaned(path, kind)


@pytest.mark.parametrize(
    ("content", "kind"), [(b"\xff\xd8\xff\xe1", "picture"), (b"%PDF-1.7", "pdf"), (b"PK", "docx")]
)
def test_a_broken_file_is_not_served(tmp_path, content, kind):
    path = tmp_path / "file"
    path.write_bytes(content)

    with pytest.raises(NotCleaned):
        cleaned(path, kind)


def test_a_moving_picture_cannot_be_cleaned(tmp_path):
    path = tmp_path / "file.gif"
    path.write_bytes(b"GIF89a")

    assert not can_be_cleaned(path, "picture")
