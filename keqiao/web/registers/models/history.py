"""What a party has done and has in hand: past projects, projects in hand, society affairs, adverse incidents."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.web.parties.models import Organisation, Party, Person, Region
from keqiao.web.registers.models.entered import IN_USE, TakenBack, one_of, taking_back_is_whole

FIRST_YEAR, LAST_YEAR = 1950, 2200


class OutcomeKind(models.TextChoices):
    """How something went. Nothing: not known here."""

    GOOD = "good", _("完成较好（合格）")
    POOR = "poor", _("完成不好（不合格）")
    UNFINISHED = "unfinished", _("未完成")


class PastKind(models.TextChoices):
    """What was done: a funded project, or a proposed topic that entered the catalogue of its year."""

    PROJECT = "project", _("项目")
    TOPIC = "topic", _("选题")


def plausible_year(name: str) -> models.CheckConstraint:
    """Return the constraint that a year is one."""
    return models.CheckConstraint(name=name, condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR))


def outcome_is_known(name: str) -> models.CheckConstraint:
    """Return the constraint that an outcome is one of the words, or not known."""
    return models.CheckConstraint(name=name, condition=Q(outcome__in=["", *OutcomeKind.values]))


class TrackRecord(TakenBack):
    """A project (or a topic) of a past year, with how it went.

    ``family`` is what calls look back on, in the office's words (省科协专项资金资助项目, 2022年度基地提能项目);
    ``call`` and ``path`` are ids where the project came out of a call of ours. The amount is in fen.
    """

    data_kind = "owned"

    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("承担单位"))
    kind = models.CharField(_("类别"), max_length=8, choices=PastKind.choices, default=PastKind.PROJECT)
    title = models.CharField(_("项目名称"), max_length=200)
    family = models.CharField(_("项目类别"), max_length=120)
    call = models.CharField(_("通知编号"), max_length=80, blank=True, default="")
    path = models.JSONField(_("类别路径"), default=list, blank=True)
    year = models.PositiveSmallIntegerField(_("年度"))
    amount_fen = models.PositiveBigIntegerField(_("经费（分）"), null=True, blank=True)
    leader = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("项目负责人")
    )
    outcome = models.CharField(
        _("完成情况"), max_length=10, choices=OutcomeKind.choices, blank=True, default=""
    )
    concluded_on = models.DateField(_("结论日期"), null=True, blank=True)
    conclusion = models.CharField(_("结论"), max_length=200, blank=True, default="")
    source = models.CharField(_("来源"), max_length=120)

    class Meta:
        constraints = [
            plausible_year("past_project_year_is_plausible"),
            outcome_is_known("past_project_outcome_is_known"),
            models.UniqueConstraint(
                name="one_past_project_per_title_and_year",
                fields=["association", "party", "kind", "family", "year", "title"],
                condition=IN_USE,
            ),
            models.CheckConstraint(name="past_project_names_itself", condition=~Q(title="") & ~Q(family="")),
        ]
        indexes = [models.Index(name="past_projects_of_a_party", fields=["party", "association", "year"])]
        ordering = ["-year", "title"]

    def __str__(self) -> str:
        return self.title


class HoldingStage(models.TextChoices):
    """How far a project has come (``core.rules.facts.Stage``)."""

    APPLIED = "applied", _("已申报")
    UNDERTAKEN = "undertaken", _("承担")


def path_parts(written: str) -> tuple[str, ...]:
    """Return the ids of categories from the top down, of a path written with strokes between them."""
    return tuple(part for part in map(str.strip, written.split("/")) if part)


class Holding(TakenBack):
    """An application or project that a unit has in hand in a year; what limits per unit and year count.

    ``project`` is the id of the application or project, or a number of its own where it is entered by hand;
    ``path`` leads from the top category down. From ``ended_on`` on it no longer counts: it was withdrawn, not chosen
    or given back. A project that was concluded still counts for its year.
    """

    data_kind = "owned"

    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("单位"))
    project = models.CharField(_("项目编号"), max_length=64)
    title = models.CharField(_("项目名称"), max_length=200)
    call = models.CharField(_("通知编号"), max_length=80, blank=True, default="")
    path = models.JSONField(_("类别路径"), default=list, blank=True)
    year = models.PositiveSmallIntegerField(_("年度"))
    stage = models.CharField(_("阶段"), max_length=10, choices=HoldingStage.choices)
    lead = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("牵头单位")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("项目负责人")
    )
    mark = models.CharField(_("标记"), max_length=40, blank=True, default="")
    since = models.DateField(_("起始日期"))
    ended_on = models.DateField(_("退出日期"), null=True, blank=True)
    source = models.CharField(_("来源"), max_length=120)

    class Meta:
        constraints = [
            plausible_year("holding_year_is_plausible"),
            models.UniqueConstraint(
                name="one_holding_per_project_and_stage",
                fields=["association", "party", "project", "stage"],
                condition=IN_USE,
            ),
            taking_back_is_whole("holding_taking_back_is_whole"),
            models.CheckConstraint(name="holding_stage_is_known", condition=Q(stage__in=HoldingStage.values)),
        ]
        indexes = [
            models.Index(name="holdings_of_a_party", fields=["party", "association", "year"]),
            models.Index(name="holdings_of_a_person", fields=["person", "association", "year"]),
        ]
        ordering = ["-year", "title"]

    def __str__(self) -> str:
        return self.title


class AffairKind(models.TextChoices):
    """Affairs of a society that calls ask about."""

    ELECTION = "election", _("换届")
    INSPECTION = "inspection", _("年度检查")
    PARTY_BRANCH = "party_branch", _("党组织建设")


class SocietyAffair(TakenBack):
    """One re-election, yearly inspection or step in building the party branch; ``next_due`` is when the next is due.

    ``year`` is the year it is about: an inspection of 2025 is held in 2026.
    """

    data_kind = "owned"

    party = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("学会"))
    kind = models.CharField(_("事项"), max_length=12, choices=AffairKind.choices)
    year = models.PositiveSmallIntegerField(_("所属年度"))
    on = models.DateField(_("日期"))
    outcome = models.CharField(_("结果"), max_length=10, choices=OutcomeKind.choices, blank=True, default="")
    words = models.CharField(_("结果说明"), max_length=200, blank=True, default="")
    next_due = models.DateField(_("下次应办日期"), null=True, blank=True)
    source = models.CharField(_("来源"), max_length=120)

    class Meta:
        constraints = [
            plausible_year("society_affair_year_is_plausible"),
            outcome_is_known("society_affair_outcome_is_known"),
            models.UniqueConstraint(
                name="one_society_affair_per_day",
                fields=["association", "party", "kind", "year", "on"],
                condition=IN_USE,
            ),
            taking_back_is_whole("society_affair_taking_back_is_whole"),
        ]
        indexes = [models.Index(name="affairs_of_a_society", fields=["party", "association", "kind"])]
        ordering = ["-on"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.year}"


class Incident(TakenBack):
    """Something adverse that happened in a region or to a unit: ``what`` in the words of calls (伪科学活动)."""

    data_kind = "owned"

    party = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("单位")
    )
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("地区")
    )
    what = models.CharField(_("事件类别"), max_length=60)
    on = models.DateField(_("发生日期"))
    words = models.CharField(_("情况"), max_length=400, blank=True, default="")
    source = models.CharField(_("来源"), max_length=120)

    class Meta:
        constraints = [
            one_of("incident_has_one_place", "party", "region"),
            taking_back_is_whole("incident_taking_back_is_whole"),
            models.CheckConstraint(name="incident_says_what", condition=~Q(what="")),
        ]
        indexes = [
            models.Index(name="incidents_of_a_party", fields=["party", "association"]),
            models.Index(name="incidents_of_a_region", fields=["region", "association"]),
        ]
        ordering = ["-on"]

    def __str__(self) -> str:
        return f"{self.what} {self.on}"
