"""The list of what was awarded (立项通知), and the letter that each unit gets."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.web.accounts.models import User
from keqiao.web.allocation.models import Selection
from keqiao.web.applications.models import Application
from keqiao.web.parties.models import Association
from keqiao.web.programmes.models import Call
from keqiao.web.public_notice.models.notices import LONGEST_REASON
from keqiao.web.public_notice.stated import LONGEST_TITLE
from keqiao.web.registers.models import Recognition, RecognitionScheme

LONGEST_BODY = 120
"""The name of whoever a project is passed on to."""


class Award(models.Model):
    """What was confirmed about a call and is made known together. ``digest`` is that of the list as it was issued.

    ``scheme`` is the register into which the title goes that comes with it where the call names none (``AwardTitle``
    where it does), ``role`` as what the units carry it out (承办). ``feedback`` is what those are told who were not
    chosen. The rest is what the notice says to those who were.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    call = models.ForeignKey(Call, models.PROTECT, related_name="+", verbose_name=_("通知"))
    title = models.CharField(_("标题"), max_length=200)
    number = models.CharField(_("文号"), max_length=60, blank=True, default="")
    procedure = models.JSONField(_("经过的程序"), default=list, blank=True)
    fields = models.JSONField(_("公开的栏目"), default=list)
    agreement_by = models.DateField(_("任务书签订期限"), null=True, blank=True)
    agreement_copies = models.PositiveSmallIntegerField(_("任务书份数"), default=3)
    regulation = models.CharField(_("经费管理依据"), max_length=200, blank=True, default="")
    mark = models.CharField(_("标注用语"), max_length=120, blank=True, default="")
    finish_by = models.DateField(_("完成期限"), null=True, blank=True)
    contacts = models.CharField(_("联系方式"), max_length=200, blank=True, default="")
    feedback = models.CharField(_("对未立项单位的说明"), max_length=LONGEST_REASON, blank=True, default="")
    role = models.CharField(_("承担方式"), max_length=20, blank=True, default="")
    scheme = models.ForeignKey(
        RecognitionScheme,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("登记到名册"),
    )
    version = models.PositiveIntegerField(_("版次"), default=1)
    digest = models.CharField(_("名单摘要"), max_length=64, blank=True, default="")
    issued_at = models.DateTimeField(_("印发时间"), null=True, blank=True)
    issued_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("签发人")
    )
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    made_at = models.DateTimeField(_("创建时间"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="issued_award_has_digest_and_signer",
                condition=Q(issued_at__isnull=True, issued_by__isnull=True, digest="")
                | (Q(issued_at__isnull=False, issued_by__isnull=False) & ~Q(digest="")),
            ),
            models.UniqueConstraint(
                name="one_award_per_number", fields=["association", "number"], condition=~Q(number="")
            ),
        ]
        ordering = ["-made_at", "id"]

    def __str__(self) -> str:
        return self.title


class AwardTitle(models.Model):
    """The register of a title that the call confers on those chosen in some of its categories (2023年度…基地)."""

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    award = models.ForeignKey(Award, models.PROTECT, related_name="titles", verbose_name=_("立项通知"))
    title = models.CharField(_("称号"), max_length=LONGEST_TITLE)
    scheme = models.ForeignKey(
        RecognitionScheme, models.PROTECT, related_name="+", verbose_name=_("登记到名册")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_register_per_title_of_an_award", fields=["award", "title"])
        ]
        ordering = ["award", "title"]

    def __str__(self) -> str:
        return self.title


class AwardItem(models.Model):
    """One line of an award; ``listed`` are its columns, ``merged`` the topics that went into it as parts of it,
    ``duplicates`` those that were the same topic.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    award = models.ForeignKey(Award, models.PROTECT, related_name="items", verbose_name=_("立项通知"))
    selection = models.OneToOneField(
        Selection, models.PROTECT, related_name="award_item", verbose_name=_("遴选结果")
    )
    position = models.PositiveSmallIntegerField(_("序号"))
    listed = models.JSONField(_("公布内容"), default=dict, blank=True)
    merged = models.JSONField(_("并入的选题"), default=list, blank=True)
    duplicates = models.JSONField(_("重复的选题"), default=list, blank=True)
    recognition = models.OneToOneField(
        Recognition, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("名册登记")
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_line_per_place_of_an_award", fields=["award", "position"])
        ]
        ordering = ["award", "position"]

    def __str__(self) -> str:
        return f"{self.award_id} {self.position}"


class ResultLetter(models.Model):
    """What a unit is told of its application: selected or not, with what, why not; what the experts say, if the call
    tells it, without their names.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    award = models.ForeignKey(Award, models.PROTECT, related_name="letters", verbose_name=_("立项通知"))
    application = models.OneToOneField(
        Application, models.PROTECT, related_name="result_letter", verbose_name=_("申报书")
    )
    is_selected = models.BooleanField(_("已立项"))
    amount_fen = models.PositiveBigIntegerField(_("金额（分）"), null=True, blank=True)
    reason = models.CharField(_("说明"), max_length=LONGEST_REASON, blank=True, default="")
    comments = models.JSONField(_("评审意见"), default=list, blank=True)
    made_at = models.DateTimeField(_("生成时间"))

    class Meta:
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return f"{self.application_id} {self.is_selected}"


class UpwardEntry(models.Model):
    """A project that was awarded and is passed on to the level above (推荐到上一级), ``to`` whom, and why.

    Where the call above is in the house, ``call`` is that call and ``application`` the draft that was begun in it for
    the unit, behind the wall of the association above. Elsewhere the project leaves by the exported table.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    award = models.ForeignKey(Award, models.PROTECT, related_name="entries", verbose_name=_("立项通知"))
    selection = models.ForeignKey(
        Selection, models.PROTECT, related_name="upward_entries", verbose_name=_("遴选结果")
    )
    to = models.CharField(_("推荐到"), max_length=LONGEST_BODY)
    call = models.ForeignKey(
        Call, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("上一级的通知")
    )
    application = models.OneToOneField(
        Application, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("申报书")
    )
    reason = models.CharField(_("推荐理由"), max_length=LONGEST_REASON)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    made_at = models.DateTimeField(_("推荐时间"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_project_goes_up_once_to_each", fields=["selection", "to"]),
            models.CheckConstraint(
                name="an_entry_above_has_call_and_draft",
                condition=Q(call__isnull=True, application__isnull=True)
                | Q(call__isnull=False, application__isnull=False),
            ),
        ]
        ordering = ["-made_at", "id"]

    def __str__(self) -> str:
        return f"{self.selection_id} {self.to}"
