"""What an application says: every version that was saved, and the one that stands made ready to be submitted."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from keqiao.web.accounts.models import User
from keqiao.web.applications.models.applications import Application
from keqiao.web.parties.models import Association, Organisation
from keqiao.web.privacy.fields import EncryptedText
from keqiao.web.programmes.models import Revision


class Version(models.Model):
    """The answers as they were saved once: never changed afterwards, but for what is sealed, which can be erased.

    ``answers`` maps field ids to values (``core.forms.answers``), without those that are sensitive; these stand in
    ``sealed`` as JSON under lock, and ``salt`` keeps anybody from guessing them by their digest. ``back`` is the
    version that "undo" brings again, ``forth`` the one that "redo" does; each of both saves a new version.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    application = models.ForeignKey(
        Application, models.CASCADE, related_name="versions", verbose_name=_("申报书")
    )
    number = models.PositiveIntegerField(_("版次"))
    act = models.CharField(_("操作"), max_length=20)
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+", verbose_name=_("通知版本"))
    answers = models.JSONField(_("填报内容"), default=dict, blank=True)
    sealed = EncryptedText(_("敏感内容"))
    salt = models.CharField(_("盐"), max_length=32, blank=True, default="")
    changed = models.JSONField(_("改动栏目"), default=list, blank=True)
    back = models.PositiveIntegerField(_("撤销到"), null=True, blank=True)
    forth = models.PositiveIntegerField(_("重做到"), null=True, blank=True)
    saved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("修改人")
    )
    saved_at = models.DateTimeField(_("保存时间"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_version_per_number", fields=["application", "number"]),
            models.CheckConstraint(
                name="version_goes_back_to_an_older_one",
                condition=Q(back__isnull=True) | Q(back__lt=F("number")),
            ),
            models.CheckConstraint(
                name="version_goes_forth_to_an_older_one",
                condition=Q(forth__isnull=True) | Q(forth__lt=F("number")),
            ),
        ]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.application} #{self.number}"


class Prepared(models.Model):
    """The version that stands, made ready while there is time: frozen as it would be submitted, and checked.

    ``content`` is the canonical text of everything that is submitted, ``digest`` its SHA-256. ``findings`` are the
    faults of the form and the answers of the rules, with their weight. ``parties`` are the ids of everybody whose
    debarment counts, ``debarred`` the ids of the debarments that the rules have seen. ``of_record`` is the body in
    whose name the unit applies, where that is another: limits count its projects too. Replaced at each save.
    """

    data_kind = "owned"

    application = models.OneToOneField(
        Application, models.CASCADE, primary_key=True, related_name="prepared", verbose_name=_("申报书")
    )
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    version = models.PositiveIntegerField(_("版次"))
    saved = models.ForeignKey(Version, models.CASCADE, related_name="+", verbose_name=_("保存的版本"))
    saved_at = models.DateTimeField(_("保存时间"))
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+", verbose_name=_("通知版本"))
    specification = models.CharField(_("表格摘要"), max_length=64)
    content = models.TextField(_("内容"))
    digest = models.CharField(_("摘要"), max_length=64)
    findings = models.JSONField(_("检查结果"), default=list, blank=True)
    parties = models.JSONField(_("相关主体"), default=list, blank=True)
    debarred = models.JSONField(_("已知禁报"), default=list, blank=True)
    of_record = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("名义申报单位")
    )
    asked_at = models.DateTimeField(_("核对时间"))

    class Meta:
        constraints = [models.CheckConstraint(name="prepared_has_digest", condition=~Q(digest=""))]

    def __str__(self) -> str:
        return f"{self.application} #{self.version}"
