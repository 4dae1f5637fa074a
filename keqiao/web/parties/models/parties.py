"""Parties: organisations and people, each with all the names it ever had."""

import uuid

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from keqiao.core.identifiers import normal_identity_number
from keqiao.web.parties.models.regions import Region, RegionLevel
from keqiao.web.parties.periods import Period, in_order
from keqiao.web.privacy.fields import BlindIndex, EncryptedText
from keqiao.web.privacy.masks import mask_account, mask_identity_number

POSTCODE = r"^[0-9]{6}$"


class Party(models.Model):
    """Whoever can take part in something: an organisation or a person.

    ``name`` is the full name in force; ``verify`` compares it with the dated names.
    """

    data_kind = "shared"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("名称"), max_length=120)
    merged_into = models.ForeignKey(  # the same party under its other row; old addresses lead there
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="absorbed",
        verbose_name=_("已并入"),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="party_is_not_merged_into_itself", condition=~models.Q(merged_into=models.F("id"))
            )
        ]
        indexes = [models.Index(name="party_by_name", fields=["name"])]
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class NameKind(models.TextChoices):
    """What a name is. A former name is a full name whose period has ended."""

    FULL = "full", _("全称")
    SHORT = "short", _("简称")


class PartyName(Period):
    """A name, and the days on which it was in use. ``folded`` is how names are compared (``core.identifiers``)."""

    data_kind = "shared"

    party = models.ForeignKey(Party, models.CASCADE, related_name="names", verbose_name=_("主体"))
    kind = models.CharField(_("名称类别"), max_length=5, choices=NameKind.choices)
    text = models.CharField(_("名称"), max_length=120)
    folded = models.CharField(_("比对形式"), max_length=240, default="", editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_name_in_force_per_kind",
                fields=["party", "kind"],
                condition=models.Q(valid_until__isnull=True),
            ),
            in_order("party_name_period_in_order"),
        ]
        indexes = [
            models.Index(name="party_name_text", fields=["text"]),
            models.Index(name="party_name_folded", fields=["folded"]),
        ]

    def __str__(self) -> str:
        return self.text


class Organisation(Party):
    """A body: an association for science, a society, a school, a firm, a village committee …

    ``kind`` is a key of ``data/vocabulary/organisation_kinds.yaml``. A body without a code of its own (a
    university's association) has none here and a tie to its host. Unknown facts stay empty: a rule about
    them asks a person. No rule asks for ``address`` and ``postcode``: they have no dates, forms are filled in with
    the present ones, and what was submitted keeps those of its day.
    """

    data_kind = "shared"

    kind = models.CharField(_("单位类别"), max_length=40)
    credit_code = models.CharField(
        _("统一社会信用代码"), max_length=18, null=True, blank=True, unique=True, default=None
    )
    level = models.CharField(_("级别"), max_length=10, choices=RegionLevel.choices, blank=True, default="")
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="organisations",
        verbose_name=_("所在区域"),
    )
    registered_on = models.DateField(_("登记日期"), null=True, blank=True)
    is_legal_person = models.BooleanField(_("法人资格"), null=True, blank=True)
    address = models.CharField(_("通讯地址"), max_length=200, blank=True, default="")
    postcode = models.CharField(
        _("邮编"),
        max_length=6,
        blank=True,
        default="",
        validators=[RegexValidator(POSTCODE, _("邮编是 6 位数字。"))],
    )
    bank_name = models.CharField(_("开户银行"), max_length=100, blank=True, default="")
    bank_account = EncryptedText(_("银行账号"), mask=mask_account)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="credit_code_has_18_characters",
                condition=models.Q(credit_code__isnull=True) | Exact(Length("credit_code"), 18),
            )
        ]
        indexes = [models.Index(name="organisation_by_kind", fields=["kind", "level"])]

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("parties:organisation", args=[self.pk])


class Person(Party):
    """A human being. The identity number stands locked; ``identity_key`` is its keyed digest: finds, tells not."""

    data_kind = "shared"

    birth_date = models.DateField(_("出生日期"), null=True, blank=True)
    phone = models.CharField(_("手机号码"), max_length=11, blank=True, default="")
    identity_number = EncryptedText(_("身份证号码"), mask=mask_identity_number)
    identity_key = BlindIndex(_("身份标识"), of="identity_number", normal=normal_identity_number, unique=True)

    class Meta:
        indexes = [models.Index(name="person_by_phone", fields=["phone"])]

    def get_absolute_url(self) -> str:
        """Return the address of the page of this person."""
        return reverse("parties:person", args=[self.pk])
