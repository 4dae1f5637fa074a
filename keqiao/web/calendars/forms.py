"""What is entered about local days, and what the calculator is asked."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from keqiao.core.workdays import DayKind, Period, Suspension, Term
from keqiao.web.calendars.actions import NewOverride
from keqiao.web.calendars.papers import PURPOSE
from keqiao.web.files.forms import UploadForm

DAYS_OFF, DAYS_WORKED = "off", "worked"
MOST_CORRECTIONS = 3
LONGEST_TERM = 400  # days of one count; every day is shown
LONGEST_PERIOD = 800
FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2200, 12, 31)  # the years that calls may have


class DayField(forms.DateField):
    """A day, chosen from the browser's own calendar or typed as 2026-03-02."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_validators = [MinValueValidator(FIRST_DAY), MaxValueValidator(LAST_DAY)]


class OverrideForm(UploadForm):
    """Local days off or worked."""

    purpose = PURPOSE
    is_needed = False
    field_order = ("works", "first", "last", "reason", "source", "file", "sent")

    works = forms.ChoiceField(
        label=_("安排"),
        choices=[(DAYS_OFF, _("放假（不上班）")), (DAYS_WORKED, _("上班"))],
        widget=forms.RadioSelect,
        initial=DAYS_OFF,
    )
    first = DayField(label=_("起始日期"))
    last = DayField(label=_("截止日期"), required=False, help_text=_("只有一天的，不填"))
    reason = forms.CharField(label=_("事由"), max_length=100, help_text=_("如：全市停电检修"))
    source = forms.CharField(
        label=_("依据文件及文号"),
        max_length=200,
        required=False,
        help_text=_("如：三门峡市人民政府办公室通知，三政办〔2026〕8号"),
    )

    def clean(self) -> dict[str, Any] | None:
        """The days are in order."""
        cleaned = super().clean()
        _require_order(self, "first", "last", _("截止日期早于起始日期。"))
        return cleaned

    def wanted(self, file_id: UUID | None) -> NewOverride:
        """Return what was written, for the actions."""
        said = self.cleaned_data
        period = Period(said["first"], said["last"] or said["first"])
        return NewOverride(period, said["works"] == DAYS_WORKED, said["reason"], said["source"], file_id)


class TakeBackForm(forms.Form):
    """Why an override is taken back."""

    reason = forms.CharField(label=_("撤回理由"), max_length=200)


class CountForm(forms.Form):
    """What both questions of the calculator share: which days count, and when the count stood still."""

    kind = forms.ChoiceField(
        label=_("怎么数"),
        choices=[(DayKind.WORKING.value, _("按工作日")), (DayKind.CALENDAR.value, _("按自然日"))],
        widget=forms.RadioSelect,
        initial=DayKind.WORKING.value,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, MOST_CORRECTIONS + 1):
            self.fields[f"asked_{number}"] = DayField(label=_("通知补正日"), required=False)
            self.fields[f"returned_{number}"] = DayField(label=_("交回日"), required=False)

    @property
    def corrections(self) -> list[tuple[Any, Any]]:
        """The pairs of fields of the corrections, for the page."""
        numbers = range(1, MOST_CORRECTIONS + 1)
        return [(self[f"asked_{number}"], self[f"returned_{number}"]) for number in numbers]

    @property
    def has_corrections(self) -> bool:
        """Is anything written in the fields of corrections?"""
        return any(field.value() for pair in self.corrections for field in pair)

    def clean(self) -> dict[str, Any] | None:
        """A return has its asking, and does not come before it."""
        cleaned = super().clean()
        for number in range(1, MOST_CORRECTIONS + 1):
            asked, returned = f"asked_{number}", f"returned_{number}"
            if self.cleaned_data.get(returned) and not self.cleaned_data.get(asked):
                self.add_error(asked, ValidationError(_("请填写通知补正的日期。"), code="required"))
            _require_order(self, asked, returned, _("交回日早于通知补正日。"))
            _require_near(self, asked, returned)
        return cleaned

    def suspensions(self) -> tuple[Suspension, ...]:
        """Return the corrections that were written down."""
        said = self.cleaned_data
        numbers = (n for n in range(1, MOST_CORRECTIONS + 1) if said[f"asked_{n}"])
        return tuple(Suspension(said[f"asked_{n}"], said[f"returned_{n}"]) for n in numbers)


class TermForm(CountForm):
    """From a day on: when is a number of days over?"""

    field_order = ("start", "days", "kind", "first_day")

    start = DayField(label=_("起算日"))
    days = forms.IntegerField(label=_("天数"), min_value=1, max_value=LONGEST_TERM, initial=5)
    first_day = forms.ChoiceField(
        label=_("起算日当天"),
        choices=[("counts", _("计入（公示期惯例）")), ("after", _("不计，自次日起算"))],
        widget=forms.RadioSelect,
        initial="counts",
    )

    def term(self) -> Term:
        """Return the term that was asked about."""
        said = self.cleaned_data
        return Term(said["days"], DayKind(said["kind"]), said["first_day"] == "counts")


class BetweenForm(CountForm):
    """How many days count between two days, both included?"""

    field_order = ("first", "last", "kind")

    first = DayField(label=_("起始日期"))
    last = DayField(label=_("截止日期"), help_text=_("首尾两天都计入"))

    def clean(self) -> dict[str, Any] | None:
        """The days are in order and not too far apart to be shown."""
        cleaned = super().clean()
        _require_order(self, "first", "last", _("截止日期早于起始日期。"))
        _require_near(self, "first", "last")
        return cleaned

    def period(self) -> Period:
        """Return the days that were asked about."""
        return Period(self.cleaned_data["first"], self.cleaned_data["last"])

    def term(self) -> Term:
        """Return how the days are counted; the length does not matter here."""
        return Term(1, DayKind(self.cleaned_data["kind"]))


def _require_order(form: forms.Form, earlier: str, later: str, fault: Any) -> None:
    first: date | None = form.cleaned_data.get(earlier)
    last: date | None = form.cleaned_data.get(later)
    if first and last and last < first:
        form.add_error(later, ValidationError(fault, code="out_of_order"))


def _require_near(form: forms.Form, earlier: str, later: str) -> None:
    """The count is shown day by day."""
    first: date | None = form.cleaned_data.get(earlier)
    last: date | None = form.cleaned_data.get(later)
    if first and last and last - first > timedelta(days=LONGEST_PERIOD):
        form.add_error(later, ValidationError(_("两日相距太远，请分段计算。"), code="too_far"))
