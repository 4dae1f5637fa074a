"""What follows from a failure or a breach (信用记录), for one party."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.credit import CreditState
from keqiao.core.rules.consequences import Breach, Hit
from keqiao.web.acceptance.models.acceptances import LONGEST_WORDS, Acceptance
from keqiao.web.accounts.models import User
from keqiao.web.parties.models import Association, Party
from keqiao.web.registers.models import Debarment

STATES = sorted(state.value for state in CreditState)
TOLD = sorted(state.value for state in (CreditState.PROPOSED, CreditState.DROPPED))


class CreditEntry(models.Model):
    """One entry about one party; its life is ``core.lifecycle.credit``.

    ``rule`` and ``clause`` are those of the call that says so, ``effect`` and ``what`` what it says is lost. ``since``
    and ``until`` are its days (None: no term). ``answer_by`` is the last day on which whom it is about may answer
    before it is recorded. ``debarment`` is the line of the register that it led to.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    acceptance = models.ForeignKey(
        Acceptance, models.PROTECT, related_name="credit", verbose_name=_("结项验收")
    )
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("主体"))
    hit = models.CharField(_("身份"), max_length=8)
    breach = models.CharField(_("情形"), max_length=16)
    rule = models.CharField(_("规则"), max_length=80)
    clause = models.CharField(_("依据条款"), max_length=200, blank=True, default="")
    effect = models.CharField(_("处理"), max_length=16)
    summary = models.CharField(_("条款内容"), max_length=400)
    what = models.CharField(_("失去什么"), max_length=120, blank=True, default="")
    since = models.DateField(_("起始日期"))
    until = models.DateField(_("截止日期"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, default=CreditState.PROPOSED.value)
    answer_by = models.DateField(_("陈述申辩期限"))
    answer = models.TextField(_("陈述申辩"), blank=True, default="", max_length=2000)
    answered_at = models.DateTimeField(_("申辩时间"), null=True, blank=True)
    appeal = models.TextField(_("申诉"), blank=True, default="", max_length=2000)
    words = models.CharField(_("理由"), max_length=LONGEST_WORDS, blank=True, default="")
    proposed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    proposed_at = models.DateTimeField(_("提出时间"))
    recorded_at = models.DateTimeField(_("记录时间"), null=True, blank=True)
    debarment = models.ForeignKey(
        Debarment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("禁止申报")
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="credit_state_is_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(
                name="credit_hit_is_known", condition=Q(hit__in=sorted(hit.value for hit in Hit))
            ),
            models.CheckConstraint(
                name="credit_breach_is_known", condition=Q(breach__in=sorted(each.value for each in Breach))
            ),
            models.CheckConstraint(
                name="credit_days_in_order", condition=Q(until__isnull=True) | Q(until__gte=F("since"))
            ),
            models.CheckConstraint(
                name="recorded_credit_says_when",
                condition=Q(state__in=TOLD, recorded_at__isnull=True)
                | (~Q(state__in=TOLD) & Q(recorded_at__isnull=False)),
            ),
            models.UniqueConstraint(
                name="one_entry_per_rule_and_party", fields=["acceptance", "rule", "party"]
            ),
        ]
        ordering = ["proposed_at", "id"]

    def __str__(self) -> str:
        return f"{self.party} {self.effect}"
