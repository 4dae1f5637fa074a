"""Who may not apply, why, and until when; and what happened to each debarment."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.debarment import DebarmentState
from keqiao.web.files.models import StoredFile
from keqiao.web.parties.models import Party
from keqiao.web.parties.periods import Period, in_order
from keqiao.web.registers.models.entered import Entered, Step

STATE_WORDS = {
    DebarmentState.IN_FORCE: _("执行中"),
    DebarmentState.APPEALED: _("申诉中（继续执行）"),
    DebarmentState.STAYED: _("申诉中（暂停执行）"),
    DebarmentState.LIFTED: _("已提前解除"),
    DebarmentState.ANNULLED: _("决定已撤销"),
}
STATES = [(state.value, words) for state, words in STATE_WORDS.items()]


class Debarment(Period, Entered):
    """A unit or a person that may not apply, from ``valid_from`` to ``valid_until``, both included (None: open).

    ``basis`` names the document, ``clause`` the place in it. ``scope`` says what is barred in the words of the call
    (新的科普项目); empty: everything of the association. Those debarred by one decision share ``decision``. Dates
    and words are never changed: an appeal, a stay and a lifting are steps.
    """

    data_kind = "owned"

    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("主体"))
    decision = models.UUIDField(_("决定"))
    cause = models.CharField(_("事由"), max_length=200)
    basis = models.CharField(_("依据文件"), max_length=200)
    clause = models.CharField(_("条款"), max_length=80, blank=True, default="")
    scope = models.CharField(_("限制范围"), max_length=80, blank=True, default="")
    source = models.CharField(_("来源"), max_length=120, blank=True, default="")
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("决定文件")
    )
    state = models.CharField(_("状态"), max_length=12, choices=STATES, default=DebarmentState.IN_FORCE.value)

    class Meta:
        constraints = [
            in_order("debarment_period_in_order"),
            models.UniqueConstraint(name="a_decision_debars_a_party_once", fields=["decision", "party"]),
            models.CheckConstraint(name="debarment_says_why", condition=~Q(cause="") & ~Q(basis="")),
            models.CheckConstraint(
                name="debarment_state_is_known", condition=Q(state__in=[value for value, _words in STATES])
            ),
        ]
        indexes = [
            models.Index(name="debarments_of_a_party", fields=["party", "association"]),
            models.Index(name="debarments_by_end", fields=["association", "valid_until"]),
        ]
        ordering = ["-valid_from"]

    def __str__(self) -> str:
        return f"{self.party_id} {self.valid_from}"


class DebarmentStep(Step):
    """One step in the life of a debarment."""

    data_kind = "owned"

    debarment = models.ForeignKey(Debarment, models.PROTECT, related_name="steps", verbose_name=_("禁止申报"))

    class Meta(Step.Meta):
        constraints = [
            models.UniqueConstraint(name="one_debarment_step_per_number", fields=["debarment", "number"])
        ]
