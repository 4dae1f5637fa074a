"""The formal check of an application (形式审查), and what was said of each point."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.formal_check import DECIDED, FormalCheckState
from keqiao.core.rules.formal_check import NEEDS_REASON, Said
from keqiao.web.accounts.models import User
from keqiao.web.applications.models import Application
from keqiao.web.parties.models import Association
from keqiao.web.programmes.models import Call, Revision

SAID_WORDS = {
    Said.MEETS: _("符合"),
    Said.FAILS: _("不符合"),
    Said.EXCEPTED: _("例外批准"),
    Said.IRRELEVANT: _("不涉及"),
}
STATES = sorted(state.value for state in FormalCheckState)
DECIDED_STATES = sorted(state.value for state in DECIDED)
ANSWERS = sorted(said.value for said in Said)
NEED_REASONS = sorted(said.value for said in NEEDS_REASON)
LONGEST_REASON = 400


class FormalCheck(models.Model):
    """What the office found before experts see an application. ``digest`` is that of the content it is about.

    ``points`` is how many points there were when somebody last looked, ``found`` what the points and answers were at
    the decision, frozen (see ``frozen_points``). ``words`` say why an application was refused.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    call = models.ForeignKey(Call, models.PROTECT, related_name="+", verbose_name=_("通知"))
    application = models.OneToOneField(
        Application, models.PROTECT, related_name="formal_check", verbose_name=_("申报书")
    )
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+", verbose_name=_("通知版本"))
    digest = models.CharField(_("摘要"), max_length=64)
    state = models.CharField(_("状态"), max_length=12, default=FormalCheckState.OPEN.value)
    points = models.PositiveSmallIntegerField(_("审查项数"), default=0)
    found = models.JSONField(_("审查结果"), default=list, blank=True)
    words = models.CharField(_("不合格理由"), max_length=LONGEST_REASON, blank=True, default="")
    begun_at = models.DateTimeField(_("开始时间"))
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("审查人")
    )
    decided_at = models.DateTimeField(_("审查时间"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="formal_check_state_is_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(
                name="formal_check_decided_says_who_and_when",
                condition=Q(state__in=DECIDED_STATES, decided_by__isnull=False, decided_at__isnull=False)
                | (~Q(state__in=DECIDED_STATES) & Q(decided_by__isnull=True, decided_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="formal_check_refused_says_why",
                condition=Q(state=FormalCheckState.REFUSED.value) ^ Q(words=""),
            ),
        ]
        indexes = [models.Index(name="formal_checks_of_a_call", fields=["call", "state"])]
        ordering = ["begun_at", "id"]

    def __str__(self) -> str:
        return f"{self.application} {self.state}"


class CheckAnswer(models.Model):
    """What was said of one point (``key``), about the content with ``digest``; said anew, it replaces the former."""

    data_kind = "owned"

    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    formal_check = models.ForeignKey(
        FormalCheck, models.PROTECT, related_name="answers", verbose_name=_("形式审查")
    )
    key = models.CharField(_("审查项"), max_length=120)
    said = models.CharField(
        _("结论"), max_length=12, choices=[(said.value, words) for said, words in SAID_WORDS.items()]
    )
    reason = models.CharField(_("理由"), max_length=LONGEST_REASON, blank=True, default="")
    digest = models.CharField(_("摘要"), max_length=64)
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("审查人"))
    given_at = models.DateTimeField(_("审查时间"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_answer_per_point", fields=["formal_check", "key"]),
            models.CheckConstraint(name="check_answer_is_known", condition=Q(said__in=ANSWERS)),
            models.CheckConstraint(
                name="check_answer_says_why", condition=~Q(said__in=NEED_REASONS) | ~Q(reason="")
            ),
        ]
        ordering = ["formal_check", "key"]

    def __str__(self) -> str:
        return f"{self.formal_check_id} {self.key} {self.said}"
