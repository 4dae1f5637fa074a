"""Opens an office's own Word document to be filled in, and completes it; what cannot be done with it is told before.

A document can be read part by part and still not be written: a picture that is named and not there, a template saved
as a document, the strict variant of the format. Word mends these when it saves the document anew.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final
from zipfile import BadZipFile

import docx
from docx.document import Document
from docx.opc.exceptions import OpcError
from lxml import etree

from keqiao.writers.forms.footer import set_footer
from keqiao.writers.forms.grids import add_styles
from keqiao.writers.forms.imprint import Imprint
from keqiao.writers.forms.word import set_properties
from keqiao.writers.notice.watermark import set_watermark

LONGEST_DETAIL: Final = 120
_FAULTS: Final = (
    OpcError, BadZipFile, etree.XMLSyntaxError, LookupError, ValueError, AttributeError, TypeError
)  # fmt: skip
"""What the library raises on packages that do not hold together; it has no exception of its own for them."""


class Unfit(Exception):
    """The document cannot be filled in; the text is what stood in the way, for those who look after the system."""


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except _FAULTS as fault:
        raise Unfit(f"{type(fault).__name__}: {fault}"[:LONGEST_DETAIL]) from fault


def opened(template: Path) -> Document:
    """Open the document.

    Raises:
        Unfit: its parts do not hold together.
    """
    with _told():
        document = docx.Document(str(template))
        add_styles(document)
    return document


def complete(document: Document, target: str | IO[bytes], identity: str, imprint: Imprint, mark: str) -> None:
    """Put properties, the word for a draft and the foot of the pages into the document, and save it.

    Raises:
        Unfit: parts that are needed for it do not hold together.
    """
    with _told():
        set_properties(document, identity, imprint)
        if imprint.is_draft:
            set_watermark(document)
        set_footer(document, imprint, mark)
        document.save(target)


def check_can_be_filled(template: Path) -> None:
    """Do with the document what is done with each one that is filled in, and throw it away.

    Raises:
        Unfit: it cannot be filled in.
    """
    complete(opened(template), io.BytesIO(), "", Imprint(is_draft=True), "")
