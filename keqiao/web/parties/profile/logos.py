"""Logos: pictures that officers send in are drawn anew, so that nothing but the picture gets to the public."""

from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image, UnidentifiedImageError

from keqiao.web.files.actions import Announced, store_upload
from keqiao.web.files.permissions import Purpose, register
from keqiao.web.parties.permissions import OFFICER

PURPOSE = "association_logo"
FORMATS = ("PNG", "JPEG", "WEBP")
MAX_BYTES = 2 << 20
MAX_PIXELS = 4096 * 4096  # drawn: 64 MB of memory at most
SIDE = 512  # pixels of the longer side that is kept
NAME = "logo.png"


def register_purposes() -> None:
    """Make the purpose known to room files."""
    register(Purpose(PURPOSE, frozenset({"picture"}), MAX_BYTES, _may_send, _may_read))


def _may_send(viewer: Any, association_id: UUID | None, at: datetime) -> bool:
    return association_id is not None and association_id in viewer.organisations_as(OFFICER, at)


def _may_read(_viewer: Any, _file: Any, _at: datetime) -> bool:
    return True  # a logo is public


def drawn_anew(upload: UploadedFile) -> SimpleUploadedFile:
    """Return the picture as a new PNG of at most ``SIDE`` pixels: without place, device, author, or anything behind it.

    Raises:
        ValidationError: it is too large, no picture of ours, or damaged.
    """
    if (upload.size or 0) > MAX_BYTES:
        raise ValidationError(_("标志文件不得超过 2 MB。"), code="logo.too_large")
    try:
        with Image.open(upload, formats=FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise ValidationError(
                    _("标志的像素过大，请缩小到 4096×4096 以内。"), code="logo.too_many_pixels"
                )
            picture.thumbnail((SIDE, SIDE))
            target = BytesIO()
            picture.convert("RGBA").save(target, "PNG", optimize=True)
    except (UnidentifiedImageError, OSError, SyntaxError, Image.DecompressionBombError) as wrong:
        raise ValidationError(_("标志须是 PNG、JPEG 或 WebP 图片。"), code="logo.kind") from wrong
    return SimpleUploadedFile(NAME, target.getvalue(), "image/png")


def store_logo(upload: UploadedFile, association_id: UUID, *, actor: Any, at: datetime) -> Any:
    """Draw a logo anew and store it.

    Raises:
        ValidationError: as :func:`drawn_anew` says, or the actor may not.
    """
    fresh = drawn_anew(upload)
    return store_upload(fresh, Announced(PURPOSE, NAME, fresh.size or 0, association_id), actor=actor, at=at)
