"""Accounts on outside platforms (科创中国, 科普中国 …), and the counts read there."""

from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from keqiao.readers.platforms import outside_platforms
from keqiao.web.files.models import StoredFile
from keqiao.web.parties.models import Party
from keqiao.web.registers.models.entered import IN_USE, TakenBack, taking_back_is_whole


class CountKind(models.TextChoices):
    """What is counted on a platform."""

    MEMBERS = "members", _("注册成员（人）")
    UPLOADS = "uploads", _("上传信息（条）")
    POSTS = "posts", _("发布资讯（条）")
    VIEWS = "views", _("浏览传播（次）")
    ACTIVITIES = "activities", _("发布活动（场）")


def platform_choices() -> list[tuple[str, str]]:
    """Return the platforms that calls ask for: code and name in the language of the page."""
    language = get_language() or "zh-hans"
    return [(code, each.label(language)) for code, each in outside_platforms().items()]


class PlatformAccount(TakenBack):
    """An account of a party on an outside platform; ``platform`` is a key of ``data/vocabulary/platforms.yaml``."""

    data_kind = "owned"

    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("主体"))
    platform = models.CharField(_("平台"), max_length=40)
    number = models.CharField(_("账号或编号"), max_length=80, blank=True, default="")
    since = models.DateField(_("入驻日期"), null=True, blank=True)
    until = models.DateField(_("注销日期"), null=True, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("证明材料")
    )
    source = models.CharField(_("来源"), max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_platform_account",
                fields=["association", "party", "platform", "number"],
                condition=Q(until=None) & IN_USE,
            ),
            taking_back_is_whole("platform_account_taking_back_is_whole"),
        ]
        indexes = [models.Index(name="platforms_of_a_party", fields=["party", "association"])]
        ordering = ["platform", "number"]

    def __str__(self) -> str:
        return f"{self.platform_name} {self.number}".strip()

    @property
    def platform_name(self) -> str:
        """The name of the platform in the language of the page."""
        named = outside_platforms().get(self.platform)
        return named.label(get_language() or "zh-hans") if named else self.platform


class PlatformCount(TakenBack):
    """A number read on a platform on a day; the latest one by ``on`` holds. Only ever added."""

    data_kind = "owned"

    account = models.ForeignKey(
        PlatformAccount, models.PROTECT, related_name="counts", verbose_name=_("平台账号")
    )
    kind = models.CharField(_("指标"), max_length=12, choices=CountKind.choices)
    value = models.PositiveBigIntegerField(_("数值"))
    on = models.DateField(_("统计日期"))
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("证明材料")
    )
    source = models.CharField(_("来源"), max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(name="platform_count_is_known", condition=Q(kind__in=CountKind.values)),
            taking_back_is_whole("platform_count_taking_back_is_whole"),
        ]
        indexes = [models.Index(name="counts_of_an_account", fields=["account", "kind", "on"])]
        ordering = ["-on"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.value}"

    @property
    def party_id(self) -> UUID:
        """Whose account it is."""
        return self.account.party_id
