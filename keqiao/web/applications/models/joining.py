"""Units that were asked to join an application, and what they answered."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.joining import OPEN_TO_PARTNER, JoiningState
from keqiao.web.accounts.models import User
from keqiao.web.applications.models.applications import Application
from keqiao.web.parties.models import Association, Organisation
from keqiao.web.programmes.models import Call

JOINING_WORDS = {
    JoiningState.ASKED: _("待确认"),
    JoiningState.ACCEPTED: _("已同意"),
    JoiningState.DECLINED: _("不同意"),
    JoiningState.LAPSED: _("已失效"),
}
STATES = sorted(state.value for state in JoiningState)
UNANSWERED = [JoiningState.ASKED.value, JoiningState.LAPSED.value]


class Joining(models.Model):
    """One unit was asked to join an application (联合申报邀请), and what it answered. Changed only by ``actions``.

    ``lead`` applies and leads, ``unit`` is asked. Which units an application names, its ``Partner`` rows say; this row
    stays when one is named no more. ``title`` is what it was called when it was asked or answered. ``version`` is the
    one that was answered, ``digest`` that of what the unit was shown of it. ``call`` and ``lead`` stand here as well,
    so that whoever may no longer read the application still knows what was asked.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    application = models.ForeignKey(
        Application, models.PROTECT, related_name="joinings", verbose_name=_("申报书")
    )
    call = models.ForeignKey(Call, models.PROTECT, related_name="+", verbose_name=_("通知"))
    lead = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("牵头单位"))
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("联合单位"))
    title = models.CharField(_("项目名称"), max_length=200, blank=True, default="")
    state = models.CharField(
        _("状态"),
        max_length=10,
        choices=[(state.value, words) for state, words in JOINING_WORDS.items()],
        default=JoiningState.ASKED.value,
    )
    reason = models.CharField(_("不同意的理由"), max_length=400, blank=True, default="")
    version = models.PositiveIntegerField(_("答复时的版次"), null=True, blank=True)
    digest = models.CharField(_("答复时的内容摘要"), max_length=64, blank=True, default="")
    asked_at = models.DateTimeField(_("邀请时间"))
    asked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("邀请人")
    )
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("答复人")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_unit_is_asked_once", fields=["application", "unit"]),
            models.CheckConstraint(name="joining_state_is_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(
                name="joining_answer_has_time_and_version",
                condition=Q(state__in=UNANSWERED)
                | (Q(answered_at__isnull=False, version__isnull=False) & ~Q(digest="")),
            ),
            models.CheckConstraint(
                name="joining_declined_has_reason",
                condition=~Q(state=JoiningState.DECLINED.value) | ~Q(reason=""),
            ),
            models.CheckConstraint(name="joining_unit_is_not_the_lead", condition=~Q(unit=models.F("lead"))),
        ]
        indexes = [models.Index(name="joinings_of_a_unit", fields=["unit", "state"])]
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return f"{self.unit} · {self.title}"

    @property
    def is_open(self) -> bool:
        """May the unit that was asked read the application?"""
        return JoiningState(self.state) in OPEN_TO_PARTNER
