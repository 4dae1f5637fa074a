"""What a definition brings along that belongs to somebody else: its id, its issuers."""

from collections.abc import Iterator

from keqiao.core.findings import Finding, Weight
from keqiao.core.programme.types import Programme
from keqiao.web.programmes.models import Call

SHORTEST_FULL_NAME = 3  # characters: 市科协 alone does not say of which city


def foreign_in(programme: Programme, call: Call) -> Iterator[Finding]:
    """Yield what ``programme`` said that the draft of ``call``, which began with it, does not take over as it was.

    An id that another call has is replaced; issuers that are not the association are left for a look.
    """
    new = call.draft.definition["id"]
    if new != programme.id:
        yield Finding("draft.id_changed", Weight.WARN, {"id": programme.id, "new": new})
    association = call.association
    own = {association.site_name, association.organisation.name}
    issuers = [name for name in programme.issuers if len(name) > SHORTEST_FULL_NAME]
    if issuers and not own.intersection(issuers):
        said = {"issuers": "、".join(issuers), "association": association.site_name}
        yield Finding("draft.other_issuer", Weight.WARN, said)
