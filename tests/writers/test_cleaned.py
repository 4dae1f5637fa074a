"""Files are served to experts without what they tell of whoever made them."""

import io
import zipfile
import zlib
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


def pdf_with(picture: Path, path: Path) -> Path:
    """A PDF with this JPEG on its page, as it is."""
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(200, 100)
    image = pypdfium2.PdfImage.new(document)
    image.load_jpeg(str(picture), inline=True)
    image.set_matrix(pypdfium2.PdfMatrix().scale(100, 50))
    page.insert_obj(image)
    page.gen_content()
    document.save(str(path))
    return path


def drawn(content: bytes) -> bytes:
    return pypdfium2.PdfDocument(content)[0].render().to_pil().tobytes()


def test_a_picture_in_a_pdf_looks_the_same_and_tells_nothing(tmp_path):
    path = pdf_with(jpeg(tmp_path / "one.jpg"), tmp_path / "form.pdf")
    told = path.read_bytes()
    assert (SECRET.encode() in told, b"Exif" in told) == (
        True,
        True,
    )  # the comment, and what the camera wrote

    content = cleaned(path, "pdf")

    assert (SECRET.encode() in content, b"Exif" in content) == (False, False)
    assert drawn(content) == drawn(told)
    (image,) = pypdfium2.PdfDocument(content)[0].get_objects()
    with Image.open(io.BytesIO(bytes(image.get_data()))) as after:
        assert 0x013B not in after.getexif()


def plain_pdf(said: bytes, body: bytes, more: bytes = b"") -> bytes:
    """A PDF of one page, written by hand, with one picture that says this of itself; no table of places."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 40 20]/Contents 5 0 R/Resources<</XObject<</I 4 0 R>>>>>>"
    picture = b"<</Type/XObject/Subtype/Image/Width 20/Height 10/BitsPerComponent 8/ColorSpace/DeviceRGB"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        page,
        picture + said + b"/Length %d>>stream\n" % len(body) + body + b"\nendstream",
        b"<</Length 21>>stream\nq 40 0 0 20 0 0 cm /I Do Q\nendstream",
        *((more,) if more else ()),
    )
    lines = [b"%d 0 obj\n%b\nendobj" % (number, each) for number, each in enumerate(objects, 1)]
    return b"%PDF-1.7\n" + b"\n".join(lines) + b"\ntrailer<</Root 1 0 R>>\n%%EOF"


def test_what_programs_write_beside_a_picture_is_overwritten(tmp_path):
    path, body = tmp_path / "form.pdf", jpeg(tmp_path / "one.jpg").read_bytes()
    packet = f"<x:xmpmeta>{SECRET}</x:xmpmeta>".encode()
    stream = b"<</Type/Metadata/Subtype/XML/Length %d>>stream\n%b\nendstream" % (len(packet), packet)
    path.write_bytes(plain_pdf(b"/Filter/DCTDecode/Metadata 6 0 R", body, stream))
    assert drawn(path.read_bytes())

    content = cleaned(path, "pdf")

    assert SECRET.encode() not in content
    assert b"/Metadata 6" not in content
    assert drawn(content) == drawn(path.read_bytes())


def test_a_jpeg_2000_in_a_pdf_tells_nothing(tmp_path):
    told, path = io.BytesIO(), tmp_path / "form.pdf"
    Image.new("RGB", (20, 10), "red").save(told, "JPEG2000")
    box = SECRET.encode()
    body = told.getvalue()
    at = body.index(b"jp2c") - 4
    xml = (8 + len(box)).to_bytes(4, "big") + b"xml " + box
    path.write_bytes(plain_pdf(b"/Filter/JPXDecode", body[:at] + xml + body[at:]))

    content = cleaned(path, "pdf")

    assert SECRET.encode() not in content
    assert drawn(content) == drawn(path.read_bytes())


def test_a_picture_in_a_pdf_that_is_packed_twice_is_served_only_where_it_tells_nothing(tmp_path):
    path, silent = tmp_path / "form.pdf", tmp_path / "silent.jpg"
    Image.new("RGB", (20, 10), "red").save(silent)
    said = b"/Filter[/FlateDecode/DCTDecode]"
    path.write_bytes(plain_pdf(said, zlib.compress(silent.read_bytes())))
    assert cleaned(path, "pdf")

    path.write_bytes(plain_pdf(said, zlib.compress(jpeg(tmp_path / "one.jpg").read_bytes())))
    with pytest.raises(NotCleaned):
        cleaned(path, "pdf")


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
