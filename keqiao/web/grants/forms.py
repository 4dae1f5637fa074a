"""What the pages of grants ask: how they begin, terms and instalments, receipts, changes, and single acts."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from keqiao.core.money import yuan_from_fen
from keqiao.web.files.forms import UploadForm
from keqiao.web.grants.actions.agreements import Drafted, Payment
from keqiao.web.grants.actions.beginning import DEFAULT_PATTERN, Beginning
from keqiao.web.grants.actions.changes import LONGEST_LINE, LONGEST_TITLE, Wanted
from keqiao.web.grants.actions.instalments import LONGEST_VOUCHER
from keqiao.web.grants.actions.receipts import LONGEST_NUMBER
from keqiao.web.grants.models import CONDITION_WORDS, Grant
from keqiao.web.grants.models.grants import LONGEST_WORDS
from keqiao.web.grants.papers import PURPOSE
from keqiao.web.grants.terms import lines_of, plan_of
from keqiao.web.registers.forms.fields import DayField, YuanField

MOST_INSTALMENTS = 6
LONGEST_NAME = 40
LONGEST_RULE = 2000


def words_field(
    label: Any, *, required: bool = True, rows: int = 3, most: int = LONGEST_WORDS
) -> forms.CharField:
    """Return a field for a few sentences."""
    return forms.CharField(
        label=label, max_length=most, required=required, widget=forms.Textarea(attrs={"rows": rows})
    )


class BeginForm(forms.Form):
    """How the grants of a call begin; ``expected`` is how many the page showed."""

    expected = forms.IntegerField(widget=forms.HiddenInput)
    pattern = forms.CharField(
        label=_("编号格式"),
        max_length=60,
        initial=DEFAULT_PATTERN,
        help_text=_("可用 {mark} {call} {year} {category} {number}；{number:03} 为三位序号"),
    )
    shares = forms.CharField(
        label=_("分期比例（%）"),
        max_length=40,
        initial="100",
        help_text=_("一次拨付填 100；分期如 60,40。第一期在签订后，末期在验收合格后；每个项目可以再改"),
    )

    def clean_shares(self) -> tuple[int, ...]:
        """Return the shares as whole numbers."""
        words = self.cleaned_data["shares"].replace("，", ",").replace("、", ",").replace("%", "")
        try:
            return tuple(int(each) for each in words.split(",") if each.strip())
        except ValueError as wrong:
            raise ValidationError(_("请填整数百分比，用逗号分开。"), code="shares") from wrong

    def how(self) -> Beginning:
        """Return what was typed, for the actions."""
        return Beginning(self.cleaned_data["pattern"].strip(), self.cleaned_data["shares"])


class DraftForm(forms.Form):
    """Term, instalments and further sentences of an agreement."""

    begins_on = DayField(label=_("开始日期"), required=False)
    ends_on = DayField(label=_("结束日期"), required=False)
    sign_by = DayField(label=_("签订期限"), required=False, help_text=_("含当天；不限期的，不填"))
    rules = words_field(_("补充约定"), required=False, rows=4, most=LONGEST_RULE)

    def __init__(self, *args: Any, grant: Grant, **kwargs: Any) -> None:
        initial = {name: getattr(grant, name) for name in ("begins_on", "ends_on", "sign_by")}
        initial |= {"rules": "\n".join(grant.rules)}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["rules"].help_text = _("一行一条，写进任务书的“共同约定”")
        plan = plan_of(grant)
        for number in range(1, MOST_INSTALMENTS + 1) if grant.amount_fen else ():
            row = plan[number - 1] if number <= len(plan) else None
            self.fields |= _instalment_fields(number, row)

    def rows(self) -> list[tuple[int, list[Any]]]:
        """Return the bound fields of each instalment."""
        names = ("name", "amount", "condition", "due")
        numbers = range(1, MOST_INSTALMENTS + 1)
        return [
            (number, [self[f"{name}_{number}"] for name in names])
            for number in numbers
            if f"name_{number}" in self.fields
        ]

    def drafted(self) -> Drafted:
        """Return what was typed, for the actions."""
        said = self.cleaned_data
        rules = [line for line in said["rules"].splitlines() if line.strip()]
        return Drafted(said["begins_on"], said["ends_on"], said["sign_by"], rules, list(self._payments()))

    def _payments(self) -> Iterator[Payment]:
        said = self.cleaned_data
        for number, _fields in self.rows():
            if said[f"amount_{number}"]:
                yield Payment(
                    said[f"name_{number}"].strip() or f"第{number}期",
                    said[f"amount_{number}"],
                    said[f"condition_{number}"],
                    said[f"due_{number}"],
                )


def _instalment_fields(number: int, row: Any) -> dict[str, forms.Field]:
    conditions = [("", _("无条件")), *((each.value, words) for each, words in CONDITION_WORDS.items())]
    return {
        f"name_{number}": forms.CharField(
            label=_("名称"), max_length=LONGEST_NAME, required=False, initial=row.name if row else ""
        ),
        f"amount_{number}": YuanField(
            label=_("金额（元）"), required=False, initial=yuan_from_fen(row.amount_fen) if row else None
        ),
        f"condition_{number}": forms.ChoiceField(
            label=_("条件"), choices=conditions, required=False, initial=row.condition if row else ""
        ),
        f"due_{number}": DayField(label=_("日期"), required=False, initial=row.due_on if row else None),
    }


class ReceiptForm(UploadForm):
    """A receipt that the unit hands in."""

    purpose = PURPOSE

    number = forms.CharField(label=_("票据号"), max_length=LONGEST_NUMBER)
    line = forms.ChoiceField(label=_("支出科目"))
    words = forms.CharField(label=_("用途"), max_length=200)
    spent_on = DayField(label=_("开票日期"))
    claimed = YuanField(label=_("申报金额（元）"))

    def __init__(self, *args: Any, grant: Grant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].choices = [  # type: ignore[attr-defined]
            (line.key, line.key) for line in lines_of(grant) if line.grant_fen
        ]
        self.order_fields(("number", "line", "words", "spent_on", "claimed", "file", "sent"))


class JudgeForm(forms.Form):
    """What of a receipt is admitted."""

    admitted = YuanField(label=_("核定金额（元）"))
    reason = words_field(_("核减理由"), required=False, rows=2)


class ChangeForm(forms.Form):
    """What a unit wants otherwise: title, last day, leader, the lines of the budget; and why."""

    title = forms.CharField(label=_("项目名称"), max_length=LONGEST_TITLE, required=False)
    ends_on = DayField(label=_("结束日期"), required=False)
    leader = forms.ChoiceField(label=_("项目负责人"), required=False)
    words = words_field(_("变更理由"))

    def __init__(self, *args: Any, grant: Grant, people: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = [line for line in lines_of(grant) if line.grant_fen]
        self.fields["leader"].choices = [("", _("不变")), *people]  # type: ignore[attr-defined]
        for number, line in enumerate(self.lines):
            label = line.key
            self.fields[f"line_{number}"] = YuanField(
                label=label, required=False, initial=yuan_from_fen(line.grant_fen)
            )
        if self.lines:
            self.fields["new_line"] = forms.CharField(
                label=_("新增科目"), max_length=LONGEST_LINE, required=False
            )
            self.fields["new_amount"] = YuanField(label=_("新增科目金额（元）"), required=False)

    def of_lines(self) -> list[Any]:
        """Return the bound fields of the budget."""
        names = [f"line_{number}" for number in range(len(self.lines))]
        return [self[name] for name in (*names, *(("new_line", "new_amount") if names else ()))]

    def wanted(self) -> Wanted:
        """Return what was typed, for the actions."""
        said = self.cleaned_data
        lines = {line.key: said[f"line_{number}"] or 0 for number, line in enumerate(self.lines)}
        if self.lines and said["new_line"].strip():
            lines[said["new_line"].strip()] = said["new_amount"] or 0
        return Wanted(
            said["title"] or None,
            said["ends_on"],
            UUID(said["leader"]) if said["leader"] else None,
            lines if self.lines else None,
        )


class ActForm(forms.Form):
    """What a single act asks for: only the named fields are there."""

    reason = words_field(_("理由"))
    words = words_field(_("说明"), required=False)
    voucher = forms.CharField(label=_("凭证号"), max_length=LONGEST_VOUCHER)
    day = DayField(label=_("日期"))
    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, asks: Iterable[str], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(asks):
            del self.fields[name]
        if "day" in self.fields:
            self.fields["day"].initial = today
