"""What must always hold of addresses that are told: whether they listen is what their events say."""

from django.db.models import Case, CharField, Value, When

from keqiao.web.api.models import Webhook
from keqiao.web.audit.verification import Check, Outcome, compare_states

LISTENS, DISABLED, STOPPED = "listens", "disabled", "stopped"
STATE_AFTER = {"set_up": LISTENS, "enabled": LISTENS, "disabled": DISABLED, "stopped": STOPPED}


def check_webhooks() -> Outcome:
    """Check that each address listens, is disabled or stopped as its events say."""
    state = Case(
        When(stopped_at__isnull=False, then=Value(STOPPED)),
        When(disabled_at__isnull=False, then=Value(DISABLED)),
        default=Value(LISTENS),
        output_field=CharField(),
    )
    states = Webhook.objects.annotate(state=state).values_list("pk", "state").iterator()
    return compare_states(Webhook._meta.label_lower, states, STATE_AFTER)


CHECKS: tuple[tuple[str, Check], ...] = (("webhooks", check_webhooks),)
