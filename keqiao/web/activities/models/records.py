"""One record of what was done for a project: a session, a talk, a work, a report in the media."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.activity import COUNTS, ActivityState
from keqiao.web.accounts.models import User
from keqiao.web.parties.models import Association, Organisation, PersonQualification, Region

STATES = sorted(state.value for state in ActivityState)
VERIFIED_STATES = sorted(state.value for state in COUNTS)
REPORTED = ActivityState.REPORTED.value
LONGEST_TITLE = 120
LONGEST_REASON = 400


class Activity(models.Model):
    """A record of one of the kinds of ``data/vocabulary/facts.yaml``; ``values`` are its fields.

    Numbers stand as text without blanks, several words as a list; a field that nobody filled is absent. The project is
    held as kind and id, because it lives in a room above. ``number`` counts within the project and never changes.
    ``qualification`` is the certificate of the person, where the register knows its ``certificate`` number.
    ``version`` rises with every change of the content, so that nobody writes over what somebody else has written.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("承担单位"))
    project_kind = models.CharField(_("项目种类"), max_length=20)
    project_id = models.UUIDField(_("项目"))
    number = models.PositiveIntegerField(_("序号"))
    kind = models.CharField(_("记录种类"), max_length=20)
    title = models.CharField(_("名称"), max_length=LONGEST_TITLE)
    start = models.DateField(_("日期"), null=True, blank=True)
    end = models.DateField(_("结束日期"), null=True, blank=True)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("地区")
    )
    values = models.JSONField(_("内容"), default=dict, blank=True)
    certificate = models.CharField(_("证书编号"), max_length=40, blank=True, default="")
    qualification = models.ForeignKey(
        PersonQualification,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("资格证书"),
    )
    state = models.CharField(_("状态"), max_length=12)
    words = models.CharField(_("理由"), max_length=LONGEST_REASON, blank=True, default="")
    version = models.PositiveIntegerField(_("版本"), default=1)
    digest = models.CharField(_("摘要"), max_length=64)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    entered_at = models.DateTimeField(_("登记时间"))
    changed_at = models.DateTimeField(_("最近变动时间"))
    reported_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("报送人")
    )
    reported_at = models.DateTimeField(_("报送时间"), null=True, blank=True)
    verified_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("核实人")
    )
    verified_at = models.DateTimeField(_("核实时间"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="activity_number_once_in_a_project", fields=["project_kind", "project_id", "number"]
            ),
            models.CheckConstraint(name="activity_state_is_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(
                name="activity_ends_after_it_starts",
                condition=Q(end__isnull=True) | Q(start__isnull=False, end__gte=F("start")),
            ),
            models.CheckConstraint(
                name="activity_verified_says_who_and_when",
                condition=Q(state__in=VERIFIED_STATES, verified_by__isnull=False, verified_at__isnull=False)
                | (~Q(state__in=VERIFIED_STATES) & Q(verified_by__isnull=True, verified_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="activity_verified_by_a_second_person",
                condition=Q(verified_by__isnull=True)
                | (~Q(verified_by=F("reported_by")) & ~Q(verified_by=F("entered_by"))),
            ),
            models.CheckConstraint(
                name="activity_reported_says_who_and_when",
                condition=~Q(state__in=[REPORTED, *VERIFIED_STATES])
                | Q(reported_by__isnull=False, reported_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="activities_of_a_project", fields=["project_kind", "project_id", "state"]),
            models.Index(name="activities_to_verify", fields=["association", "state", "reported_at"]),
        ]
        ordering = ["project_kind", "project_id", "number"]

    def __str__(self) -> str:
        return self.title

    @property
    def project(self) -> tuple[str, uuid.UUID]:
        """The kind and id of the project."""
        return self.project_kind, self.project_id
