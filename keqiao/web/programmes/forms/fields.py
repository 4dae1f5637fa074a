"""Fields for what definitions hold. Each gives plain values, and ``typed`` says what a person would have typed."""

import re
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from keqiao.core.money import NotAnAmount, fen_from_yuan, yuan_from_fen

LONGEST_NUMBER = 30  # digits; more than anybody writes
BREAK_BESIDE_HAN = re.compile(r"(?<=[^\x00-\x7f])\s*[\r\n]+\s*|\s*[\r\n]+\s*(?=[^\x00-\x7f])")
BREAK = re.compile(r"\s*[\r\n]+\s*")

YES, NO = "yes", "no"
FILL_IN = _("请填写。")


def typed_text(value: Any) -> list[str]:
    """Return what was typed for a value that is written as it is; nothing for None."""
    return [] if value is None else [str(value)]


class TextField(forms.CharField):
    """Words on one line. Line breaks that come along when words are copied are taken out."""

    def __init__(self, *, is_long: bool = False, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": 2}) if is_long else forms.TextInput()
        super().__init__(widget=widget, **options)

    def to_python(self, value: Any) -> Any:
        """Return one line."""
        said = super().to_python(value)
        return BREAK.sub(" ", BREAK_BESIDE_HAN.sub("", said)) if isinstance(said, str) else said

    def clean(self, value: Any) -> str | None:
        """Return the words, None where there are none."""
        return super().clean(value) or None

    typed = staticmethod(typed_text)


class LinesField(forms.CharField):
    """Several wordings, one a line; stored as a list."""

    def __init__(self, *, rows: int = 2, **options: Any) -> None:
        super().__init__(**{"required": False, **options}, widget=forms.Textarea(attrs={"rows": rows}))

    def prepare_value(self, value: Any) -> Any:
        """Show a stored list as lines; what was typed stays as it is."""
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        """Return the lines that say something."""
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]

    @staticmethod
    def typed(value: Any) -> list[str]:
        """Return the list as lines."""
        return ["\n".join(value or ())]


class WholeField(forms.IntegerField):
    """A whole number."""

    typed = staticmethod(typed_text)


class NumberField(forms.CharField):
    """A number as stated, exact: whole ones as int, others as text of decimals; never a float."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "decimal"}), max_length=30, **options)

    def clean(self, value: Any) -> int | str | None:
        """Return the number, None where there is none."""
        said = super().clean(value).replace(",", "").replace("，", "").strip()
        if not said:
            return None
        number = number_in(said)
        if number is None:
            raise ValidationError(_("“%(said)s”不是数字。"), code="number", params={"said": said})
        return number

    typed = staticmethod(typed_text)


class NumberOrTextField(TextField):
    """A number as the definition writes them, or words where it is none."""

    NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")

    def clean(self, value: Any) -> int | str | None:
        """Return the number or the words."""
        said = super().clean(value)
        return number_in(said) if said and self.NUMBER.fullmatch(said) else said


class YuanField(forms.CharField):
    """An amount in yuan; stored as an integer number of fen."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(**{"required": False, **options}, widget=widget, max_length=20)

    def prepare_value(self, value: Any) -> Any:
        """Show fen as yuan; what was typed stays as it is."""
        return f"{Decimal(yuan_from_fen(value)):f}" if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        """Return the amount in fen."""
        said = super().clean(value).replace(",", "").replace("，", "").strip()
        if not said:
            return None
        try:
            return fen_from_yuan(said)
        except NotAnAmount as wrong:
            raise ValidationError(
                _("“%(said)s”不是金额。请填写数字，单位为元，例如 150000。"),
                code="amount",
                params={"said": said},
            ) from wrong

    @staticmethod
    def typed(value: Any) -> list[str]:
        """Return the amount in yuan."""
        return [] if value is None else [f"{Decimal(yuan_from_fen(value)):f}"]


