"""The definition of a call while officers work on it, and every version of it that was saved."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from keqiao.web.accounts.models import User
from keqiao.web.parties.models import Association
from keqiao.web.programmes.models.calls import Call


class Draft(models.Model):
    """The definition of a call while officers work on it.

    ``version`` grows with each change and refuses a stale one. ``words`` ties facts to the words of the
    document, by their key; ``answers`` hold what an officer said to a doubt, by the key of the doubt.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    call = models.OneToOneField(Call, models.PROTECT, related_name="draft", verbose_name=_("通知"))
    definition = models.JSONField(_("内容"))
    words = models.JSONField(_("原文依据"), default=dict, blank=True)
    answers = models.JSONField(_("核定记录"), default=dict, blank=True)
    version = models.PositiveIntegerField(_("版次"), default=1)
    edited_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("最近修改人")
    )
    edited_at = models.DateTimeField(_("最近修改时间"))

    class Meta:
        constraints = [
            models.CheckConstraint(name="draft_version_starts_at_one", condition=Q(version__gte=1))
        ]

    def __str__(self) -> str:
        return f"{self.call} #{self.version}"


class Step(models.Model):
    """One version of a draft as it was saved: never changed, never removed before the draft is.

    ``back`` is the version whose content "undo" brings again, ``forth`` the one that "redo" does; each of
    both saves a new version. ``part`` names what was touched (``parts.Part`` as a list), for people and for
    telling whether two officers touched the same.
    """

    data_kind = "owned"

    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="steps", verbose_name=_("草稿"))
    version = models.PositiveIntegerField(_("版次"))
    act = models.CharField(_("操作"), max_length=20)
    part = models.JSONField(_("部分"), default=list, blank=True)
    definition = models.JSONField(_("内容"))
    words = models.JSONField(_("原文依据"), default=dict, blank=True)
    answers = models.JSONField(_("核定记录"), default=dict, blank=True)
    back = models.PositiveIntegerField(_("撤销到"), null=True, blank=True)
    forth = models.PositiveIntegerField(_("重做到"), null=True, blank=True)
    saved_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("修改人")
    )
    saved_at = models.DateTimeField(_("存档时间"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_step_per_version", fields=["draft", "version"]),
            models.CheckConstraint(
                name="step_goes_back_to_an_older_version",
                condition=Q(back__isnull=True) | Q(back__lt=F("version")),
            ),
            models.CheckConstraint(
                name="step_goes_forth_to_an_older_version",
                condition=Q(forth__isnull=True) | Q(forth__lt=F("version")),
            ),
        ]
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"{self.draft.call} #{self.version}"
