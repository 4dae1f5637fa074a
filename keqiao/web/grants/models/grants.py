"""A project that was awarded (立项项目) with what its agreement says, and the instalments of its money."""

import uuid
from enum import StrEnum

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.grant import GrantState
from keqiao.core.lifecycle.instalment import InstalmentState
from keqiao.web.accounts.models import User
from keqiao.web.allocation.models import Selection
from keqiao.web.applications.models import Application
from keqiao.web.parties.models import Association, Organisation, Person
from keqiao.web.programmes.models import Call, Revision

STATES = sorted(state.value for state in GrantState)
INSTALMENT_STATES = sorted(state.value for state in InstalmentState)
NOT_SIGNED = sorted(state.value for state in (GrantState.DRAFTED, GrantState.SENT, GrantState.GIVEN_UP))
LEFT = [InstalmentState.PAID.value, InstalmentState.CONFIRMED.value]
LONGEST_WORDS = 400


class Condition(StrEnum):
    """What has to hold before an instalment is paid."""

    SIGNED = "signed"
    REPORT = "report"
    DATE = "date"
    ACCEPTANCE = "acceptance"


CONDITION_WORDS = {
    Condition.SIGNED: _("任务书签订"),
    Condition.REPORT: _("中期报告提交"),
    Condition.DATE: _("到约定日期"),
    Condition.ACCEPTANCE: _("项目验收合格"),
}
CONDITIONS = sorted(each.value for each in Condition)


class Grant(models.Model):
    """One awarded project; its life is ``core.lifecycle.grant``.

    ``content`` (label and words), ``targets`` (rows as ``core.forms.targets`` has them) and ``lines``
    (``core.forms.awarded.AwardedLine``) were taken over from the submitted form, once. ``outcome`` is what the category
    gives (money, hosting right, topic …). ``finance_bureau`` supervises the money where the call was issued with one.
    ``rules`` are further sentences of the office. ``sent_digest`` is the fingerprint of what was sent to be signed,
    ``signed_digest`` that of what was signed. ``stem`` and ``ordinal`` make the number.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    call = models.ForeignKey(Call, models.PROTECT, related_name="+", verbose_name=_("通知"))
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+", verbose_name=_("通知版本"))
    selection = models.OneToOneField(
        Selection, models.PROTECT, related_name="grant", verbose_name=_("遴选结果")
    )
    application = models.OneToOneField(
        Application, models.PROTECT, related_name="grant", verbose_name=_("申报书")
    )
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("承担单位"))
    leader = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("项目负责人")
    )
    finance_bureau = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("财政部门")
    )
    stem = models.CharField(_("编号前后缀"), max_length=120)
    ordinal = models.PositiveIntegerField(_("序号"))
    number = models.CharField(_("项目编号"), max_length=120)
    title = models.CharField(_("项目名称"), max_length=200)
    category = models.CharField(_("类别"), max_length=200, blank=True, default="")
    outcome = models.CharField(_("结果形式"), max_length=20, blank=True, default="")
    amount_fen = models.PositiveBigIntegerField(_("金额（分）"), default=0)
    begins_on = models.DateField(_("开始日期"), null=True, blank=True)
    ends_on = models.DateField(_("结束日期"), null=True, blank=True)
    content = models.JSONField(_("项目内容"), default=list, blank=True)
    targets = models.JSONField(_("绩效指标"), default=list, blank=True)
    lines = models.JSONField(_("经费预算"), default=list, blank=True)
    rules = models.JSONField(_("补充约定"), default=list, blank=True)
    sign_by = models.DateField(_("签订期限"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=12, default=GrantState.DRAFTED.value)
    sent_digest = models.CharField(_("发出的摘要"), max_length=64, blank=True, default="")
    signed_digest = models.CharField(_("签订的摘要"), max_length=64, blank=True, default="")
    signed_at = models.DateTimeField(_("签订时间"), null=True, blank=True)
    given_up_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("登记放弃的人")
    )
    words = models.CharField(_("理由"), max_length=LONGEST_WORDS, blank=True, default="")
    begun_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("立项经办人"))
    begun_at = models.DateTimeField(_("立项时间"))

    class Meta:
        constraints = [
            models.CheckConstraint(name="grant_state_is_known", condition=Q(state__in=STATES)),
            models.UniqueConstraint(name="one_grant_per_number", fields=["association", "number"]),
            models.UniqueConstraint(
                name="one_grant_per_place_in_series", fields=["association", "stem", "ordinal"]
            ),
            models.CheckConstraint(
                name="grant_term_runs_forward",
                condition=Q(begins_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(begins_on__lte=F("ends_on")),
            ),
            models.CheckConstraint(
                name="signed_grant_says_when_and_what",
                condition=Q(state__in=NOT_SIGNED, signed_at__isnull=True, signed_digest="")
                | (~Q(state__in=NOT_SIGNED) & Q(signed_at__isnull=False) & ~Q(signed_digest="")),
            ),
        ]
        indexes = [models.Index(name="grants_of_a_call", fields=["call", "state"])]
        ordering = ["call", "number"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Instalment(models.Model):
    """One payment of a grant; its life is ``core.lifecycle.instalment``. ``name`` is its key in the ledger.

    ``condition`` empty: it can be asked for at once. ``due_on`` is the day for ``date``, else when it is foreseen.
    ``voucher`` is the bank's number of its payment; one that bounced is not its payment any more.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="instalments", verbose_name=_("项目"))
    ordinal = models.PositiveSmallIntegerField(_("次序"))
    name = models.CharField(_("名称"), max_length=40)
    amount_fen = models.PositiveBigIntegerField(_("金额（分）"))
    condition = models.CharField(
        _("拨付条件"),
        max_length=12,
        blank=True,
        default="",
        choices=[(each.value, words) for each, words in CONDITION_WORDS.items()],
    )
    due_on = models.DateField(_("预计日期"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=12, default=InstalmentState.PLANNED.value)
    voucher = models.CharField(_("凭证号"), max_length=60, blank=True, default="")
    paid_on = models.DateField(_("拨付日期"), null=True, blank=True)
    words = models.CharField(_("理由"), max_length=LONGEST_WORDS, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="instalment_state_is_known", condition=Q(state__in=INSTALMENT_STATES)
            ),
            models.CheckConstraint(
                name="instalment_condition_is_known", condition=Q(condition__in=["", *CONDITIONS])
            ),
            models.CheckConstraint(name="instalment_has_an_amount", condition=Q(amount_fen__gt=0)),
            models.CheckConstraint(
                name="instalment_due_by_date_has_one",
                condition=~Q(condition=Condition.DATE.value) | Q(due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="paid_instalment_has_its_voucher",
                condition=(Q(state__in=LEFT, paid_on__isnull=False) & ~Q(voucher=""))
                | (~Q(state__in=LEFT) & Q(voucher="", paid_on__isnull=True)),
            ),
            models.UniqueConstraint(name="one_instalment_per_place", fields=["grant", "ordinal"]),
            models.UniqueConstraint(name="one_instalment_per_name", fields=["grant", "name"]),
        ]
        ordering = ["grant", "ordinal"]

    def __str__(self) -> str:
        return f"{self.grant_id} {self.name}"
