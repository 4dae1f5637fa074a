"""Word documents whose words can be read and whose parts do not hold together, as programs leave them behind."""

import io
import re
import zipfile
from collections.abc import Callable, Mapping

Edit = Callable[[bytes], bytes]

GONE = (
    b'<Relationship Id="rId99" Target="../NULL" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/></Relationships>'
)
NO_HEADER = (
    rb'\1<w:headerReference w:type="default" r:id="rId77" '
    rb'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"/>'
)
BROKEN: Mapping[str, tuple[str, Edit]] = {
    "a picture that is named and not there": (
        "word/_rels/document.xml.rels", lambda part: part.replace(b"</Relationships>", GONE)),
    "a template saved under the name of a document": (
        "[Content_Types].xml", lambda part: part.replace(b"document.main+xml", b"template.main+xml")),
    "the strict variant of the format": (
        "_rels/.rels", lambda part: part.replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006", b"http://purl.oclc.org/ooxml/officeDocument")),
    "a header that is named and not there": (
        "word/document.xml", lambda part: re.sub(rb"(<w:sectPr[^>]*>)", NO_HEADER, part)),
    "styles that are none": ("word/styles.xml", lambda _: b"<x/>"),
    "properties that are none": ("docProps/core.xml", lambda _: b"<x/>"),
}  # fmt: skip


def broken(content: bytes, name: str) -> bytes:
    """The document with one of ``BROKEN`` done to it."""
    changed, edit = BROKEN[name]
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as whole, zipfile.ZipFile(written, "w") as package:
        for part in whole.namelist():
            held = whole.read(part)
            package.writestr(part, edit(held) if part == changed else held)
    return written.getvalue()
