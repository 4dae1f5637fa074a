"""Experts of an association (专家库), and what was declared between them and others."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.expert import ExpertState
from keqiao.web.accounts.models import User
from keqiao.web.parties.models import Association, Organisation, Person

STATES = sorted(state.value for state in ExpertState)
RELATION_WORDS = {
    "spouse": _("配偶"),
    "lineal": _("直系血亲"),
    "collateral": _("三代以内旁系血亲"),
    "affinity": _("近姻亲"),
    "tutor": _("师生"),
    "co_author": _("合著"),
    "same_project": _("同一课题组"),
    "interest": _("其他利害关系"),
}
"""Kinds of relation that the rules of ``conflicts.yaml`` are about."""
KINDS = sorted(RELATION_WORDS)
INTEREST = "interest"
LONGEST_REASON = 400


class Expert(models.Model):
    """Somebody whom an association may ask to judge. What the person is and works for stands with the party.

    ``fields`` are ids of the vocabulary of fields of work, ``most`` how many applications at once are taken (None: as
    many as a round allows). ``stated_at`` is when the expert last said that the declared relations are all there are.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("专家"))
    title = models.CharField(_("职称"), max_length=40, blank=True, default="")
    fields = models.JSONField(_("专业领域"), default=list, blank=True)
    most = models.PositiveSmallIntegerField(_("最多评审份数"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=8, default=ExpertState.ACTIVE.value)
    reason = models.CharField(_("理由"), max_length=LONGEST_REASON, blank=True, default="")
    source = models.CharField(_("来源"), max_length=120)
    stated_at = models.DateTimeField(_("确认申报完整的时间"), null=True, blank=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    entered_at = models.DateTimeField(_("登记时间"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_expert_per_person", fields=["association", "person"]),
            models.CheckConstraint(name="expert_state_is_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(
                name="expert_out_says_why", condition=Q(state=ExpertState.ACTIVE.value) | ~Q(reason="")
            ),
        ]
        ordering = ["person__name", "id"]

    def __str__(self) -> str:
        return str(self.person)


class Relation(models.Model):
    """What an expert is to somebody or to an organisation, as declared: ``kind`` is one of ``core.conflicts``.

    ``until`` is the last day on which it was so; None: it still is, or nobody said. One that was declared by mistake is
    taken back (``ended_at``) and stays on record.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="relations", verbose_name=_("专家"))
    kind = models.CharField(_("关系"), max_length=20, choices=list(RELATION_WORDS.items()))
    name = models.CharField(_("对方姓名或名称"), max_length=120)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("对方人员")
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("对方单位")
    )
    until = models.DateField(_("截止日期"), null=True, blank=True)
    declared_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("申报人"))
    declared_at = models.DateTimeField(_("申报时间"))
    ended_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="relation_kind_is_known", condition=Q(kind__in=KINDS)),
            models.CheckConstraint(
                name="relation_is_to_one_party",
                condition=Q(person__isnull=True) | Q(organisation__isnull=True),
            ),
            models.CheckConstraint(
                name="relation_to_a_body_is_an_interest",
                condition=Q(organisation__isnull=True) | Q(kind=INTEREST),
            ),
            models.CheckConstraint(name="relation_names_somebody", condition=~Q(name="")),
        ]
        ordering = ["expert", "kind", "declared_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"
