"""Tables of the room. Changed only by ``actions``, ``keys`` and ``turning``."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from keqiao.web.files.models import StoredFile


class CipherKey(models.Model):
    """A key of personal values as the database knows it: its id and its fingerprint, never the key.

    So a start with the key file of another installation is noticed before anything is written.
    """

    data_kind = "system"

    id = models.CharField(_("密钥编号"), max_length=20, primary_key=True)
    fingerprint = models.CharField(_("密钥指纹"), max_length=16)
    made_at = models.DateTimeField(_("启用时间"))
    retired_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="key_retires_after_it_was_made",
                condition=Q(retired_at__isnull=True) | Q(retired_at__gte=F("made_at")),
            )
        ]
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return self.id


class ConsentKind(models.TextChoices):
    """What somebody agrees to. Each is asked on its own; only the first is needed to have an account."""

    REGISTRATION = "registration", _("注册与个人信息处理")
    PUBLICITY = "publicity", _("公开宣传")
    SENSITIVE = "sensitive", _("敏感个人信息")


class ConsentText(models.Model):
    """One version of what people are asked to agree to. Never changed: a new wording is a new version."""

    data_kind = "published"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("类别"), max_length=12, choices=ConsentKind.choices)
    version = models.PositiveIntegerField(_("版本"))
    text_zh = models.TextField(_("中文文本"), max_length=4000)
    text_en = models.TextField(_("英文文本"), max_length=8000, blank=True, default="")
    digest = models.CharField(_("文本摘要"), max_length=64, editable=False)
    published_at = models.DateTimeField(_("发布时间"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_consent_text_per_version", fields=["kind", "version"]),
            models.CheckConstraint(name="consent_versions_start_at_one", condition=Q(version__gte=1)),
        ]
        ordering = ["kind", "-version"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} v{self.version}"


class Consent(models.Model):
    """That an account agreed to a text, when, and when it took that back. Rows are never deleted."""

    data_kind = "shared"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="consents", verbose_name=_("文本"))
    subject_id = models.UUIDField(_("账号"))  # a value: accounts live in a room above
    given_at = models.DateTimeField(_("同意时间"))
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_consent_per_text",
                fields=["text", "subject_id"],
                condition=Q(withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="consent_is_withdrawn_after_it_was_given",
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
            ),
        ]
        indexes = [models.Index(name="consents_of_a_person", fields=["subject_id", "given_at"])]

    def __str__(self) -> str:
        return f"{self.text} {self.given_at:%Y-%m-%d}"


class RequestKind(models.TextChoices):
    """What somebody asks about the own data."""

    COPY = "copy", _("取得副本")
    CORRECT = "correct", _("更正")
    ERASE = "erase", _("删除")
    EXPLAIN = "explain", _("说明处理规则")


class RequestState(models.TextChoices):
    """How far a request has come."""

    OPEN = "open", _("办理中")
    DONE = "done", _("已办结")
    REFUSED = "refused", _("不予办理")


class SubjectRequest(models.Model):
    """What a person asks about the own data, by when it must be answered, and the answer."""

    data_kind = "shared"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject_id = models.UUIDField(_("账号"))
    kind = models.CharField(_("请求"), max_length=8, choices=RequestKind.choices)
    words = models.TextField(_("具体要求"), max_length=1000, blank=True, default="")
    received_at = models.DateTimeField(_("提出时间"))
    due_on = models.DateField(_("最迟答复日"))
    state = models.CharField(
        _("状态"), max_length=8, choices=RequestState.choices, default=RequestState.OPEN.value
    )
    answer = models.TextField(_("答复"), max_length=1000, blank=True, default="")
    settled_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    settled_by_id = models.UUIDField(_("办理人"), null=True, blank=True)  # none: made by the program at once
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("副本文件")
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="settled_request_has_a_time",
                condition=Q(state=RequestState.OPEN.value, settled_at__isnull=True)
                | (~Q(state=RequestState.OPEN.value) & Q(settled_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="refused_request_has_an_answer",
                condition=~Q(state=RequestState.REFUSED.value) | ~Q(answer=""),
            ),
        ]
        indexes = [
            models.Index(name="requests_of_a_person", fields=["subject_id", "received_at"]),
            models.Index(name="requests_by_last_day", fields=["state", "due_on"]),
        ]
        ordering = ["due_on"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.received_at:%Y-%m-%d}"
