"""Which registers an association keeps in full, and what it shares of its debarments."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from keqiao.web.parties.models import Association
from keqiao.web.registers.models.entered import Entered
from keqiao.web.registers.models.recognitions import RecognitionScheme


class RegisterKind(models.TextChoices):
    """The kinds of registers; the values are the words of ``core.rules.facts.Records.kept``."""

    RECOGNITIONS = "recognitions", _("认定名册")
    DEBARMENTS = "debarments", _("禁止申报名册")
    RESULTS = "results", _("以往项目及完成情况")
    HOLDINGS = "holdings", _("在手项目")
    AFFAIRS = "affairs", _("学会事务")
    PLATFORMS = "platforms", _("外部平台账号")
    INCIDENTS = "incidents", _("不良事件")


class KeptRegister(Entered):
    """The statement of an association that one of its registers is kept in full from a day on.

    Only then does "not in the register" mean "it is not so"; else it means "not known". ``scheme`` says which
    register of recognitions; ``part`` narrows another one to a family of projects or an affair. Empty ``since``:
    it is full from the beginning. A statement that no longer holds is taken back, never deleted.
    """

    data_kind = "owned"

    register = models.CharField(_("名册"), max_length=12, choices=RegisterKind.choices)
    scheme = models.ForeignKey(
        RecognitionScheme, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("认定名册")
    )
    part = models.CharField(_("限于"), max_length=120, blank=True, default="")
    since = models.DateField(_("自何日起完整"), null=True, blank=True)
    reason = models.CharField(_("依据"), max_length=200)
    ended_at = models.DateTimeField(_("收回时间"), null=True, blank=True)
    ended_reason = models.CharField(_("收回理由"), max_length=200, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="kept_statement_names_a_scheme_for_recognitions",
                condition=Q(register=RegisterKind.RECOGNITIONS, scheme__isnull=False, part="")
                | (~Q(register=RegisterKind.RECOGNITIONS) & Q(scheme=None)),
            ),
            models.CheckConstraint(name="kept_statement_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="kept_statement_ends_after_it_began",
                condition=Q(ended_at=None) | Q(ended_at__gte=F("entered_at")),
            ),
            models.UniqueConstraint(
                name="one_kept_statement_in_force_per_scheme",
                fields=["scheme"],
                condition=Q(ended_at=None, scheme__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_kept_statement_in_force_per_register",
                fields=["association", "register", "part"],
                condition=Q(ended_at=None, scheme=None),
            ),
        ]
        ordering = ["register", "part"]

    def __str__(self) -> str:
        return str(self.scheme or self.get_register_display())


class SharingPolicy(models.Model):
    """What an association lets others know of its debarments, and whether it goes by those of others.

    All three are off until a leader or officer says otherwise. Sharing crosses the wall between owners: it is the
    only thing of this room that does, besides what is public.
    """

    data_kind = "owned"

    association = models.OneToOneField(
        Association, models.PROTECT, primary_key=True, related_name="+", verbose_name=_("科协")
    )
    shares_debarments = models.BooleanField(_("向其他科协共享禁止申报名册"), default=False)
    heeds_debarments = models.BooleanField(_("采用其他科协共享的禁止申报名册"), default=False)
    publishes_debarments = models.BooleanField(_("公开禁止申报名册"), default=False)

    def __str__(self) -> str:
        return str(self.association_id)
