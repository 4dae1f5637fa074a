"""A Word document without what it tells of whoever wrote it: properties, names of authors of changes and comments."""

import io
import re
import zipfile

from keqiao.writers.cleaned.pictures import clean_picture

PARTS_MOST, BYTES_MOST = 5000, 400 << 20
PROPERTIES = "docProps/"
CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
CUSTOM = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
)
EMPTIED = {"docProps/core.xml": CORE, "docProps/app.xml": APP, "docProps/custom.xml": CUSTOM}
WHO = re.compile(rb"""(\b(?:\w+:)?(?:author|initials|userId|providerId)\s*=\s*)("[^"]*"|'[^']*')""")
TAG = re.compile(rb"<[^<>]+>")
PEOPLE = "word/people.xml"
PLAIN_PEOPLE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    b'<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"/>'
)
EPOCH = (1980, 1, 1, 0, 0, 0)


def clean_word(content: bytes) -> bytes:
    """Return the document with emptied properties, nameless changes and comments, and cleaned pictures.

    Raises:
        ValueError: it unpacks to too much.
    """
    output = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as given,
        zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        parts = given.infolist()
        if len(parts) > PARTS_MOST or sum(part.file_size for part in parts) > BYTES_MOST:
            raise ValueError("unpacks to too much")
        for part in parts:
            if not part.filename.startswith(PROPERTIES) or part.filename in EMPTIED:
                made.writestr(
                    zipfile.ZipInfo(part.filename, EPOCH), _part(part.filename, given.read(part)), 8
                )
            elif part.filename.endswith(("/", ".jpeg", ".jpg", ".png", ".emf", ".wmf")):
                continue  # the thumbnail: its relation is dropped with it
    return output.getvalue()


def _part(name: str, content: bytes) -> bytes:
    if name in EMPTIED:
        return EMPTIED[name]
    if name == PEOPLE:
        return PLAIN_PEOPLE
    if name == "_rels/.rels":
        return re.sub(rb"<Relationship\b[^>]*metadata/thumbnail[^>]*/>", b"", content)
    if name.startswith("word/media/"):
        return _picture(content)
    if name.startswith("word/") and name.endswith(".xml"):
        return TAG.sub(lambda tag: WHO.sub(rb'\1""', tag[0]), content)
    return content


def _picture(content: bytes) -> bytes:
    """A drawing that is no JPEG or PNG holds no EXIF; it stays as it is."""
    try:
        return clean_picture(content)
    except ValueError:
        return content
