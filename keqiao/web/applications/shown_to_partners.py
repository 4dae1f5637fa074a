"""What the units that join an application are shown of it: the frozen form, without what is kept under lock.

While it is a draft that is the version that was checked last, afterwards what was submitted last: never what somebody
is just typing.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from keqiao.core.forms.answers import canonical
from keqiao.core.lifecycle.application import IN_HAND, ApplicationState
from keqiao.web.applications.models import Application, Prepared, Submission

CONCERNING = ("answers", "category", "leader", "partners", "title", "unit")
"""What of the frozen content concerns the units that join. The locked answers (accounts, identity numbers) do not."""


@dataclass(frozen=True, slots=True)
class ShownToPartners:
    """One frozen version as the units that join read it; ``digest`` is that of everything in it that concerns them."""

    version: int
    revision_id: UUID
    answers: dict[str, Any]
    digest: str

    @property
    def files(self) -> frozenset[str]:
        """The ids of the files that stand in it."""
        entries = (entry for said in self.answers.values() if isinstance(said, list) for entry in said)
        return frozenset(
            str(entry["file"]) for entry in entries if isinstance(entry, dict) and "file" in entry
        )


def shown_to_partners(application: Application) -> ShownToPartners | None:
    """Return what the units that join are shown now; None where nothing was checked yet, or its content was erased."""
    rows: Any = Prepared.objects.filter(application=application)
    if ApplicationState(application.state) in IN_HAND:
        rows = Submission.objects.filter(application=application).order_by("-ordinal")
    row = rows.only("version", "revision_id", "content").first()
    return _shown(row) if row is not None and row.content else None


def _shown(row: Prepared | Submission) -> ShownToPartners:
    content: dict[str, Any] = json.loads(row.content)
    concerning = {name: content[name] for name in CONCERNING}
    digest = hashlib.sha256(canonical(concerning)).hexdigest()
    return ShownToPartners(row.version, row.revision_id, content["answers"], digest)
