"""What the pages of a decision ask."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from keqiao.core.allocation import Lift, Policy, Sharing
from keqiao.core.lifecycle.selection import SelectionState
from keqiao.web.allocation.actions import Found, Joining
from keqiao.web.allocation.models import Selection
from keqiao.web.allocation.models.selections import LONGEST_REASON

FEN_PER_WAN = 1_000_000
YES, NO = "yes", "no"
ANSWERS = {YES: True, NO: False}
S = SelectionState
SHARINGS = [(Sharing.EQUAL.value, _("平均增加")), (Sharing.PROPORTIONAL.value, _("按得分比例"))]
CHOICES = [
    (S.PROPOSED.value, _("拟立项")),
    (S.RESERVE.value, _("列为备选")),
    (S.NOT_CHOSEN.value, _("不入选")),
]


class VersionForm(forms.Form):
    """The version of the decision that the officer saw."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput())


class ReasonForm(VersionForm):
    """Why something is done."""

    reason = forms.CharField(
        label=_("理由"), max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 2}), required=False
    )


class PolicyForm(forms.Form):
    """By which rules the core proposes. Sums in 万元."""

    step = forms.DecimalField(
        label=_("金额取整到（万元）"),
        min_value=Decimal("0.01"),
        max_value=Decimal(1000),
        decimal_places=2,
        help_text=_("区间内的金额都是这个数的整倍数。"),
    )
    sharing = forms.ChoiceField(label=_("下限以上的经费怎样分"), choices=SHARINGS, widget=forms.RadioSelect)
    key_support = forms.DecimalField(
        label=_("“重点支持”加分"),
        required=False,
        min_value=0,
        max_value=100,
        decimal_places=2,
        help_text=_("不填：排在没有的前面。"),
    )
    priority = forms.DecimalField(
        label=_("“优先”加分"),
        required=False,
        min_value=0,
        max_value=100,
        decimal_places=2,
        help_text=_("不填：排在没有的前面。"),
    )

    def policy(self) -> Policy:
        """Return what was set."""
        said = self.cleaned_data
        points = {
            lift: Fraction(said[lift.value])
            for lift in (Lift.KEY_SUPPORT, Lift.PRIORITY)
            if said[lift.value] is not None
        }
        return Policy(int(said["step"] * FEN_PER_WAN), Sharing(said["sharing"]), points)


def policy_values(policy: Policy) -> dict[str, Any]:
    """Return a policy as the form shows it."""
    points = {lift.value: Decimal(p.numerator) / p.denominator for lift, p in policy.lift_points.items()}
    return {"step": Decimal(policy.step_fen) / FEN_PER_WAN, "sharing": policy.sharing.value, **points}


class ItemForm(ReasonForm):
    """What is decided of one application."""

    state = forms.ChoiceField(label=_("决定"), choices=CHOICES, widget=forms.RadioSelect)
    amount = forms.DecimalField(
        label=_("金额（万元）"),
        required=False,
        min_value=0,
        max_value=Decimal(10_000_000),
        decimal_places=6,
        help_text=_("不填：按建议的金额。"),
    )
    field_order = ("version", "state", "amount", "reason")

    def amount_fen(self) -> int | None:
        """Return the sum in fen; None: that of the proposal."""
        amount = self.cleaned_data["amount"]
        return None if amount is None else int(amount * FEN_PER_WAN)


class MergeForm(ReasonForm):
    """Into which one an application is joined."""

    into = forms.ChoiceField(label=_("并入"))
    is_duplicate = forms.TypedChoiceField(
        label=_("关系"),
        choices=[("", _("合并为一项")), ("1", _("重复选题"))],
        coerce=bool,
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
    )
    field_order = ("version", "into", "is_duplicate", "reason")

    def __init__(self, *args: Any, others: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["into"]
        field.choices = [("", "—"), *others]

    def joining(self, selection_id: UUID) -> Joining:
        """Return what was asked for."""
        said = self.cleaned_data
        return Joining(selection_id, UUID(said["into"]), said["reason"], said["is_duplicate"])


def ranks_in(data: Mapping[str, str], rows: Iterable[Selection]) -> dict[UUID, int | None]:
    """Return the ranks that were typed and differ from those that stand; what is no whole number is left out."""
    found = {}
    for row in rows:
        typed = data.get(f"rank:{row.pk}", "").strip()
        rank = int(typed) if typed.isdecimal() and 0 < int(typed) <= 9999 else None
        if (rank is not None or typed == "") and rank != row.stated_rank:
            found[row.pk] = rank
    return found


def wrong_ranks(data: Mapping[str, str], rows: Iterable[Selection]) -> list[Selection]:
    """Return the rows whose rank is no whole number from 1."""
    typed = ((row, data.get(f"rank:{row.pk}", "").strip()) for row in rows)
    return [row for row, said in typed if said and not (said.isdecimal() and 0 < int(said) <= 9999)]


def found_in(data: Mapping[str, str], bars: Iterable[str], met: Iterable[int], parts: Iterable[str]) -> Found:
    """Return what was found out about one application."""
    votes = data.get("votes", "").strip()
    scope = {part: data.get(f"part:{part}", "").strip() for part in parts}
    return Found(
        {kind: ANSWERS.get(data.get(f"bar:{kind}", "")) for kind in bars},
        {str(number): ANSWERS.get(data.get(f"met:{number}", "")) for number in met},
        int(votes) if votes.isdecimal() else None,
        {part: int(amount) for part, amount in scope.items() if amount.isdecimal() and int(amount) > 0},
    )


def scope_in(data: Mapping[str, str], parts: Iterable[str]) -> dict[str, int] | None:
    """Return the part that is decided; None where nothing was typed."""
    typed = {part: data.get(f"part:{part}", "").strip() for part in parts}
    found = {part: int(amount) for part, amount in typed.items() if amount.isdecimal()}
    return found or None


def pilots_in(data: Mapping[str, str], rows: Iterable[Selection]) -> dict[str, bool | None]:
    """Return what is decided about each pilot, by the id of its application; None: by rank."""
    return {str(row.application_id): ANSWERS.get(data.get(f"pilot:{row.application_id}", "")) for row in rows}
