"""The document that Word forms in the layout of their fields begin as.

python-docx begins with Word's own: a hundred styles of tables and the looks of styles that nobody uses, more than a
form itself, read anew for each and sent with each. Here is the same document with what a form refers to.
"""

import io
from functools import lru_cache
from typing import Any, Final

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

KEPT: Final = frozenset({"header", "footer", "Header Char", "Footer Char", "Table Grid"})
"""Styles beside the default ones that a form or its header and footer refer to."""
_EFFECTS: Final = "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"
_NEEDLESS: Final = frozenset({_EFFECTS, RELATIONSHIP_TYPE.NUMBERING, RELATIONSHIP_TYPE.THUMBNAIL})
"""Styles once more with their effects, lists that no form has, a small picture of an empty page."""


def new_document() -> Document:
    """Return an empty document."""
    return docx.Document(io.BytesIO(_begun()))


@lru_cache(maxsize=1)
def _begun() -> bytes:
    document = docx.Document()
    styles: Any = document.styles.element
    for each in [*styles]:
        if each.tag == qn("w:latentStyles") or (each.tag == qn("w:style") and not _is_kept(each)):
            styles.remove(each)
    for relations in (document.part.rels, document.part.package.rels):
        for name in [name for name, each in relations.items() if each.reltype in _NEEDLESS]:
            del relations[name]
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def _is_kept(style: Any) -> bool:
    return style.get(qn("w:default")) == "1" or style.find(qn("w:name")).get(qn("w:val")) in KEPT
