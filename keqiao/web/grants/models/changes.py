"""A change that the unit asks for (变更申请): what shall be otherwise, and what was decided."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.change_request import ChangeRequestState
from keqiao.web.accounts.models import User
from keqiao.web.grants.models.grants import LONGEST_WORDS, Grant
from keqiao.web.parties.models import Association, Person

STATES = sorted(state.value for state in ChangeRequestState)
IN_HAND = [
    state.value
    for state in (ChangeRequestState.DRAFTED, ChangeRequestState.SUBMITTED, ChangeRequestState.RETURNED)
]


class ChangeRequest(models.Model):
    """What a unit asks to change; its life is ``core.lifecycle.change_request``. One at a time is in hand.

    ``wanted`` holds what shall be otherwise, by name: ``title``, ``ends_on``, ``lines`` (fen by key); ``new_leader``
    stands beside it. ``before`` is the same as it stood when it was submitted. ``asked`` tells whether the ledger holds
    a budget change that waits: then ``ordinal`` and how often it was submitted are its key there.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    grant = models.ForeignKey(Grant, models.PROTECT, related_name="changes", verbose_name=_("项目"))
    ordinal = models.PositiveSmallIntegerField(_("序号"))
    state = models.CharField(_("状态"), max_length=12, default=ChangeRequestState.DRAFTED.value)
    wanted = models.JSONField(_("变更后"), default=dict, blank=True)
    before = models.JSONField(_("变更前"), default=dict, blank=True)
    new_leader = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("变更后的负责人")
    )
    words = models.CharField(_("变更理由"), max_length=LONGEST_WORDS, blank=True, default="")
    rounds = models.PositiveSmallIntegerField(_("提交次数"), default=0)
    asked = models.BooleanField(_("台账中待批"), default=False)
    answer = models.CharField(_("批复意见"), max_length=LONGEST_WORDS, blank=True, default="")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("申请人"))
    made_at = models.DateTimeField(_("创建时间"))
    decided_at = models.DateTimeField(_("批复时间"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="change_request_state_is_known", condition=Q(state__in=STATES)),
            models.UniqueConstraint(name="one_change_request_per_place", fields=["grant", "ordinal"]),
            models.UniqueConstraint(
                name="one_change_request_in_hand", fields=["grant"], condition=Q(state__in=IN_HAND)
            ),
        ]
        ordering = ["grant", "-ordinal"]

    def __str__(self) -> str:
        return f"{self.grant_id} {self.ordinal}"
