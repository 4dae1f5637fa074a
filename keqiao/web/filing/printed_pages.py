"""Signature pages as PDF, as they are printed, signed and stamped."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from keqiao.web.files.names import named_after
from keqiao.web.filing.models import SignaturePage
from keqiao.web.filing.stampable import ToSign
from keqiao.writers.signature_page import Box, SignatureSheet, set_signature_page

PDF = "pdf"
ROOM = "　" * 8  # what is written by hand stands behind the word


def page_pdf(page: SignaturePage, now: ToSign) -> bytes:
    """The page with what is signed. The same content gives the same bytes.

    Raises:
        NotSet: a font is not there.
    """
    sheet = SignatureSheet(
        page=page.pk,
        fingerprint=page.fingerprint,
        title=_("签字盖章页"),
        under=now.under,
        rows=[(str(label), words) for label, words in now.rows],
        listed=now.listed,
        pledge=now.pledge,
        boxes=[_box(each) for each in page.boxes],
        fingerprint_label=_("内容指纹（SHA-256）"),
        note=_("签章后拍照或扫描上传。四角的码须完整、不被印章遮盖。"),
        at=page.made_at,
        language=(get_language() or "zh")[:2],
    )
    return set_signature_page(sheet, settings.FONT_FOLDERS).pdf


def page_name(now: ToSign) -> str:
    """The name of the file of a page."""
    title = now.rows[0][1] if now.rows else now.under
    return named_after(_("盖章页 %(title)s") % {"title": title}, PDF)


def _box(box: dict[str, Any]) -> Box:
    seal = [f"{_('（盖章）')}{ROOM}"] if box["seal"] else []
    return Box(box["title"], box["words"], [f"{_('签名：')}{ROOM}", *seal, _("　　年　　月　　日")])
