"""Objections (异议) to an item of a public notice, and the proof that came with them."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.objection import ObjectionState as S
from keqiao.web.accounts.models import User
from keqiao.web.files.models import StoredFile
from keqiao.web.parties.models import Association
from keqiao.web.privacy.fields import EncryptedText
from keqiao.web.privacy.masks import mask_phone
from keqiao.web.public_notice.models.notices import LONGEST_REASON, Notice, NoticeItem

STATES = sorted(state.value for state in S)
LONGEST_GROUNDS = 2000
DECIDED = [S.UPHELD.value, S.REJECTED.value]


class Who(models.TextChoices):
    """As whom somebody objects."""

    PERSON = "person", _("个人")
    UNIT = "unit", _("单位（加盖公章）")


class Objection(models.Model):
    """What somebody has against one item. Who it was is known to the office alone, and locked.

    ``key`` is the digest of the secret in the objector's private link. ``words`` are what the office last said to the
    objector; ``finding`` what was found when it was looked into, with ``is_founded``; ``answer`` the grounds of the
    decision in the letter. ``cause`` says why it was not taken up.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="objections", verbose_name=_("公示"))
    item = models.ForeignKey(
        NoticeItem, models.PROTECT, related_name="objections", verbose_name=_("公示项目")
    )
    number = models.CharField(_("受理号"), max_length=20)
    key = models.CharField(_("查询凭证"), max_length=64, unique=True)
    who = models.CharField(_("提出人类别"), max_length=6, choices=Who.choices)
    name = EncryptedText(_("提出人"))
    contact = EncryptedText(_("联系电话"), mask=mask_phone)
    mail = EncryptedText(_("电子邮箱"))
    grounds = models.TextField(_("事实和理由"), max_length=LONGEST_GROUNDS)
    language = models.CharField(_("语言"), max_length=10, default="zh-hans")
    state = models.CharField(_("状态"), max_length=12, default=S.RAISED.value)
    received_at = models.DateTimeField(_("收到时间"))
    cause = models.CharField(_("不予受理的原因"), max_length=12, blank=True, default="")
    words = models.CharField(_("答复提出人"), max_length=LONGEST_REASON, blank=True, default="")
    investigator = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("调查人")
    )
    finding = models.TextField(_("调查结论"), max_length=LONGEST_GROUNDS, blank=True, default="")
    is_founded = models.BooleanField(_("调查认为异议成立"), null=True, blank=True)
    answer = models.CharField(_("处理依据"), max_length=LONGEST_REASON, blank=True, default="")
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("决定人")
    )
    decided_at = models.DateTimeField(_("决定时间"), null=True, blank=True)
    forgotten_at = models.DateTimeField(_("提出人信息删除时间"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="objection_state_is_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(
                name="objection_decided_says_who_when_and_why",
                condition=Q(state__in=DECIDED, decided_by__isnull=False, decided_at__isnull=False)
                | (~Q(state__in=DECIDED) & Q(decided_by__isnull=True, decided_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="objection_turned_away_says_why",
                condition=Q(state=S.TURNED_AWAY.value) ^ Q(cause=""),
            ),
            models.UniqueConstraint(name="one_objection_per_number", fields=["association", "number"]),
        ]
        indexes = [models.Index(name="objections_of_a_notice", fields=["notice", "state"])]
        ordering = ["received_at", "id"]

    def __str__(self) -> str:
        return self.number


class Proof(models.Model):
    """A file that came with an objection, or was supplied later."""

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    objection = models.ForeignKey(Objection, models.PROTECT, related_name="proofs", verbose_name=_("异议"))
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+", verbose_name=_("证明材料"))
    sent_at = models.DateTimeField(_("上传时间"))

    class Meta:
        ordering = ["sent_at", "id"]

    def __str__(self) -> str:
        return str(self.file)
