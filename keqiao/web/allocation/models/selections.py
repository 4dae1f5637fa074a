"""What is decided together, and what becomes of each application in it (遴选)."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.selection import SelectionState
from keqiao.web.accounts.models import User
from keqiao.web.applications.models import Application
from keqiao.web.parties.models import Association
from keqiao.web.programmes.models import Call, Revision

STATES = sorted(state.value for state in SelectionState)
LONGEST_REASON = 400


class Decision(models.Model):
    """All that is decided together about a call (遴选方案): its places, its sums, those who stand for them.

    ``policy`` is what the office set (``core.allocation.terms.Policy``), ``pilots`` what it decided about applications
    that bring others with them (by their ids), ``proposed`` what the core answered, frozen when it was asked for.
    ``version`` counts changes; who changes an older one is told. ``by_finance``: the call wants a second key, that of
    the finance bureau. ``digest`` is that of what was approved.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    call = models.ForeignKey(Call, models.PROTECT, related_name="+", verbose_name=_("通知"))
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+", verbose_name=_("通知版本"))
    version = models.PositiveIntegerField(_("版次"), default=1)
    policy = models.JSONField(_("规则"), default=dict, blank=True)
    pilots = models.JSONField(_("试点决定"), default=dict, blank=True)
    proposed = models.JSONField(_("建议"), default=dict, blank=True)
    proposed_at = models.DateTimeField(_("建议时间"), null=True, blank=True)
    by_finance = models.BooleanField(_("须会同财政审定"), default=False)
    digest = models.CharField(_("摘要"), max_length=64, blank=True, default="")
    approved_at = models.DateTimeField(_("批准时间"), null=True, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("经办人"))
    made_at = models.DateTimeField(_("创建时间"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_decision_per_call", fields=["call"]),
            models.CheckConstraint(
                name="approved_decision_has_digest",
                condition=Q(approved_at__isnull=True, digest="")
                | (Q(approved_at__isnull=False) & ~Q(digest="")),
            ),
            models.CheckConstraint(name="decision_version_starts_at_one", condition=Q(version__gte=1)),
        ]
        ordering = ["made_at", "id"]

    def __str__(self) -> str:
        return str(self.call)


class Selection(models.Model):
    """What becomes of one application in the decision; its life is ``core.lifecycle.selection``.

    ``amount_fen`` and ``scope`` are what is decided (None and empty: nothing yet, or the whole), ``rank`` its place in
    its list, ``stated_rank`` the place that people gave it where nobody scores, ``total`` the exact total ("251/3").
    ``known`` is what an officer found out that the facts left open: bars by their kind, preferences by their number.
    ``instead_of`` is the one whose place it takes; of one that is merged, ``is_duplicate`` says that it is the same
    topic as the other, not a part of it. ``reason`` says why it departs from the proposal, or why it was held,
    dropped, merged.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="selections", verbose_name=_("遴选方案")
    )
    call = models.ForeignKey(Call, models.PROTECT, related_name="+", verbose_name=_("通知"))
    application = models.OneToOneField(
        Application, models.PROTECT, related_name="selection", verbose_name=_("申报书")
    )
    state = models.CharField(_("状态"), max_length=12, default=SelectionState.RANKED.value)
    rank = models.PositiveIntegerField(_("名次"), null=True, blank=True)
    stated_rank = models.PositiveIntegerField(_("核定名次"), null=True, blank=True)
    total = models.CharField(_("准确总分"), max_length=60, blank=True, default="")
    shown = models.DecimalField(_("总分"), max_digits=9, decimal_places=4, null=True, blank=True)
    amount_fen = models.PositiveBigIntegerField(_("金额（分）"), null=True, blank=True)
    scope = models.JSONField(_("承担部分"), default=dict, blank=True)
    instead_of = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="substitute", verbose_name=_("替补")
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name=_("并入")
    )
    is_duplicate = models.BooleanField(_("重复选题"), default=False)
    known = models.JSONField(_("核实情况"), default=dict, blank=True)
    reason = models.CharField(_("理由"), max_length=LONGEST_REASON, blank=True, default="")
    decided_at = models.DateTimeField(_("变动时间"))

    class Meta:
        constraints = [
            models.CheckConstraint(name="selection_state_is_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(
                name="merged_selection_points_at_its_target",
                condition=Q(state=SelectionState.MERGED.value) ^ Q(merged_into__isnull=True),
            ),
        ]
        indexes = [models.Index(name="selections_of_a_call", fields=["call", "state"])]
        ordering = ["decision", "rank", "id"]

    def __str__(self) -> str:
        return f"{self.application} {self.state}"
