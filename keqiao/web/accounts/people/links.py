"""Links of invitations: signed, and bound to what they were written for. Nothing personal stands in them."""

from uuid import UUID

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from keqiao.web.accounts.models import Invitation
from keqiao.web.ui.site_addresses import page_address

SALT = "keqiao.invitation"


def address_of(invitation: Invitation) -> str:
    """Return the address for the mail: always on the configured site."""
    token = signing.dumps([str(invitation.pk), _binding(invitation)], salt=SALT)
    return page_address("accounts:invitation", token)


def invitation_behind(token: str) -> Invitation | None:
    """Return the invitation a link was written for, or None: forged, or for another address, role or unit now.

    Whether it still stands is asked of the row, not of the link.
    """
    try:
        pk, binding = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    rows = Invitation.objects.select_related("organisation", "invited_by")
    found = rows.filter(pk=UUID(pk)).first()
    return found if found and constant_time_compare(binding, _binding(found)) else None


def _binding(invitation: Invitation) -> str:
    what = (invitation.email, invitation.role, invitation.organisation_id, invitation.call_id)
    return salted_hmac(SALT, "|".join(map(str, what)), algorithm="sha256").hexdigest()[:32]
