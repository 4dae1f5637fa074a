"""A public notice (公示) and what it lists."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.public_notice import PublicNoticeState as S
from keqiao.core.workdays import DayKind
from keqiao.web.accounts.models import User
from keqiao.web.allocation.models import Selection
from keqiao.web.parties.models import Association
from keqiao.web.programmes.models import Call

STATES = sorted(state.value for state in S)
UNSIGNED = [S.DRAFTED.value]
WAS_POSTED = [S.POSTED.value, S.ENDED.value, S.CONCLUDED.value]
KIND_WORDS = {DayKind.WORKING: _("工作日"), DayKind.CALENDAR: _("自然日")}
SHOWN_DAYS = 365
"""How long the page stays after the notice is concluded, unless the office sets another time."""
LONGEST_REASON = 400


class Notice(models.Model):
    """A list of what is about to be supported, shown to everybody before it is decided.

    ``days`` of ``day_kind`` are its length; ``clause`` says where the call states it. ``fields`` are the columns that
    may be shown (``writers.letters.Field``), ``objections_to`` where objections go. ``digest`` is that of the list as
    it was signed. ``first_day`` and ``last_day`` are those on which it stands, ``until`` a later last day that the
    office has set, ``counted`` the days that count as they were counted. ``closing`` is what the closing statement
    says. ``shown_days``: so many natural days after its end the page is taken down.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    call = models.ForeignKey(Call, models.PROTECT, related_name="+", verbose_name=_("通知"))
    title = models.CharField(_("标题"), max_length=200)
    number = models.CharField(_("文号"), max_length=60, blank=True, default="")
    procedure = models.JSONField(_("经过的程序"), default=list, blank=True)
    days = models.PositiveSmallIntegerField(_("公示天数"))
    day_kind = models.CharField(
        _("按"), max_length=8, choices=[(kind.value, words) for kind, words in KIND_WORDS.items()]
    )
    first_day_counts = models.BooleanField(_("首日计入"), default=True)
    clause = models.CharField(_("公示期依据"), max_length=80, blank=True, default="")
    fields = models.JSONField(_("公开的栏目"), default=list)
    objections_to = models.JSONField(_("异议受理"), default=dict)
    state = models.CharField(_("状态"), max_length=10, default=S.DRAFTED.value)
    version = models.PositiveIntegerField(_("版次"), default=1)
    digest = models.CharField(_("名单摘要"), max_length=64, blank=True, default="")
    signed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("签发人")
    )
    signed_at = models.DateTimeField(_("签发时间"), null=True, blank=True)
    post_at = models.DateTimeField(_("定时发布"), null=True, blank=True)
    posted_at = models.DateTimeField(_("发布时间"), null=True, blank=True)
    first_day = models.DateField(_("公示首日"), null=True, blank=True)
    last_day = models.DateField(_("公示末日"), null=True, blank=True)
    until = models.DateField(_("延长至"), null=True, blank=True)
    counted = models.JSONField(_("计入的日子"), default=list, blank=True)
    reason = models.CharField(_("理由"), max_length=LONGEST_REASON, blank=True, default="")
    closing = models.JSONField(_("公示情况"), default=dict, blank=True)
    over_at = models.DateTimeField(_("办结或撤回时间"), null=True, blank=True)
    shown_days = models.PositiveSmallIntegerField(_("办结后保留天数"), default=SHOWN_DAYS)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    made_at = models.DateTimeField(_("创建时间"))

    class Meta:
        constraints = [
            models.CheckConstraint(name="notice_state_is_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(name="notice_lasts_a_day_or_more", condition=Q(days__gte=1)),
            models.CheckConstraint(
                name="notice_that_stood_has_its_days_and_digest",
                condition=~Q(state__in=WAS_POSTED)
                | (
                    Q(posted_at__isnull=False, first_day__isnull=False, last_day__gte=F("first_day"))
                    & ~Q(digest="")
                ),
            ),
            models.CheckConstraint(
                name="notice_has_a_digest_once_signed",
                condition=~Q(state__in=UNSIGNED) | Q(digest="", signed_at__isnull=True),
            ),
            models.UniqueConstraint(
                name="one_notice_per_number", fields=["association", "number"], condition=~Q(number="")
            ),
        ]
        indexes = [models.Index(name="notices_of_a_call", fields=["call", "state"])]
        ordering = ["-made_at", "id"]

    def __str__(self) -> str:
        return self.title


class NoticeItem(models.Model):
    """One line of a notice; ``listed`` are its columns as they were signed."""

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="items", verbose_name=_("公示"))
    selection = models.ForeignKey(
        Selection, models.PROTECT, related_name="notice_items", verbose_name=_("遴选结果")
    )
    position = models.PositiveSmallIntegerField(_("序号"))
    listed = models.JSONField(_("公示内容"), default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="selection_stands_once_in_a_notice", fields=["notice", "selection"]),
            models.UniqueConstraint(name="one_line_per_place_of_a_notice", fields=["notice", "position"]),
        ]
        ordering = ["notice", "position"]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.position}"
