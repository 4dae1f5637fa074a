"""What is published: revisions that never change."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.web.accounts.models import User
from keqiao.web.programmes.models.calls import Call


class Revision(models.Model):
    """A definition as published: never changed, never removed; triggers refuse both.

    ``digest`` is the SHA-256 (hexadecimal) of the definition as canonical JSON.
    """

    data_kind = "published"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    call = models.ForeignKey(Call, models.PROTECT, related_name="revisions", verbose_name=_("通知"))
    number = models.PositiveIntegerField(_("版本号"))
    definition = models.JSONField(_("内容"))
    words = models.JSONField(_("原文依据"), default=dict, blank=True)
    digest = models.CharField(_("摘要"), max_length=64)
    note = models.CharField(_("说明"), max_length=400, blank=True, default="")
    published_at = models.DateTimeField(_("发布时间"))
    published_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("发布人"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_revision_per_number", fields=["call", "number"]),
            models.CheckConstraint(name="revision_number_starts_at_one", condition=Q(number__gte=1)),
            models.CheckConstraint(name="revision_has_digest", condition=~Q(digest="")),
        ]
        ordering = ["-number"]

    def __str__(self) -> str:
        return f"{self.call} {self.number}"
