"""Associations: the organisations that run calls, and their offices."""

import uuid

from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from keqiao.web.files.models import StoredFile
from keqiao.web.parties.models.parties import Organisation
from keqiao.web.parties.periods import Period, in_order


class Association(models.Model):
    """What an organisation needs to run calls. Its level, region and names are those of the organisation."""

    data_kind = "shared"

    organisation = models.OneToOneField(
        Organisation, models.PROTECT, primary_key=True, related_name="association", verbose_name=_("单位")
    )
    slug = models.SlugField(_("网址标识"), max_length=40, unique=True)
    site_name = models.CharField(_("网站名称"), max_length=60)
    document_mark = models.CharField(  # 机关代字, stands before the year in a document number
        _("机关代字"), max_length=20, blank=True, default=""
    )
    number_pattern = models.CharField(
        _("文号格式"),
        max_length=60,
        default="{mark}〔{year}〕{number}号",
        help_text=_("可用 {mark} {year} {number}"),
    )
    logo = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("标志")
    )
    second_person_publishes = models.BooleanField(
        _("发布须经第二人审批"), default=False, help_text=_("通知和修订由一人提交，另一人批准后发布")
    )
    mail_sender = models.CharField(
        _("发件人名称"),
        max_length=60,
        blank=True,
        default="",
        help_text=_("邮件中显示的发件人；留空则用网站名称"),
    )
    reply_to = models.EmailField(
        _("回复地址"), blank=True, default="", help_text=_("收件人回复邮件时寄到这里")
    )
    icp_number = models.CharField(
        _("ICP备案号"), max_length=40, blank=True, default="", help_text=_("例如：豫ICP备12345678号-1")
    )
    police_number = models.CharField(
        _("公安联网备案号"),
        max_length=40,
        blank=True,
        default="",
        help_text=_("例如：豫公网安备 41010502000001号"),
    )
    complaints = models.CharField(
        _("投诉举报方式"),
        max_length=120,
        blank=True,
        default="",
        help_text=_("电话或邮箱，显示在公开页面底部"),
    )
    keeps_the_site = models.BooleanField(_("网站主办单位"), default=False)
    is_demonstration = models.BooleanField(_("演示单位"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_association_keeps_the_site",
                fields=["keeps_the_site"],
                condition=models.Q(keeps_the_site=True),
            )
        ]
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.site_name


class Office(Period):
    """A department of an association that answers for calls or parts of them (责任部室)."""

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(
        Association, models.PROTECT, related_name="offices", verbose_name=_("科协")
    )
    name = models.CharField(_("部门名称"), max_length=60)
    phones = models.JSONField(_("电话"), default=list, blank=True)
    email = models.EmailField(_("电子邮箱"), blank=True, default="")
    address = models.CharField(_("地址"), max_length=200, blank=True, default="")
    postcode = models.CharField(_("邮政编码"), max_length=6, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_office_in_force_per_name",
                fields=["association", "name"],
                condition=models.Q(valid_until__isnull=True),
            ),
            models.CheckConstraint(
                name="postcode_has_six_characters",
                condition=models.Q(postcode="") | Exact(Length("postcode"), 6),
            ),
            in_order("office_period_in_order"),
        ]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
