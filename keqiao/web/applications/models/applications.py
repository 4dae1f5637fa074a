"""An application, the units that join it, and the files that go with it. What it says stands in its versions."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.application import ApplicationState
from keqiao.web.accounts.models import User
from keqiao.web.files.models import StoredFile
from keqiao.web.parties.models import Association, Organisation, Person
from keqiao.web.programmes.models import Call, Revision

STATE_WORDS = {
    ApplicationState.DRAFT: _("草稿"),
    ApplicationState.SUBMITTED: _("已提交"),
    ApplicationState.RETURNED: _("退回修改"),
    ApplicationState.WITHDRAWN: _("已撤回"),
    ApplicationState.DISCARDED: _("已删除"),
}
STATES = sorted(state.value for state in ApplicationState)
NEVER_SUBMITTED = [ApplicationState.DISCARDED.value, ApplicationState.DRAFT.value]


class Application(models.Model):
    """One bid of one unit in one category of a call (申报书). Changed only by ``actions``.

    ``association`` is the one that runs the call. ``revision`` is the one whose form the answers follow, ``node`` the
    id of the category and ``path`` the ids that lead to it. ``unit`` applies and leads. ``version`` is that of the
    answers that stand. ``number`` is given by the first submission and stays; ``key`` is that of the submission that
    was written last, by which the same one is known again.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    call = models.ForeignKey(Call, models.PROTECT, related_name="applications", verbose_name=_("通知"))
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+", verbose_name=_("通知版本"))
    node = models.CharField(_("类别标识"), max_length=80, blank=True, default="")
    path = models.JSONField(_("类别路径"), default=list, blank=True)
    unit = models.ForeignKey(
        Organisation, models.PROTECT, related_name="applications", verbose_name=_("申报单位")
    )
    leader = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("项目负责人")
    )
    title = models.CharField(_("项目名称"), max_length=200, blank=True, default="")
    state = models.CharField(
        _("状态"),
        max_length=12,
        choices=[(state.value, words) for state, words in STATE_WORDS.items()],
        default=ApplicationState.DRAFT.value,
    )
    version = models.PositiveIntegerField(_("版次"), default=1)
    number = models.CharField(_("受理编号"), max_length=80, blank=True, default="")
    key = models.CharField(_("提交标识"), max_length=64, blank=True, default="")
    submitted_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    created_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("填报人")
    )
    created_at = models.DateTimeField(_("创建时间"))
    edited_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("最近修改人")
    )
    edited_at = models.DateTimeField(_("最近修改时间"))

    class Meta:
        constraints = [
            models.CheckConstraint(name="application_state_is_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(name="application_version_starts_at_one", condition=Q(version__gte=1)),
            models.CheckConstraint(
                name="submitted_application_has_number_and_time",
                condition=Q(state__in=NEVER_SUBMITTED)
                | (Q(submitted_at__isnull=False) & ~Q(number="") & ~Q(key="")),
            ),
            models.UniqueConstraint(
                name="one_application_per_number",
                fields=["association", "number"],
                condition=~Q(number=""),
            ),
        ]
        indexes = [
            models.Index(name="applications_of_an_office", fields=["association", "state", "submitted_at"]),
        ]
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title or self.number or str(self.pk)


class Partner(models.Model):
    """A unit that joins an application (合作单位), in the order of the form."""

    data_kind = "owned"

    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    application = models.ForeignKey(
        Application, models.CASCADE, related_name="partners", verbose_name=_("申报书")
    )
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("合作单位"))
    position = models.PositiveSmallIntegerField(_("次序"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="partner_joins_once", fields=["application", "unit"]),
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return str(self.unit)


class Attachment(models.Model):
    """A file that was sent for a field of an application.

    Which files stand in which field, in what order, the answers say (``{"file": id}``); this row says that the file
    belongs here, and with that who reads it. ``digest`` is that of its bytes.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    application = models.ForeignKey(
        Application, models.CASCADE, related_name="attachments", verbose_name=_("申报书")
    )
    field = models.CharField(_("栏目"), max_length=80)
    file = models.OneToOneField(
        StoredFile, models.PROTECT, related_name="application_attachment", verbose_name=_("文件")
    )
    digest = models.CharField(_("摘要"), max_length=64)
    attached_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("上传人"))
    attached_at = models.DateTimeField(_("上传时间"))

    class Meta:
        constraints = [models.CheckConstraint(name="attachment_has_digest", condition=~Q(digest=""))]
        indexes = [models.Index(name="attachments_of_a_field", fields=["application", "field"])]
        ordering = ["attached_at"]

    def __str__(self) -> str:
        return self.file.name
