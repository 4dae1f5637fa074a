"""Files of receipts, as room files keeps them: who may send and read them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from keqiao.web.files.kinds import of_families
from keqiao.web.files.permissions import Purpose, register
from keqiao.web.grants.models import Grant, Receipt
from keqiao.web.grants.permissions import grants_seen

PURPOSE = "grant_receipt"
MOST_BYTES = 20 << 20


def may_send(viewer: Any, association_id: UUID | None, at: datetime) -> bool:
    """Whoever sees a grant of this association sends receipts to it."""
    return Grant.objects.filter(grants_seen(viewer, at), association_id=association_id).exists()


def may_read(viewer: Any, file: Any, at: datetime) -> bool:
    """Whoever sees a grant reads its receipts; before it is claimed, only who sent it does."""
    if file.uploaded_by_id == viewer.pk:
        return True
    return Receipt.objects.filter(
        file_id=file.pk, grant__in=Grant.objects.filter(grants_seen(viewer, at))
    ).exists()


def register_purposes() -> None:
    """Make the purpose known to room files."""
    register(Purpose(PURPOSE, of_families("pdf", "image"), MOST_BYTES, may_send, may_read))
