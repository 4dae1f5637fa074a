"""Tables of the event chains. Rows are written by ``log`` alone; triggers refuse to change or delete them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

ERASED = "已按期限删除"
"""What stands where words stood that were destroyed when their time was over."""


class ChainHead(models.Model):
    """The last link of one case's chain.

    Its row lock makes sequences free of gaps; what it says must agree with the last event, so that a chain
    cut short is noticed.
    """

    data_kind = "system"

    kind = models.CharField(_("对象类别"), max_length=64)
    case_id = models.CharField(_("对象编号"), max_length=64)
    sequence = models.PositiveIntegerField(_("最后序号"), default=0)
    digest = models.CharField(_("最后摘要"), max_length=64, default="")

    class Meta:
        constraints = [models.UniqueConstraint(name="one_chain_per_case", fields=["kind", "case_id"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.case_id} #{self.sequence}"


class Event(models.Model):
    """One thing that happened to one case. Holds ids, codes and salted digests, never personal values."""

    data_kind = "system"

    chain_kind = models.CharField(_("对象类别"), max_length=64)
    chain_id = models.CharField(_("对象编号"), max_length=64)
    sequence = models.PositiveIntegerField(_("序号"))
    act = models.CharField(_("事件"), max_length=64)
    actor_id = models.UUIDField(_("经办人"), null=True)  # none: the program itself, for instance a clock
    role = models.CharField(_("身份"), max_length=32)
    at = models.DateTimeField(_("时间"))
    reason_digest = models.CharField(_("理由摘要"), max_length=64, default="", blank=True)
    data = models.JSONField(_("内容"), default=dict, blank=True)
    previous_digest = models.CharField(_("前一摘要"), max_length=64, default="", blank=True)
    digest = models.CharField(_("摘要"), max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_event_per_place_in_chain", fields=["chain_kind", "chain_id", "sequence"]
            ),
            models.CheckConstraint(name="event_sequence_starts_at_one", condition=models.Q(sequence__gte=1)),
            models.CheckConstraint(
                name="only_first_event_has_no_previous",
                condition=models.Q(sequence=1, previous_digest="")
                | (models.Q(sequence__gt=1) & ~models.Q(previous_digest="")),
            ),
        ]
        indexes = [models.Index(name="events_of_an_actor", fields=["actor_id", "at"])]

    def __str__(self) -> str:
        return f"{self.chain_kind} {self.chain_id} #{self.sequence} {self.act}"

    @property
    def reason_words(self) -> str:
        """Return the words of the reason: empty where none was given, and saying so where they were erased."""
        words = getattr(self, "reason", None)
        return words.text if words else ERASED if self.reason_digest else ""


class Reason(models.Model):
    """The words somebody gave for an act.

    They may name people, so they can be erased; the event keeps a salted digest.
    """

    data_kind = "system"

    event = models.OneToOneField(
        Event, on_delete=models.PROTECT, related_name="reason", verbose_name=_("事件")
    )
    salt = models.CharField(_("盐"), max_length=32)
    text = models.TextField(_("理由"))

    def __str__(self) -> str:
        return self.text
