"""What people owe because of addresses that are told nothing more: to mend them or to stop them."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from keqiao.web.api.models import Webhook
from keqiao.web.api.permissions import KEEPERS
from keqiao.web.duties.actions import follow
from keqiao.web.duties.kinds import Kind, Owed, for_roles
from keqiao.web.parties.queries import associations
from keqiao.web.scope import INSTALLATION

WEBHOOK = Webhook._meta.label_lower
MEND = "api.webhook_disabled"
TIME = timedelta(days=1)
"""Until somebody should look; the reminders of room duties go by it, so that a letter comes too."""


def mending_owed(which: Q | None = None) -> Iterator[Owed]:
    """Yield a duty for each address that the program disabled, of whoever keeps it."""
    rows = Webhook.objects.filter(which or Q(), disabled_at__isnull=False, stopped_at__isnull=True)
    known = set(associations().values_list("pk", flat=True))
    for each in rows.order_by("disabled_at"):
        yield Owed(
            MEND,
            key=f"webhook:{each.pk}",
            about=(WEBHOOK, str(each.pk)),
            holder=for_roles(KEEPERS, each.organisation_id),
            association_id=each.organisation_id if each.organisation_id in known else INSTALLATION,
            at=each.disabled_at,
            due_at=each.disabled_at + TIME,
            variables={"name": each.name, "host": urlsplit(each.url).netloc},
        )


def follow_webhook(webhook: Webhook, at: datetime, fact: str) -> None:
    """Open and close what is owed for an address as it stands."""
    owed = mending_owed(Q(pk=webhook.pk))
    follow([MEND], (WEBHOOK, str(webhook.pk)), owed, at=at, fact=fact)


KINDS = [
    Kind(
        code=MEND,
        title=_("推送地址已自动停推：{name}（{host}）"),
        otherwise=_("恢复之前，这个系统收不到任何推送"),
        act=_("去处理"),
        many=_("已自动停推的推送地址"),
        link=lambda about_id: reverse("api:webhook", args=[about_id]),
        list_link=lambda: reverse("api:webhooks"),
        owed_now=mending_owed,
        variables=frozenset({"name", "host"}),
        facts={"enabled": _("已恢复推送"), "stopped": _("已停用")},
    )
]
