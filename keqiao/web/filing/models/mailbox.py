"""Mailboxes that an association reads filings from, and the mails that filed something (邮件报送)."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.filed_mail import MailState
from keqiao.web.accounts.models import User
from keqiao.web.applications.models import Application
from keqiao.web.files.models import StoredFile
from keqiao.web.parties.models import Association
from keqiao.web.privacy.fields import EncryptedText

MAIL_STATE_WORDS = {
    MailState.TAKEN: _("已收取"),
    MailState.HELD: _("待核对"),
    MailState.REFUSED: _("未受理"),
    MailState.REPEATED: _("重复"),
}
MAIL_STATES = sorted(state.value for state in MailState)


class Security(models.TextChoices):
    """How the connection to a mail server is kept from others."""

    TLS = "tls", _("加密（SSL/TLS，一般用 993 端口）")
    STARTTLS = "starttls", _("先连接后加密（STARTTLS，一般用 143 端口）")
    PLAIN = "plain", _("不加密（只用于本机）")


class Mailbox(models.Model):
    """A mailbox of an association, read over IMAP from ``read_from`` on; never deleted, ``closed_at`` ends it.

    Of ``folder`` every mail up to ``last_uid`` of the numbering ``uid_validity`` (RFC 3501, 2.3.1.1) was looked at.
    What filed something is moved to ``done_folder``; everything else stays. ``due_at``: when it is read next.
    ``fault`` is the code of what was wrong the last time; empty: it was read.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    name = models.CharField(_("名称"), max_length=60)
    address = models.EmailField(_("邮箱地址"))
    host = models.CharField(_("收信服务器"), max_length=253)
    port = models.PositiveIntegerField(_("端口"), default=993)
    security = models.CharField(
        _("连接方式"), max_length=8, choices=Security.choices, default=Security.TLS.value
    )
    user_name = models.CharField(_("登录名"), max_length=254)
    password = EncryptedText(_("密码或授权码"))
    folder = models.CharField(_("收件文件夹"), max_length=120, default="INBOX")
    done_folder = models.CharField(_("收妥后移入"), max_length=120)
    read_from = models.DateTimeField(_("自何时起的邮件"))
    uid_validity = models.PositiveBigIntegerField(_("编号批次"), null=True, blank=True)
    last_uid = models.PositiveBigIntegerField(_("已读到的编号"), default=0)
    due_at = models.DateTimeField(_("下次收取"))
    read_at = models.DateTimeField(_("最近收取"), null=True, blank=True)
    fault = models.CharField(_("最近的问题"), max_length=40, blank=True, default="")
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("设置人"))
    set_at = models.DateTimeField(_("设置时间"))
    closed_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_folder_is_read_by_one_mailbox",
                fields=["host", "user_name", "folder"],
                condition=Q(closed_at__isnull=True),
            ),
            models.CheckConstraint(
                name="mailbox_port_is_a_port", condition=Q(port__gte=1) & Q(port__lte=65535)
            ),
            models.CheckConstraint(
                name="mailbox_moves_to_another_folder", condition=~Q(folder=models.F("done_folder"))
            ),
        ]
        indexes = [
            models.Index(name="mailboxes_to_read", fields=["due_at"], condition=Q(closed_at__isnull=True))
        ]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Mail(models.Model):
    """One mail that filed something, or tried to. What is no filing leaves no row.

    ``identity`` knows a mail again when its number changed: the digest of Message-ID and sender, or else of all
    bytes. ``arrived_at`` is when the mail server took it (INTERNALDATE): what counts against deadlines. ``why`` is the
    code of what became of it; ``read`` says of each field how it was read (``{"label", "state", "why"}``), never what
    stood there. ``account`` is whom the address belongs to. ``moved_at``: it lies in the done folder.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    mailbox = models.ForeignKey(Mailbox, models.PROTECT, related_name="mails", verbose_name=_("报送邮箱"))
    identity = models.CharField(_("标识"), max_length=64)
    uid_validity = models.PositiveBigIntegerField(_("编号批次"))
    uid = models.PositiveBigIntegerField(_("编号"))
    message_id = models.CharField(_("邮件标识"), max_length=250, blank=True, default="")
    sender = models.CharField(_("发件地址"), max_length=254)
    sender_name = models.CharField(_("发件人"), max_length=100, blank=True, default="")
    subject = models.CharField(_("主题"), max_length=250, blank=True, default="")
    text = models.TextField(_("正文"), blank=True, default="")
    size = models.PositiveBigIntegerField(_("大小（字节）"))
    digest = models.CharField(_("摘要"), max_length=64)
    arrived_at = models.DateTimeField(_("到达时间"))
    taken_at = models.DateTimeField(_("收取时间"))
    state = models.CharField(
        _("状态"), max_length=10, choices=[(state.value, words) for state, words in MAIL_STATE_WORDS.items()]
    )
    why = models.CharField(_("结果"), max_length=40)
    read = models.JSONField(_("读出情况"), default=list, blank=True)
    application = models.ForeignKey(
        Application, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("申报书")
    )
    account = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("发件账号")
    )
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("经办人")
    )
    settled_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    moved_at = models.DateTimeField(_("移出时间"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="mail_state_is_known", condition=Q(state__in=MAIL_STATES)),
            models.UniqueConstraint(name="one_row_per_mail", fields=["mailbox", "identity"]),
            models.CheckConstraint(
                name="mail_that_was_taken_belongs_to_an_application",
                condition=~Q(state=MailState.TAKEN.value) | Q(application__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="mails_of_an_association", fields=["association", "state", "-arrived_at"]),
            models.Index(name="mails_to_move", fields=["mailbox"], condition=Q(moved_at__isnull=True)),
        ]
        ordering = ["-arrived_at"]

    def __str__(self) -> str:
        return self.subject or self.sender


class Enclosure(models.Model):
    """A file that came with a mail: kept, or refused with the code of why (``refusal``)."""

    data_kind = "owned"

    class Part(models.TextChoices):
        """What the file was taken as."""

        FORM = "form", _("填好的表格")
        PAPER = "paper", _("盖章文件")
        OTHER = "other", _("其他")

    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    mail = models.ForeignKey(Mail, models.CASCADE, related_name="enclosures", verbose_name=_("邮件"))
    position = models.PositiveSmallIntegerField(_("次序"))
    name = models.CharField(_("文件名"), max_length=200)
    size = models.PositiveBigIntegerField(_("大小（字节）"))
    digest = models.CharField(_("摘要"), max_length=64)
    part = models.CharField(_("用途"), max_length=5, choices=Part.choices, default=Part.OTHER.value)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("文件")
    )
    refusal = models.CharField(_("未收原因"), max_length=40, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_enclosure_per_place", fields=["mail", "position"]),
            models.CheckConstraint(
                name="enclosure_is_kept_or_refused",
                condition=Q(file__isnull=True) ^ Q(refusal=""),
            ),
        ]
        indexes = [models.Index(name="enclosures_by_digest", fields=["association", "digest"])]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.name
