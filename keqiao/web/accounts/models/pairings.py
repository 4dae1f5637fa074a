"""Pairings: an account and a person of the register that are said to be one and the same."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.web.accounts.models.users import User
from keqiao.web.parties.models import Organisation, Person

UNANSWERED = Q(accepted_at__isnull=True, declined_at__isnull=True, withdrawn_at__isnull=True)


class Pairing(models.Model):
    """Somebody who keeps a unit's people says who an account belongs to; it holds once its holder agrees.

    What holds stands in ``User.person``; rows tell how it came.
    """

    data_kind = "shared"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="pairings", verbose_name=_("账号"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("人员档案"))
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("单位"))
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("提出人"))
    proposed_at = models.DateTimeField(_("提出时间"))
    accepted_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    declined_at = models.DateTimeField(_("否认时间"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_unanswered_pairing_per_account", fields=["user"], condition=UNANSWERED
            ),
            models.CheckConstraint(
                name="pairing_is_answered_once",
                condition=Q(accepted_at__isnull=True, declined_at__isnull=True)
                | Q(accepted_at__isnull=True, withdrawn_at__isnull=True)
                | Q(declined_at__isnull=True, withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="nobody_pairs_their_own_account", condition=~Q(user=models.F("proposed_by"))
            ),
        ]
        ordering = ["-proposed_at"]

    def __str__(self) -> str:
        return f"{self.user} {self.person}"
