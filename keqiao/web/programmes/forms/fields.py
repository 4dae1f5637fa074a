"""Fields for what definitions hold: lists of words, yuan, days that may be unfilled."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from keqiao.core.money import NotAnAmount, fen_from_yuan, yuan_from_fen


class LinesField(forms.CharField):
    """Several wordings, one a line; stored as a list."""

    def __init__(self, *, rows: int = 3, **options: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": rows}), **options)

    def prepare_value(self, value: Any) -> Any:
        """Show a stored list as lines; what was typed stays as it is."""
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        """Return the lines that say something."""
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


class YuanField(forms.CharField):
    """An amount in yuan; stored as an integer number of fen."""

    def __init__(self, **options: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(required=False, widget=widget, max_length=20, **options)

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


class DayField(forms.DateField):
    """A day; stored as text. A day that the document leaves unfilled shows as empty."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(required=False, widget=widget, **options)

    def prepare_value(self, value: Any) -> Any:
        """Show a stored day; nothing for one with unknown parts."""
        return None if isinstance(value, str) and "x" in value else value

    def clean(self, value: Any) -> str | None:
        """Return the day as YYYY-MM-DD."""
        day = super().clean(value)
        return day.isoformat() if isinstance(day, date) else None


class VersionedForm(forms.Form):
    """A form over one version of a draft: sent back with it, so that a stale one is noticed."""

    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
