"""Tokens of the programming interface."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from keqiao.web.accounts.models import User
from keqiao.web.parties.models import Organisation


class Token(models.Model):
    """What a program shows instead of logging in. Only its SHA-256 is kept: who reads the table opens nothing.

    It acts for ``account``, and where ``unit`` is set for that unit alone; ``scopes`` are codes of ``scopes.Scope``.
    It opens from ``made_at`` until ``expires_at``, unless it was revoked.
    """

    data_kind = "system"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey(User, models.CASCADE, related_name="api_tokens", verbose_name=_("账号"))
    unit = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("限于单位")
    )
    name = models.CharField(_("用途"), max_length=60)
    scopes = models.JSONField(_("可做的事"), default=list)
    digest = models.CharField(_("摘要"), max_length=64, unique=True)
    made_at = models.DateTimeField(_("创建时间"))
    expires_at = models.DateTimeField(_("失效时间"))
    revoked_at = models.DateTimeField(_("停用时间"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="token_expires_after_it_was_made", condition=Q(expires_at__gt=F("made_at"))
            ),
            models.CheckConstraint(name="token_has_digest", condition=~Q(digest="")),
        ]
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return self.name


class TokenUse(models.Model):
    """When a token was last used, to the hour; apart from the token itself, which only people change."""

    data_kind = "system"

    token = models.OneToOneField(Token, models.CASCADE, primary_key=True, related_name="use")
    used_at = models.DateTimeField(_("最近使用"))

    def __str__(self) -> str:
        return str(self.token_id)
