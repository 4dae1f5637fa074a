"""What is published: revisions that never change, and what lists repeat of the one in force."""

import uuid

from django.db import models
from django.db.models import F, Q
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


class Offer(models.Model):
    """What the revision in force of a call offers in one category: a row for search, filters and statistics.

    Repeats the revision and is made again with each; ``verify`` compares. Words stand as the call words them;
    ``applicants`` and ``themes`` hold codes of the vocabulary between bars (``|society|county|``). Amounts in
    fen per project, ``total_fen`` where all places together can be told. None: not stated.
    """

    data_kind = "published"

    call = models.ForeignKey(Call, models.PROTECT, related_name="offers", verbose_name=_("通知"))
    position = models.PositiveIntegerField(_("次序"))
    node = models.CharField(_("类别标识"), max_length=80)
    name = models.CharField(_("类别"), max_length=300)
    group = models.CharField(_("上级类别"), max_length=600, blank=True, default="")
    applicants = models.CharField(_("申报单位种类"), max_length=200, blank=True, default="")
    themes = models.CharField(_("主题"), max_length=200, blank=True, default="")
    outcome = models.CharField(_("入选后获得"), max_length=20, blank=True, default="")
    least_fen = models.PositiveBigIntegerField(_("每项最低（分）"), null=True, blank=True)
    most_fen = models.PositiveBigIntegerField(_("每项最高（分）"), null=True, blank=True)
    total_fen = models.PositiveBigIntegerField(_("合计（分）"), null=True, blank=True)
    places = models.PositiveIntegerField(_("名额"), null=True, blank=True)
    deadline_at = models.DateTimeField(_("申报截止"), null=True, blank=True)
    invented = models.BooleanField(_("含演示数据"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_offer_per_category", fields=["call", "node"]),
            models.CheckConstraint(
                name="offer_amounts_in_order",
                condition=Q(least_fen__isnull=True) | Q(most_fen__gte=F("least_fen")),
            ),
        ]
        indexes = [models.Index(name="offers_by_amount", fields=["most_fen"])]
        ordering = ["call", "position"]

    def __str__(self) -> str:
        return self.name


class PublicEdition(models.Model):
    """One row that counts the changes of what the public sees; whoever keeps a finished page compares it."""

    data_kind = "system"

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(_("变动次数"), default=0)

    class Meta:
        constraints = [models.CheckConstraint(name="one_public_edition", condition=Q(id=1))]

    def __str__(self) -> str:
        return str(self.number)