class DayField(forms.DateField):
    """A day; stored as text."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(**{"required": False, **options}, widget=widget)

    def clean(self, value: Any) -> str | None:
        """Return the day as YYYY-MM-DD."""
        day = super().clean(value)
        return day.isoformat() if isinstance(day, date) else None

    typed = staticmethod(typed_text)


class DayOrPrinted(forms.MultiWidget):
    """A day, and beside it a place for a day that the document does not fill in."""

    template_name = "programmes/fields/day_or_printed.html"
    use_fieldset = False

    def __init__(self) -> None:
        day = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        printed = forms.TextInput(attrs={"placeholder": "1988-xx-xx", "size": 12, "maxlength": 10})
        super().__init__({"": day, "printed": printed})

    def decompress(self, value: Any) -> list[Any]:
        """Show a value in the place it belongs to."""
        return [None, value] if value and "x" in value else [value, None]

    def id_for_label(self, id_: str) -> str:
        """Return the id of the day: that is what is asked for."""
        return f"{id_}_0" if id_ else id_


class PossibleDayField(forms.MultiValueField):
    """A day, or a day as printed of which a part is unknown (``1988-xx-xx``). A full day goes before."""

    widget = DayOrPrinted
    PRINTED = re.compile(r"^(\d{4}|xxxx)-(\d{2}|xx)-(\d{2}|xx)$", re.ASCII)

    def __init__(self, *, required: bool = False, **options: Any) -> None:
        self.is_needed = required
        fields = (forms.DateField(required=False), forms.CharField(required=False, max_length=10))
        super().__init__(fields=fields, required=False, require_all_fields=False, **options)

    def compress(self, data_list: list[Any]) -> str | None:
        """Return the day as YYYY-MM-DD, else what is printed."""
        day, printed = data_list or (None, "")
        if day:
            return day.isoformat()
        said = printed.strip().lower()
        if said and not (self.PRINTED.match(said) and "x" in said):
            raise ValidationError(
                _("“%(said)s”看不懂。未填完整的日期请写成 1988-xx-xx 的样子。"),
                code="printed",
                params={"said": said},
            )
        if self.is_needed and not said:
            raise ValidationError(self.error_messages["required"], code="required")
        return said or None

    @staticmethod
    def typed(value: Any) -> list[str]:
        """Return the day; what is printed has a name of its own (see ``typed_printed``)."""
        return [] if value is None or "x" in value else [value]

    @staticmethod
    def typed_printed(value: Any) -> list[str]:
        """Return what is printed of a day with unknown parts."""
        return [value] if value is not None and "x" in value else []


class HourField(forms.TimeField):
    """Hours and minutes; stored as HH:MM."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(widget=widget, **options)

    def clean(self, value: Any) -> str | None:
        """Return the time as HH:MM."""
        at = super().clean(value)
        return f"{at:%H:%M}" if isinstance(at, time) else None

    @staticmethod
    def typed(value: Any) -> list[str]:
        """Return the time without seconds."""
        return [] if value is None else [value[:5]]


class YesField(forms.BooleanField):
    """A tick."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "required": False})

    @staticmethod
    def typed(value: Any) -> list[str]:
        """Return a tick or nothing."""
        return ["on"] if value else []


class OneOfField(forms.ChoiceField):
    """One of several; a value that is not offered any more is kept and shown as such."""

    def clean(self, value: Any) -> str | None:
        """Return what was chosen, None where nothing was."""
        return super().clean(value) or None

    typed = staticmethod(typed_text)


class YesNoUnsaidField(OneOfField):
    """Yes, no, or not stated."""

    def __init__(self, **options: Any) -> None:
        choices = (("", _("未写明")), (YES, _("是")), (NO, _("否")))
        super().__init__(**{**options, "required": False}, choices=choices)

    def clean(self, value: Any) -> bool | None:  # type: ignore[override]
        """Return yes or no, None where it is not stated."""
        said = super().clean(value)
        return None if said is None else said == YES

    @staticmethod
    def typed(value: Any) -> list[str]:
        """Return the code of the answer."""
        return [] if value is None else [YES if value else NO]


class SeveralOfField(forms.MultipleChoiceField):
    """Several of many, in the order in which they were sent: those chosen stand first on the page."""

    widget = forms.CheckboxSelectMultiple

    @staticmethod
    def typed(value: Any) -> list[str]:
        """Return what was chosen."""
        return list(value or ())


LAST_VERSION = 2**31 - 1  # the column takes no higher one


class VersionedForm(forms.Form):
    """A form over one version of a draft: sent back with it, so that a stale one is noticed."""

    version = forms.IntegerField(min_value=1, max_value=LAST_VERSION, widget=forms.HiddenInput)


def number_in(said: str) -> int | str | None:
    """Return the number that ``said`` is: whole ones as int, others as text of decimals; None if it is none."""
    try:
        number = Decimal(said)
    except InvalidOperation:
        return None
    if not number.is_finite() or number.adjusted() > LONGEST_NUMBER:
        return None
    return int(number) if number == number.to_integral_value() else f"{number:f}"
