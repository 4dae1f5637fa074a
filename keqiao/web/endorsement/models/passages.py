"""The way of one application along its chain, and every opinion that was given on it."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.core.endorsing.endorsers import Manner
from keqiao.core.lifecycle.endorsement import PassageState
from keqiao.web.accounts.models import User
from keqiao.web.applications.models import Application
from keqiao.web.endorsement.models.queues import Queue
from keqiao.web.parties.models import Association, Organisation
from keqiao.web.programmes.models import Call, Revision

STATE_WORDS = {
    PassageState.WAITING: _("待审核"),
    PassageState.RECOMMENDED: _("拟推荐"),
    PassageState.DECLINED: _("不推荐"),
    PassageState.RETURNED: _("退回修改"),
    PassageState.FILED: _("已报送"),
    PassageState.RECEIVED: _("已受理"),
    PassageState.WITHDRAWN: _("已撤回"),
}
STATES = sorted(state.value for state in PassageState)
MANNER_WORDS = {
    Manner.QUEUE: _("系统内办理"),
    Manner.PAPER: _("纸质办理"),
    Manner.UNASSIGNED: _("待指定办理单位"),
}
MANNERS = sorted(manner.value for manner in Manner)


class Passage(models.Model):
    """The way of one application along its chain (上报件): the stage it has reached and how it stands there.

    ``chain`` is "" where a person has to say which one holds. ``stage`` counts the stages before filing from 1.
    ``taker`` takes this stage, in its ``queue`` or on paper; None: nobody is known. ``place`` orders what is
    recommended; who is returned keeps it. ``digest`` is that of the submission that stands. ``since`` is when it came
    to this stage, ``handled_at`` when somebody first acted on it there. ``told_at`` is when the applicant was told
    what was decided; ``came_by`` is the batch with which it came to where it is now, which can be recalled.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    call = models.ForeignKey(Call, models.PROTECT, related_name="+", verbose_name=_("通知"))
    application = models.OneToOneField(
        Application, models.PROTECT, related_name="passage", verbose_name=_("申报书")
    )
    unit = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("申报单位"))
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+", verbose_name=_("通知版本"))
    chain = models.CharField(_("上报链"), max_length=80, blank=True, default="")
    stage = models.PositiveSmallIntegerField(_("环节"), default=1)
    manner = models.CharField(
        _("办理方式"),
        max_length=10,
        choices=[(manner.value, words) for manner, words in MANNER_WORDS.items()],
        default=Manner.QUEUE.value,
    )
    queue = models.ForeignKey(
        Queue, models.PROTECT, null=True, blank=True, related_name="passages", verbose_name=_("推荐队列")
    )
    taker = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("办理单位")
    )
    state = models.CharField(
        _("状态"),
        max_length=12,
        choices=[(state.value, words) for state, words in STATE_WORDS.items()],
        default=PassageState.WAITING.value,
    )
    place = models.PositiveIntegerField(_("次序"), null=True, blank=True)
    digest = models.CharField(_("摘要"), max_length=64)
    since = models.DateTimeField(_("到达时间"))
    handled_at = models.DateTimeField(_("开始办理时间"), null=True, blank=True)
    told_at = models.DateTimeField(_("告知时间"), null=True, blank=True)
    came_by = models.ForeignKey(
        "endorsement.Batch",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("随批次到达"),
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="passage_state_is_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(name="passage_manner_is_known", condition=Q(manner__in=MANNERS)),
            models.CheckConstraint(name="passage_stage_starts_at_one", condition=Q(stage__gte=1)),
            models.CheckConstraint(
                name="passage_lies_in_a_queue_or_not",
                condition=Q(manner=Manner.QUEUE.value, queue__isnull=False, taker__isnull=False)
                | (~Q(manner=Manner.QUEUE.value) & Q(queue__isnull=True)),
            ),
            models.CheckConstraint(
                name="passage_has_a_place_in_a_queue",
                condition=Q(place__isnull=True) | Q(queue__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_passage_per_place", fields=["queue", "place"], condition=Q(place__isnull=False)
            ),
        ]
        indexes = [
            models.Index(name="passages_of_a_call", fields=["call", "state"]),
            models.Index(name="passages_in_a_queue", fields=["queue", "state"]),
        ]
        ordering = ["since", "id"]

    def __str__(self) -> str:
        return f"{self.application} {self.state}"


class Endorsement(models.Model):
    """What was said of one application at one stage: never changed, never removed; triggers refuse both.

    ``unit`` said it, through ``given_by``, on the content with ``digest``. ``responsibility`` is the version of the
    text under which it answers for it. ``scan_id`` is the picture of a stamped page, where it was said on paper. The
    last one of a stage counts; ``reconsider`` takes the one before it back. Words can be erased.
    """

    data_kind = "owned"

    class Act(models.TextChoices):
        RECOMMEND = "recommend", _("推荐")
        DECLINE = "decline", _("不推荐")
        RECONSIDER = "reconsider", _("重新审核")
        SIGN = "sign", _("纸质签章")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association = models.ForeignKey(Association, models.PROTECT, related_name="+", verbose_name=_("科协"))
    passage = models.ForeignKey(
        Passage, models.PROTECT, related_name="endorsements", verbose_name=_("上报件")
    )
    queue = models.ForeignKey(
        Queue, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("推荐队列")
    )
    stage = models.PositiveSmallIntegerField(_("环节"))
    ordinal = models.PositiveIntegerField(_("次数"))
    act = models.CharField(_("意见类别"), max_length=10, choices=Act.choices)
    words = models.CharField(_("意见"), max_length=400, blank=True, default="")
    unit = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("签署单位")
    )
    digest = models.CharField(_("摘要"), max_length=64)
    responsibility = models.PositiveSmallIntegerField(_("责任文本版本"))
    scan_id = models.UUIDField(_("盖章页"), null=True, blank=True)
    given_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("经办人")
    )
    at = models.DateTimeField(_("时间"))
    on = models.DateField(_("日期"))

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_opinion_per_ordinal", fields=["passage", "ordinal"]),
            models.CheckConstraint(
                name="opinion_act_is_known",
                condition=Q(act__in=["decline", "recommend", "reconsider", "sign"]),
            ),
        ]
        ordering = ["passage", "ordinal"]

    def __str__(self) -> str:
        return f"{self.passage_id} {self.act}"
