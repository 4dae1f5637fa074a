"""Registrations: what a unit says of itself before anybody has looked at it."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.registration import RegistrationState
from keqiao.web.accounts.models.users import User
from keqiao.web.files.models import StoredFile
from keqiao.web.parties.models import Association, Organisation, Region, RegionLevel
from keqiao.web.privacy.models import ConsentText

STATE_WORDS = {
    RegistrationState.SUBMITTED: _("待核验"),
    RegistrationState.RETURNED: _("待补正"),
    RegistrationState.VERIFIED: _("已通过"),
    RegistrationState.REFUSED: _("未通过"),
    RegistrationState.WITHDRAWN: _("已撤回"),
}
STATES = [state.value for state in RegistrationState]
DECIDED = [RegistrationState.VERIFIED.value, RegistrationState.REFUSED.value]


class Registration(models.Model):
    """One unit that asks to be taken in by an association, and the person who speaks for it.

    Nothing here is believed until it is verified: the organisation of the register is made or attached then.
    ``contact_key`` is the channel and address that were proved by a code; ``returned_fields`` are the names of the
    fields that were to be changed.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("受理号"), max_length=20, unique=True)
    association = models.ForeignKey(
        Association, models.PROTECT, related_name="registrations", verbose_name=_("受理科协")
    )
    endorsing_unit = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("推荐单位")
    )
    unit_name = models.CharField(_("单位全称"), max_length=120)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True, default="")
    kind = models.CharField(_("单位类别"), max_length=40)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("所在区域")
    )
    level = models.CharField(_("级别"), max_length=10, choices=RegionLevel.choices, blank=True, default="")
    host_name = models.CharField(_("依托单位名称"), max_length=120, blank=True, default="")
    host_code = models.CharField(_("依托单位信用代码"), max_length=18, blank=True, default="")
    contact_name = models.CharField(_("联系人"), max_length=60)
    post = models.CharField(_("职务"), max_length=60, blank=True, default="")
    email = models.EmailField(_("电子邮箱"), blank=True, default="")
    phone = models.CharField(_("手机号码"), max_length=20, blank=True, default="")
    contact_key = models.CharField(_("已验证的联系方式"), max_length=260)
    certificate = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("登记证书")
    )
    consent_text = models.ForeignKey(
        ConsentText, models.PROTECT, related_name="+", verbose_name=_("同意的文本")
    )
    state = models.CharField(
        _("状态"),
        max_length=9,
        choices=[(state.value, words) for state, words in STATE_WORDS.items()],
        default=RegistrationState.SUBMITTED.value,
    )
    language = models.CharField(_("语言"), max_length=10, default="zh-hans")
    submitted_at = models.DateTimeField(_("提交时间"))
    returned_fields = models.JSONField(_("需补正的栏目"), default=list, blank=True)
    note = models.CharField(_("核验意见"), max_length=400, blank=True, default="")
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("核验人")
    )
    decided_at = models.DateTimeField(_("核验时间"), null=True, blank=True)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name=_("登记册中的单位"),
    )
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="registrations", verbose_name=_("账号")
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="registration_state_is_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(
                name="registration_decision_is_whole",
                condition=Q(state__in=DECIDED, decided_by__isnull=False, decided_at__isnull=False)
                | ~Q(state__in=DECIDED),
            ),
            models.CheckConstraint(
                name="registration_verified_has_unit_and_account",
                condition=~Q(state=RegistrationState.VERIFIED.value)
                | Q(organisation__isnull=False, user__isnull=False),
            ),
            models.CheckConstraint(
                name="registration_names_a_way_to_its_contact", condition=~Q(email="") | ~Q(phone="")
            ),
        ]
        indexes = [
            models.Index(name="registrations_to_verify", fields=["association", "state", "submitted_at"]),
            models.Index(name="registrations_of_a_contact", fields=["contact_key"]),
        ]
        ordering = ["submitted_at"]

    def __str__(self) -> str:
        return self.unit_name
