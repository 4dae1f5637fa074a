"""What the log-in page needs beyond its form."""

from django import template
from django.conf import settings
from django.template import Context

from keqiao.web.accounts.models import User
from keqiao.web.accounts.queries import demonstration_accounts

register = template.Library()


@register.simple_tag(takes_context=True)
def offered_accounts(context: Context) -> list[User]:
    """Return the accounts that may be entered by one click: those of a demonstration, elsewhere none."""
    if not settings.DEMONSTRATION:
        return []
    return demonstration_accounts(context["request"].arrived_at)
