"""The money of a grant: ledger entries that are only added, receipts, the settlement."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.settlement import SettlementState
from keqiao.web.accounts.models import User
from keqiao.web.files.models import StoredFile
from keqiao.web.grants.models.grants import LONGEST_WORDS, Grant
from keqiao.web.parties.models import Association

SETTLEMENT_STATES = sorted(state.value for state in SettlementState)


class LedgerEntry(models.Model):
    """One entry of the ledger (``core.money.ledger``): ``kind`` is its class, ``values`` what it says. Only added."""

    data_kind = "owned"

    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="entries", verbose_name=_("项目"))
    sequence = models.PositiveIntegerField(_("序号"))
    kind = models.CharField(_("种类"), max_length=16)
    values = models.JSONField(_("内容"), default=dict)
    entered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("登记人")
    )
    entered_at = models.DateTimeField(_("登记时间"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_ledger_entry_per_place", fields=["grant", "sequence"]),
            models.CheckConstraint(name="ledger_entry_starts_at_one", condition=Q(sequence__gte=1)),
        ]
        ordering = ["grant", "sequence"]

    def __str__(self) -> str:
        return f"{self.grant_id} #{self.sequence} {self.kind}"


class Receipt(models.Model):
    """A receipt that the unit claims, and what of it is admitted; ``number`` is its key in the ledger.

    ``admitted_fen`` None: nobody has judged it. Less than claimed needs a ``reason``.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="receipts", verbose_name=_("项目"))
    number = models.CharField(_("票据号"), max_length=60)
    line = models.CharField(_("支出科目"), max_length=160)
    words = models.CharField(_("用途"), max_length=200)
    spent_on = models.DateField(_("开票日期"))
    claimed_fen = models.PositiveBigIntegerField(_("申报金额（分）"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("票据文件"))
    claimed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("填报人"))
    claimed_at = models.DateTimeField(_("填报时间"))
    admitted_fen = models.PositiveBigIntegerField(_("核定金额（分）"), null=True, blank=True)
    reason = models.CharField(_("核减理由"), max_length=LONGEST_WORDS, blank=True, default="")
    judged_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("审核人")
    )
    judged_at = models.DateTimeField(_("审核时间"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_receipt_of_a_grant_per_number", fields=["grant", "number"]),
            models.CheckConstraint(name="receipt_claims_an_amount", condition=Q(claimed_fen__gt=0)),
            models.CheckConstraint(
                name="receipt_admits_at_most_its_claim",
                condition=Q(admitted_fen__isnull=True) | Q(admitted_fen__lte=F("claimed_fen")),
            ),
            models.CheckConstraint(
                name="receipt_judged_says_by_whom",
                condition=Q(admitted_fen__isnull=True, judged_by__isnull=True, judged_at__isnull=True)
                | Q(admitted_fen__isnull=False, judged_by__isnull=False, judged_at__isnull=False),
            ),
            models.CheckConstraint(
                name="receipt_cut_says_why",
                condition=Q(admitted_fen__isnull=True) | Q(admitted_fen=F("claimed_fen")) | ~Q(reason=""),
            ),
        ]
        ordering = ["grant", "claimed_at", "number"]

    def __str__(self) -> str:
        return f"{self.grant_id} {self.number}"


class Settlement(models.Model):
    """The settlement of a grant (决算); its life is ``core.lifecycle.settlement``.

    ``demanded_fen`` is what was left when it was admitted, to be paid back until ``repay_by``; ``waived_fen`` what
    need not be paid back, by the decision of a leader.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    grant = models.OneToOneField(Grant, models.PROTECT, related_name="settlement", verbose_name=_("项目"))
    state = models.CharField(_("状态"), max_length=16, default=SettlementState.OPEN.value)
    words = models.CharField(_("说明"), max_length=LONGEST_WORDS, blank=True, default="")
    demanded_fen = models.PositiveBigIntegerField(_("应上缴结余（分）"), default=0)
    waived_fen = models.PositiveBigIntegerField(_("免予上缴（分）"), default=0)
    repay_by = models.DateField(_("上缴期限"), null=True, blank=True)
    opened_at = models.DateTimeField(_("开始时间"))
    changed_at = models.DateTimeField(_("变动时间"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="settlement_state_is_known", condition=Q(state__in=SETTLEMENT_STATES)
            ),
            models.CheckConstraint(
                name="settlement_waives_at_most_its_demand", condition=Q(waived_fen__lte=F("demanded_fen"))
            ),
            models.CheckConstraint(
                name="settlement_repayment_has_its_day",
                condition=~Q(state=SettlementState.REPAYMENT_DUE.value)
                | Q(demanded_fen__gt=0, repay_by__isnull=False),
            ),
        ]
        ordering = ["opened_at"]

    def __str__(self) -> str:
        return f"{self.grant_id} {self.state}"
