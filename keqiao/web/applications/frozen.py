"""What is submitted, in the one spelling whose SHA-256 stands on the receipt."""

import json
from typing import Any

from keqiao.core.forms.answers import tidied
from keqiao.core.forms.migrating import LEFT_OVER
from keqiao.web.applications.models import Application, Version
from keqiao.web.applications.sealing import from_text, salted_digest


def frozen_content(application: Application, version: Version, form: str) -> str:
    """Return everything that ``version`` of an application submits, as canonical JSON.

    ``form`` is the digest of the specification. Files stand in the answers with their digests; of what is under lock
    there is a salted digest, so that the values can be erased one day and the receipt still holds. What a revision of
    the call left over is not submitted.
    """
    locked = from_text(version.sealed.plain()) if version.sealed else {}
    locked.pop(LEFT_OVER, None)
    content: dict[str, Any] = {
        "application": str(application.pk),
        "call": str(application.call_id),
        "revision": str(version.revision_id),
        "category": application.node,
        "unit": str(application.unit_id),
        "leader": str(application.leader_id or ""),
        "partners": [str(unit) for unit in application.partners.values_list("unit_id", flat=True)],
        "title": application.title,
        "form": form,
        "answers": tidied(version.answers),
        "locked": salted_digest(locked, version.salt),
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def answers_in(content: str) -> dict[str, Any]:
    """Return the answers that lie open in frozen content; none where it was erased."""
    answers: dict[str, Any] = json.loads(content)["answers"] if content else {}
    return answers
