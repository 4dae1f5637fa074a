"""Which of several applications of one child category goes into a pilot (试点)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from keqiao.web.accounts.models import User
from keqiao.web.applications.models.applications import Application
from keqiao.web.parties.models import Association


class BundleMark(models.Model):
    """``application`` is the one of its child category that goes into ``pilot`` (注明纳入试点的一项).

    ``child`` is the id of the category that the call lists as a child; of each child one application is marked at
    most, and an application goes into one pilot. Changed only by ``actions``, until the deadline of the pilot.
    """

    data_kind = "owned"

    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    pilot = models.ForeignKey(Application, models.PROTECT, related_name="marks", verbose_name=_("试点申报书"))
    child = models.CharField(_("子项目类别"), max_length=80)
    application = models.OneToOneField(
        Application, models.PROTECT, related_name="mark", verbose_name=_("纳入试点的申报书")
    )
    marked_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("标注人")
    )
    marked_at = models.DateTimeField(_("标注时间"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_of_a_child_goes_into_a_pilot", fields=["pilot", "child"]),
            models.CheckConstraint(name="mark_names_a_child", condition=~Q(child="")),
            models.CheckConstraint(name="a_pilot_is_not_its_own_child", condition=~Q(pilot=F("application"))),
        ]

    def __str__(self) -> str:
        return f"{self.application} → {self.pilot}"
