"""The register of paper (收件台账): who noted which copies of an application, when they came and how."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.web.accounts.models import User
from keqiao.web.applications.models import Application
from keqiao.web.parties.models import Association


class Delivery(models.TextChoices):
    """How paper came."""

    ONSITE = "onsite", _("现场报送")
    POST = "post", _("寄送")
    EMS = "ems", _("邮政特快（EMS）")


class PaperReceipt(models.Model):
    """Copies of an application that came on one day (``came_on``, Asia/Shanghai). Never changed; taken back if wrong.

    ``copies`` are sets of the form, ``proofs`` sets of evidence. ``is_late``: ``came_on`` lies after the day of the
    deadline as it was when the copies were noted.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    application = models.ForeignKey(
        Application, models.PROTECT, related_name="papers", verbose_name=_("申报书")
    )
    copies = models.PositiveSmallIntegerField(_("申报书份数"), default=0)
    proofs = models.PositiveSmallIntegerField(_("证明材料份数"), default=0)
    came_on = models.DateField(_("收到日期"))
    way = models.CharField(_("送达方式"), max_length=6, choices=Delivery.choices)
    is_late = models.BooleanField(_("逾期"), default=False)
    note = models.CharField(_("备注"), max_length=200, blank=True, default="")
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("登记人"))
    noted_at = models.DateTimeField(_("登记时间"))
    taken_back_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("撤销人")
    )
    taken_back_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="paper_receipt_is_of_something", condition=Q(copies__gte=1) | Q(proofs__gte=1)
            ),
            models.CheckConstraint(
                name="paper_receipt_counts_stay_small", condition=Q(copies__lte=200) & Q(proofs__lte=200)
            ),
            models.CheckConstraint(
                name="paper_taken_back_says_by_whom_and_when",
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
            ),
        ]
        indexes = [models.Index(name="papers_of_an_application", fields=["application", "taken_back_at"])]
        ordering = ["-came_on", "-noted_at"]

    def __str__(self) -> str:
        return f"{self.application} {self.came_on}"
