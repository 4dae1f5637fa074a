"""Grants: who holds which role, for which organisation and call, from when until when, and why."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from keqiao.web.accounts.models.users import User
from keqiao.web.accounts.roles import CHOICES, FOR_THE_INSTALLATION, GUARDS
from keqiao.web.parties.models import Organisation

# plain, sorted values: migrations hold no code of ours and stay the same on each run
GUARD_CODES = sorted(role.value for role in GUARDS)
INSTALLATION_CODES = sorted(role.value for role in FOR_THE_INSTALLATION)


class GrantQuerySet(models.QuerySet["Grant"]):
    """Grants by the moment they hold."""

    def in_force(self, moment: datetime) -> "GrantQuerySet":
        """Return the grants that hold at ``moment``: from their first instant to before their last."""
        return self.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=moment), valid_from__lte=moment)


class Grant(models.Model):
    """A role, for a time. Taken away by ending it; rows are never deleted.

    ``call_id`` narrows the role to one call; it is a value because calls live in a room above.
    """

    data_kind = "shared"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="grants", verbose_name=_("账号"))
    role = models.CharField(_("角色"), max_length=20, choices=CHOICES)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="grants", verbose_name=_("单位")
    )
    call_id = models.UUIDField(_("通知"), null=True, blank=True)
    valid_from = models.DateTimeField(_("起始时间"))
    valid_until = models.DateTimeField(_("终止时间"), null=True, blank=True)
    granted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("授权人")
    )
    reason = models.CharField(_("理由"), max_length=200)

    objects = GrantQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="grant_period_in_order",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="guards_hold_for_the_installation_others_for_an_organisation",
                condition=Q(role__in=INSTALLATION_CODES, organisation__isnull=True, call_id__isnull=True)
                | (~Q(role__in=INSTALLATION_CODES) & Q(organisation__isnull=False)),
            ),
            models.UniqueConstraint(
                name="one_guard_role_per_account",
                fields=["user"],
                condition=Q(role__in=GUARD_CODES, valid_until__isnull=True),
            ),
            models.UniqueConstraint(
                name="one_open_grant_per_role_and_organisation",
                fields=["user", "role", "organisation"],
                condition=Q(valid_until__isnull=True, call_id__isnull=True),
            ),
            models.UniqueConstraint(
                name="one_open_grant_per_role_organisation_and_call",
                fields=["user", "role", "organisation", "call_id"],
                condition=Q(valid_until__isnull=True, call_id__isnull=False),
            ),
        ]
        indexes = [models.Index(name="grants_of_an_organisation", fields=["organisation", "role"])]
        ordering = ["valid_from"]

    def __str__(self) -> str:
        return f"{self.user} {self.get_role_display()}"
