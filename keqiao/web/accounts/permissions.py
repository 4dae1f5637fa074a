"""Who may see and end what of an account."""

from django.db.models import Q

from keqiao.web.accounts.models import User


def own_log_ins(viewer: User) -> Q:
    """Everybody sees the record of their own log-ins; the audit administrator's page comes with its part."""
    return Q(user_id=viewer.pk)
