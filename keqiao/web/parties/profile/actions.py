"""Save the profile of an association."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from keqiao.web.audit import log
from keqiao.web.parties.actions import count_public_change
from keqiao.web.parties.models import Association
from keqiao.web.parties.permissions import OFFICER
from keqiao.web.parties.profile.logos import store_logo

COLUMNS = (
    "site_name",
    "document_mark",
    "number_pattern",
    "mail_sender",
    "reply_to",
    "icp_number",
    "police_number",
    "complaints",
)


@dataclass(frozen=True)
class Logo:
    """What becomes of the logo: a new picture, none any longer, or (neither) it stays."""

    upload: UploadedFile | None = None
    drop: bool = False


@transaction.atomic
def save_profile(association: Association, logo: Logo, *, actor: Any, at: datetime) -> None:
    """Save the changed columns of ``association`` and its logo. Kept public pages are made anew.

    Raises:
        ValidationError: a value does not fit its column, or the logo is none.
    """
    association.full_clean()
    if logo.upload is not None:
        association.logo = store_logo(logo.upload, association.pk, actor=actor, at=at)
    elif logo.drop:
        association.logo = None
    before = Association.objects.select_for_update().get(pk=association.pk)
    columns = [*COLUMNS, "logo"]
    changed = [name for name in columns if getattr(before, name) != getattr(association, name)]
    association.save(update_fields=columns)
    if changed:
        log.record("described", association, actor=actor, role=OFFICER, at=at, data={"columns": changed})
        count_public_change()
