"""Invitations: a role that waits for the person behind a mail address to agree."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from keqiao.web.accounts.models.users import User
from keqiao.web.accounts.roles import CHOICES
from keqiao.web.parties.models import Organisation, Person


class Invitation(models.Model):
    """One role offered to one mail address, once, until a moment. The link in the mail carries its signed id.

    ``person`` is who of the register is meant: whoever accepts is then asked whether that is right (``Pairing``).
    """

    data_kind = "shared"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("电子邮箱"))
    role = models.CharField(_("角色"), max_length=20, choices=CHOICES)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("单位")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("人员档案")
    )
    call_id = models.UUIDField(_("通知"), null=True, blank=True)
    valid_until = models.DateTimeField(_("角色终止时间"), null=True, blank=True)
    reason = models.CharField(_("理由"), max_length=200)
    invited_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("邀请人")
    )
    invited_at = models.DateTimeField(_("邀请时间"))
    expires_at = models.DateTimeField(_("有效期至"))
    accepted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("接受人")
    )
    accepted_at = models.DateTimeField(_("接受时间"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("撤销人")
    )
    revoked_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="invitation_is_accepted_or_revoked_not_both",
                condition=Q(accepted_at__isnull=True) | Q(revoked_at__isnull=True),
            ),
            models.CheckConstraint(
                name="invitation_accepted_by_somebody_in_time",
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_by__isnull=False, accepted_at__lt=F("expires_at")),
            ),
        ]
        indexes = [models.Index(name="invitations_of_a_unit", fields=["organisation", "-invited_at"])]
        ordering = ["-invited_at"]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.organisation or ''}"

    def is_open(self, at: datetime) -> bool:
        """Can it still be accepted at ``at``?"""
        return self.accepted_at is None and self.revoked_at is None and at < self.expires_at
