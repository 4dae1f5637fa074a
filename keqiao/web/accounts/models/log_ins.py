"""Log-ins, tries that failed included: what an account holder and the audit administrator look at."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from keqiao.web.accounts.models.users import User
from keqiao.web.audit.log import ERASED


class Outcome(models.TextChoices):
    """How it went."""

    IN = "in", _("登录成功")
    FAILED = "failed", _("登录失败")
    OUT = "out", _("退出")
    ENDED = "ended", _("会话被结束")


class LogIn(models.Model):
    """One log-in, log-out or failed try. What was typed in is not kept: it may be a password by mistake."""

    data_kind = "system"

    user = models.ForeignKey(
        User, models.CASCADE, null=True, blank=True, related_name="log_ins", verbose_name=_("账号")
    )
    outcome = models.CharField(_("结果"), max_length=6, choices=Outcome.choices)
    at = models.DateTimeField(_("时间"))
    address = models.GenericIPAddressField(_("网络地址"), null=True, blank=True)
    agent = models.CharField(_("浏览器"), max_length=200, blank=True, default="")
    session_key = models.CharField(_("会话"), max_length=40, blank=True, default="", db_index=True)

    class Meta:
        indexes = [
            models.Index(name="log_ins_of_an_account", fields=["user", "-at"]),
            models.Index(name="log_ins_by_time", fields=["at"]),
        ]
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.at:%Y-%m-%d %H:%M}"

    @property
    def whence(self) -> str:
        """Return the address it came from, or that it was erased with the name of the browser; empty: not known."""
        return self.address or (ERASED if self.agent == ERASED else "")
