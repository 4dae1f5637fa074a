"""Makers of stamped pages as they come back: the product's own page, sealed, photographed askew in a shadow."""

import random

import pypdfium2
from django.core.files.uploadedfile import SimpleUploadedFile

from keqiao.web.files.actions import Announced, store_upload
from keqiao.web.filing.actions.stamped import make_page, take_scan
from keqiao.web.filing.permissions import APPLICATION
from keqiao.web.filing.pictures import STAMPED
from keqiao.web.filing.printed_pages import page_pdf
from keqiao.web.filing.stampable import stampable
from proofs.stamping.pages import PER_MM, POINTS_PER_MM
from proofs.stamping.photos import photographed
from proofs.stamping.seals import stamped
from tests.web.applications import makers

FIRST_SEAL = (75.0, 178.0)
"""In the box of the unit, in millimetres of the sheet."""


def printed(application, by=None, at=makers.NOW):
    """The signature page of what an application says now, and its PDF."""
    actor, about = by or application.created_by, (APPLICATION, application.pk)
    page = make_page(about, actor=actor, at=at)
    return page, page_pdf(page, stampable(APPLICATION).to_sign(actor, application.pk, at))


def photo(pdf, *, is_sealed=True, seed=1):
    """A photo of the page, the unit's seal on it."""
    chance = random.Random(seed)
    with pypdfium2.PdfDocument(pdf) as document:
        picture = document[0].render(scale=PER_MM / POINTS_PER_MM).to_pil().convert("RGB")
    if is_sealed:
        picture = stamped(picture, FIRST_SEAL, chance)
    return photographed(picture, chance)


def stored(content, application, by, name="IMG_0001.jpg"):
    """A file as it was sent for an application."""
    wanted = Announced(STAMPED, name, len(content), application.association_id)
    return store_upload(SimpleUploadedFile(name, content), wanted, actor=by, at=makers.NOW)


def brought(content, application, by=None, at=makers.NOW, **named):
    """What came of a picture that somebody brought."""
    actor = by or application.created_by
    return take_scan(stored(content, application, actor, **named), actor=actor, at=at)
