"""The files that come with an objection: who may send them, and that only the office reads them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from keqiao.web.files.kinds import PAPERS
from keqiao.web.files.permissions import Purpose, register
from keqiao.web.files.queries import StoredFile
from keqiao.web.public_notice.models import Proof
from keqiao.web.public_notice.permissions import associations_in_charge

PURPOSE = "public_notice.proof"
MAX_BYTES = 20 << 20
MOST_FILES = 5  # with one objection, those supplied later included


@dataclass(frozen=True, slots=True)
class Objector:
    """Somebody who objects and has no account; ``pk`` is the id of the objection."""

    pk: UUID


def may_send(sender: Any, _association_id: UUID | None, _at: datetime) -> bool:
    """Whoever fills in the form, which counts how often that is done."""
    return isinstance(sender, Objector)


def may_read(viewer: Any, file: StoredFile, at: datetime) -> bool:
    """The office to which it was sent; nobody else, the objector neither."""
    if not getattr(viewer, "is_authenticated", False):
        return False
    return Proof.objects.filter(file=file, association_id__in=associations_in_charge(viewer, at)).exists()


def register_purposes() -> None:
    """Tell room files what proof of objections is."""
    register(Purpose(PURPOSE, PAPERS, MAX_BYTES, may_send, may_read))
