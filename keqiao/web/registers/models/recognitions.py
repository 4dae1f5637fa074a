"""Registers of recognitions (认定名册), their lines, and what happened to each line."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.recognition import LED_ON, RecognitionState
from keqiao.web.files.models import StoredFile
from keqiao.web.parties.models import Party, Region
from keqiao.web.parties.periods import Period, in_order
from keqiao.web.registers.models.entered import Entered, Step, one_of

STATE_WORDS = {
    RecognitionState.PROPOSED: _("拟认定"),
    RecognitionState.PUBLICISED: _("公示中"),
    RecognitionState.VALID: _("有效"),
    RecognitionState.RECTIFYING: _("限期整改"),
    RecognitionState.DECLINED: _("未予认定"),
    RecognitionState.REVOKED: _("已撤销"),
    RecognitionState.EXPIRED: _("已到期"),
    RecognitionState.RENEWED: _("已续期"),
    RecognitionState.TRANSFERRED: _("已变更持有者"),
    RecognitionState.MERGED: _("已并入"),
    RecognitionState.STRUCK: _("登记有误，已作废"),
}
STATES = [(state.value, words) for state, words in STATE_WORDS.items()]
FOLLOWED = sorted(state.value for state in LED_ON)


class SchemeKind(models.TextChoices):
    """What kind of line a register holds."""

    TITLE = "title", _("称号、基地认定")
    ASSESSMENT = "assessment", _("考核评估等次")
    TERM = "term", _("人员聘任")
    AWARD = "award", _("表彰奖励")
    LIST = "list", _("上级认定名单")


class HolderKind(models.TextChoices):
    """Who can stand in a register."""

    ORGANISATION = "organisation", _("单位")
    PERSON = "person", _("人员")
    REGION = "region", _("地区")


class RecognitionScheme(Entered):
    """A register as the association keeps it: its name is what calls refer to (市级科技小院).

    ``grades`` are its grades, best first; none: it has no grades. ``validity_years`` is how long a new line holds
    as a rule; None: until it ends otherwise. ``number_pattern`` takes {year} and {number}. A ``public`` one answers
    the public look-up.
    """

    data_kind = "owned"

    name = models.CharField(_("名册名称"), max_length=80)
    kind = models.CharField(_("名册类别"), max_length=10, choices=SchemeKind.choices)
    holder_kind = models.CharField(_("登记对象"), max_length=12, choices=HolderKind.choices)
    issuer = models.CharField(_("认定机关"), max_length=80, blank=True, default="")
    basis = models.CharField(_("管理办法或依据"), max_length=200, blank=True, default="")
    grades = models.JSONField(_("等次"), default=list, blank=True)
    validity_years = models.PositiveSmallIntegerField(_("有效期（年）"), null=True, blank=True)
    number_pattern = models.CharField(_("编号格式"), max_length=40, blank=True, default="")
    public = models.BooleanField(_("可公开查询"), default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_register_per_name", fields=["association", "name"]),
            models.CheckConstraint(name="register_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="register_validity_is_a_year_or_more",
                condition=Q(validity_years=None) | Q(validity_years__gte=1),
            ),
        ]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Recognition(Period, Entered):
    """One line of a register: who holds it, under which number, with which grade, from when until when.

    The holder is a party or a region. A line that was renewed, transferred or merged points by ``followed_by`` at
    the one that came after it. ``state`` is what the last step says; that ``valid_until`` has passed is told by the
    date alone.
    """

    data_kind = "owned"

    scheme = models.ForeignKey(
        RecognitionScheme, models.PROTECT, related_name="recognitions", verbose_name=_("名册")
    )
    party = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("持有者")
    )
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("地区")
    )
    item = models.CharField(_("项目或内容"), max_length=120, blank=True, default="")
    number = models.CharField(_("编号"), max_length=60, blank=True, default="")
    grade = models.CharField(_("等次"), max_length=20, blank=True, default="")
    batch = models.CharField(_("批次"), max_length=40, blank=True, default="")
    issuer = models.CharField(_("认定机关"), max_length=80, blank=True, default="")
    basis = models.CharField(_("认定文件及文号"), max_length=200, blank=True, default="")
    source = models.CharField(_("来源"), max_length=120)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("文件")
    )
    state = models.CharField(_("状态"), max_length=12, choices=STATES)
    followed_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="follows", verbose_name=_("后续登记")
    )

    class Meta:
        constraints = [
            one_of("recognition_has_one_holder", "party", "region"),
            in_order("recognition_period_in_order"),
            models.UniqueConstraint(
                name="one_current_recognition_per_number",
                fields=["scheme", "number"],
                condition=~Q(number="") & ~Q(state__in=FOLLOWED),
            ),
            models.CheckConstraint(
                name="recognition_state_is_known", condition=Q(state__in=[value for value, _words in STATES])
            ),
            models.CheckConstraint(
                name="recognition_is_followed_exactly_when_led_on",
                condition=Q(state__in=FOLLOWED, followed_by__isnull=False)
                | (~Q(state__in=FOLLOWED) & Q(followed_by__isnull=True)),
            ),
            models.CheckConstraint(
                name="recognition_does_not_follow_itself",
                condition=Q(followed_by=None) | ~Q(followed_by=F("id")),
            ),
            models.CheckConstraint(name="recognition_says_its_source", condition=~Q(source="")),
        ]
        indexes = [
            models.Index(name="recognitions_of_a_party", fields=["party", "association"]),
            models.Index(name="recognitions_of_a_region", fields=["region", "association"]),
            models.Index(name="recognitions_by_number", fields=["number"]),
            models.Index(name="recognitions_by_end", fields=["association", "valid_until"]),
        ]
        ordering = ["-valid_from"]

    def __str__(self) -> str:
        return self.number or str(self.pk)

    @property
    def holder(self) -> str:
        """The name of who holds it; ask for ``party`` and ``region`` with the row."""
        return str(self.party or self.region)


class RecognitionStep(Step):
    """One step in the life of a recognition."""

    data_kind = "owned"

    recognition = models.ForeignKey(Recognition, models.PROTECT, related_name="steps", verbose_name=_("认定"))

    class Meta(Step.Meta):
        constraints = [
            models.UniqueConstraint(name="one_recognition_step_per_number", fields=["recognition", "number"])
        ]
