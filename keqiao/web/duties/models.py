"""The table of the room. Changed only by ``actions``."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from keqiao.core.lifecycle.duty import Dates, DutyState, state_of


class Told(models.Model):
    """Until which day an account was told of what comes due, and of which duties (``ids``) on that day.

    The row of nobody (``EVERYBODY``) says that all were told on that day.
    """

    data_kind = "system"

    account_id = models.UUIDField(_("账号"), primary_key=True)
    day = models.DateField(_("已提醒至"))
    ids = models.JSONField(_("所提醒的事项"), default=list, blank=True)

    def __str__(self) -> str:
        return f"{self.account_id} {self.day}"


class Duty(models.Model):
    """One thing that somebody has to do, until when. Opened by a rule, closed by the fact.

    Held by a person (``account_id``), or by whoever holds ``role`` for ``organisation_id`` at the moment of asking;
    ``except_id`` is the account that must not do it: whoever asked for a second person. Where several may do it (an
    officer or a leader), each has a row with the same ``kind`` and ``about``, and one fact closes them all.

    ``about`` is the case as values, because cases live in rooms above; ``within_id`` the larger case it lies in, mostly
    the call. ``variables`` fill the words of the kind: titles and numbers, never values about people. ``fact`` is the
    past-tense act that closed it. There is no event of a duty: it follows from the events of the case it is about, and
    ``keqiao verify`` asks whether it does.
    """

    data_kind = "owned"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    association_id = models.UUIDField(_("科协"))
    key = models.CharField(_("防重标识"), max_length=160)
    kind = models.CharField(_("事项类别"), max_length=60)
    about_kind = models.CharField(_("对象类别"), max_length=64)
    about_id = models.CharField(_("对象编号"), max_length=64)
    within_id = models.CharField(_("所属事项编号"), max_length=64, blank=True, default="")
    account_id = models.UUIDField(_("办理人"), null=True, blank=True)
    role = models.CharField(_("办理角色"), max_length=20, blank=True, default="")
    organisation_id = models.UUIDField(_("办理单位"), null=True, blank=True)
    except_id = models.UUIDField(_("须回避的人"), null=True, blank=True)
    variables = models.JSONField(_("变量"), default=dict, blank=True)
    opened_at = models.DateTimeField(_("产生时间"))
    begins_at = models.DateTimeField(_("起办时间"))
    due_at = models.DateTimeField(_("期限"), null=True, blank=True)
    first_due_at = models.DateTimeField(_("最初期限"), null=True, blank=True)
    moved_at = models.DateTimeField(_("期限变更时间"), null=True, blank=True)
    settled_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    fact = models.CharField(_("办结事实"), max_length=40, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_duty_per_key_and_role",
                fields=["key", "role"],
                condition=Q(settled_at__isnull=True),
            ),
            models.CheckConstraint(
                name="duty_is_held_by_a_person_or_a_role",
                condition=Q(account_id__isnull=False, role="", organisation_id__isnull=True)
                | (Q(account_id__isnull=True, organisation_id__isnull=False) & ~Q(role="")),
            ),
            models.CheckConstraint(
                name="duty_is_settled_by_a_fact",
                condition=Q(settled_at__isnull=True, fact="") | (Q(settled_at__isnull=False) & ~Q(fact="")),
            ),
            models.CheckConstraint(
                name="duty_with_a_date_knows_its_first",
                condition=Q(first_due_at__isnull=False) | Q(due_at__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                name="open_duties_of_a_role",
                fields=["organisation_id", "role"],
                condition=Q(settled_at__isnull=True, account_id__isnull=True),
            ),
            models.Index(
                name="open_duties_of_a_person",
                fields=["account_id"],
                condition=Q(settled_at__isnull=True, account_id__isnull=False),
            ),
            models.Index(
                name="open_duties_about_a_case",
                fields=["about_id", "kind"],
                condition=Q(settled_at__isnull=True),
            ),
            models.Index(
                name="open_duties_by_date",
                fields=["due_at"],
                condition=Q(settled_at__isnull=True, due_at__isnull=False),
            ),
            models.Index(
                name="settled_duties_of_a_role",
                fields=["organisation_id", "role", "-settled_at"],
                condition=Q(settled_at__isnull=False, account_id__isnull=True),
            ),
            models.Index(
                name="settled_duties_of_a_person",
                fields=["account_id", "-settled_at"],
                condition=Q(settled_at__isnull=False, account_id__isnull=False),
            ),
        ]
        ordering = ["due_at", "opened_at"]

    def __str__(self) -> str:
        return self.key

    def state_at(self, at: datetime) -> DutyState:
        """Return where the duty stands at ``at``."""
        return state_of(Dates(self.begins_at, self.due_at, self.first_due_at, self.settled_at), at)
