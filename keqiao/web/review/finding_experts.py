"""Who was found becomes an expert: the way from the search to the next page, signed for whoever searched.

The register of people is larger than what an office may read. Whoever knows a name and number finds the person; an
address that somebody made up, or passed on, opens nothing.
"""

from typing import Any
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.http import Http404

SIGNER = Signer(salt="review.finding_experts")


def token_for(person: Any, viewer: Any) -> str:
    """Return what stands in the address that leads on with a person whom the viewer has found."""
    return SIGNER.sign_object([str(person.pk), str(viewer.pk)])


def person_in(token: str, viewer: Any) -> UUID:
    """Return the id of the person. Raises Http404: it was not signed for this viewer."""
    try:
        person, found_by = SIGNER.unsign_object(token)
    except (BadSignature, ValueError) as wrong:
        raise Http404 from wrong
    if found_by != str(viewer.pk):
        raise Http404
    return UUID(person)
