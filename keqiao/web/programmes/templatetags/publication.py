"""Tags about publication: what waits for a second person, what a revision changed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django import template
from django.template.context import Context

from keqiao.web.programmes.changes.lines import Changes
from keqiao.web.programmes.changes.revisions import changes_of_revision, changes_since
from keqiao.web.programmes.models import Call, Revision
from keqiao.web.programmes.queries import draft_of, publication_waiting

register = template.Library()


@dataclass(frozen=True, slots=True)
class Waiting:
    """A publication that waits. ``is_stale``: the draft was changed since, so that it cannot be approved any more;
    ``since`` says in what.
    """

    pk: UUID
    proposed_at: datetime
    expires_at: datetime
    is_stale: bool
    since: Changes


@register.simple_tag(takes_context=True, name="publication_waiting")
def waiting_publication(context: Context, call: Call) -> Waiting | None:
    """Return the publication of ``call`` that waits for a second person as the request arrives, or nothing."""
    approval = publication_waiting(call, context["request"].arrived_at)
    if approval is None:
        return None
    version, draft = approval.arguments["version"], draft_of(call)
    is_stale = draft is None or draft.version != version
    since = changes_since(draft, version) if draft and is_stale else Changes()
    return Waiting(approval.pk, approval.proposed_at, approval.expires_at, is_stale, since)


@register.simple_tag(name="changes_of")
def changes_of(revision: Revision) -> Changes:
    """Return what a revision changed in the one before it."""
    return changes_of_revision(revision)
