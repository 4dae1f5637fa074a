"""Ties: who is what to which organisation, from when until when, and who says so."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from keqiao.web.parties.models.parties import Organisation, Party
from keqiao.web.parties.periods import Period, in_order


class TieKind(models.TextChoices):
    """What a party is to an organisation."""

    MEMBER = "member", _("会员")
    COUNCIL = "council", _("理事会任职")
    STAFF = "staff", _("工作人员")
    LEGAL_REPRESENTATIVE = "legal_representative", _("法定代表人")
    HEAD = "head", _("主要负责人")
    BRANCH = "branch", _("分支机构")
    HOST = "host", _("依托单位")  # the hosted body is the party, its host the organisation
    SUPERVISOR = "supervisor", _("主管单位")  # the supervised body is the party
    AFFILIATION = (
        "affiliation",
        _("所属"),
    )  # the body is the party, the association it belongs to the organisation
    RECOMMENDER = "recommender", _("推荐单位")
    VOLUNTEER = "volunteer", _("志愿者")
    MENTOR = "mentor", _("导师")
    LIAISON = "liaison", _("联络人")
    EXPERT = "expert", _("专家")
    STATION_EXPERT = "station_expert", _("工作站专家")


HELD_ALONE_BY = {
    TieKind.HOST: "party",
    TieKind.SUPERVISOR: "party",
    TieKind.LEGAL_REPRESENTATIVE: "organisation",
}
"""Kinds of tie of which one holds at a time, and whose side has only one: a body has one host, a unit one
legal representative."""


class Tie(Period):
    """A dated role of a party in or towards an organisation. A role that is held again is a new row."""

    data_kind = "shared"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    party = models.ForeignKey(Party, models.PROTECT, related_name="ties", verbose_name=_("主体"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="ties_of_others", verbose_name=_("单位")
    )
    kind = models.CharField(_("关系"), max_length=24, choices=TieKind.choices)
    post = models.CharField(_("职务"), max_length=60, blank=True, default="")
    source = models.CharField(_("来源"), max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="tie_joins_two_parties", condition=~models.Q(party=models.F("organisation"))
            ),
            models.UniqueConstraint(
                name="tie_begins_once_a_day", fields=["party", "organisation", "kind", "post", "valid_from"]
            ),
            in_order("tie_period_in_order"),
        ]
        indexes = [
            models.Index(name="ties_of_an_organisation", fields=["organisation", "kind", "valid_from"])
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.get_kind_display()} {self.organisation}"
