"""Dated facts of organisations and people: each says what held, from when until when, and who says so."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.web.files.models import StoredFile
from keqiao.web.parties.models.parties import Organisation, Person
from keqiao.web.parties.periods import Period, in_order


class Fact(Period):
    """What holds of a party for a time. A fact that changes is ended, and a new row begins."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.CharField(_("来源"), max_length=120)
    evidence = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("证明材料")
    )

    class Meta:
        abstract = True


class FactKind(models.TextChoices):
    """What a fact of an organisation is about. The last is a quality that calls name, said or denied."""

    KIND = "kind", _("单位类别")
    LEVEL = "level", _("级别")
    REGION = "region", _("所在区域")
    LEGAL_PERSON = "legal_person", _("法人资格")
    ACCOUNT = "account", _("银行账户状态")
    TRAIT = "trait", _("特征")


class AccountState(models.TextChoices):
    """Whether a unit's bank account can take money."""

    NORMAL = "normal", _("正常")
    FROZEN = "frozen", _("冻结")
    CLOSED = "closed", _("已销户")
    NONE = "none", _("未开户")


class OrganisationFact(Fact):
    """One fact of an organisation.

    ``value`` is a key of the kinds, a level, the code of a region, a state of account, or ``yes`` and ``no``;
    ``subject`` names the trait (重点高校). Kind, level, region and legal person in force stand in the columns of the
    organisation as well; ``verify`` compares.
    """

    data_kind = "shared"

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="facts", verbose_name=_("单位")
    )
    kind = models.CharField(_("事项"), max_length=16, choices=FactKind.choices)
    subject = models.CharField(_("特征名称"), max_length=40, blank=True, default="")
    value = models.CharField(_("内容"), max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_fact_in_force_per_kind",
                fields=["organisation", "kind", "subject"],
                condition=Q(valid_until__isnull=True),
            ),
            models.UniqueConstraint(
                name="fact_begins_once_a_day", fields=["organisation", "kind", "subject", "valid_from"]
            ),
            models.CheckConstraint(
                name="traits_have_a_subject_others_none",
                condition=(Q(kind=FactKind.TRAIT.value) & ~Q(subject=""))
                | (~Q(kind=FactKind.TRAIT.value) & Q(subject="")),
            ),
            models.CheckConstraint(
                name="traits_and_legal_persons_are_yes_or_no",
                condition=~Q(kind__in=[FactKind.LEGAL_PERSON.value, FactKind.TRAIT.value])
                | Q(value__in=["yes", "no"]),
            ),
            models.CheckConstraint(
                name="account_state_is_known",
                condition=~Q(kind=FactKind.ACCOUNT.value)
                | Q(value__in=sorted(state.value for state in AccountState)),
            ),
            in_order("organisation_fact_period_in_order"),
        ]
        ordering = ["-valid_from"]

    def __str__(self) -> str:
        return f"{self.organisation} {self.get_kind_display()} {self.subject}{self.value}"


class PersonFactKind(models.TextChoices):
    """What a fact of a person is about. A person may work in several fields at a time."""

    FIELD = "field", _("专业领域")
    WORKPLACE = "workplace", _("工作单位")
    TITLE = "title", _("职称")
    REGION = "region", _("所在区域")


class PersonFact(Fact):
    """One fact of a person. A workplace that is registered as a unit is a tie instead (工作人员)."""

    data_kind = "shared"

    person = models.ForeignKey(Person, models.PROTECT, related_name="facts", verbose_name=_("人员"))
    kind = models.CharField(_("事项"), max_length=16, choices=PersonFactKind.choices)
    value = models.CharField(_("内容"), max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="person_fact_begins_once_a_day", fields=["person", "kind", "value", "valid_from"]
            ),
            models.UniqueConstraint(
                name="one_person_fact_in_force_per_kind",
                fields=["person", "kind"],
                condition=Q(valid_until__isnull=True) & ~Q(kind=PersonFactKind.FIELD.value),
            ),
            models.UniqueConstraint(
                name="one_field_in_force_per_name",
                fields=["person", "kind", "value"],
                condition=Q(valid_until__isnull=True),
            ),
            in_order("person_fact_period_in_order"),
        ]
        ordering = ["-valid_from"]

    def __str__(self) -> str:
        return f"{self.person} {self.get_kind_display()} {self.value}"


class PersonQualification(Fact):
    """A certificate of a person (国家二级心理咨询师): ``level`` 1 is the highest; None where there are none."""

    data_kind = "shared"

    person = models.ForeignKey(Person, models.PROTECT, related_name="qualifications", verbose_name=_("人员"))
    name = models.CharField(_("资格名称"), max_length=60)
    level = models.PositiveSmallIntegerField(_("等级"), null=True, blank=True)
    number = models.CharField(_("证书编号"), max_length=40, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="qualification_begins_once_a_day", fields=["person", "name", "valid_from"]
            ),
            models.CheckConstraint(
                name="qualification_level_from_one_to_nine",
                condition=Q(level__isnull=True) | Q(level__gte=1, level__lte=9),
            ),
            in_order("qualification_period_in_order"),
        ]
        ordering = ["name", "-valid_from"]

    def __str__(self) -> str:
        return f"{self.person} {self.name}"
