"""Fields of several forms: a unit or person as people call it, a region, money in yuan."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from keqiao.web.calendars.forms import DayField
from keqiao.web.parties.finding import parties_called, regions_called

__all__ = ["DayField", "LineForm", "PartyField", "RegionField", "YuanField", "day_in_order"]


class PartyField(forms.CharField):
    """A unit or a person, by full, short or former name, or by credit code. Nobody is ever guessed."""

    def __init__(self, *, kind: str = "", **kwargs: Any) -> None:
        super().__init__(max_length=120, **kwargs)
        self.kind = kind

    def clean(self, value: Any) -> Any:
        """Return the party, or nothing; say so where none or several are called so."""
        words = super().clean(value)
        if not words:
            return None
        found = parties_called(words, self.kind)
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(
                _("没有找到“%(words)s”。请核对名称或代码；尚未登记的，先在“单位与人员”中登记。"),
                code="party.unknown",
                params={"words": words},
            )
        raise ValidationError(
            _("有 %(count)s 个同名的。请改填统一社会信用代码，或从其登记页面进入后办理。"),
            code="party.several",
            params={"count": len(found)},
        )


class RegionField(forms.CharField):
    """A region, by name or code as of today."""

    def __init__(self, *, day: date | None = None, **kwargs: Any) -> None:
        super().__init__(max_length=60, **kwargs)
        self.day = day

    def clean(self, value: Any) -> Any:
        """Return the region, or nothing; say so where none or several are called so."""
        words = super().clean(value)
        if not words:
            return None
        found = regions_called(words, self.day or date.max)
        if len(found) == 1:
            return found[0]
        fault = (
            _("没有找到地区“%(words)s”。") if not found else _("“%(words)s”不止一个，请改填行政区划代码。")
        )
        raise ValidationError(fault, code="region.unclear", params={"words": words})


class YuanField(forms.DecimalField):
    """An amount in yuan, given to the acts in fen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=14, decimal_places=2, min_value=Decimal(0), **kwargs)

    def clean(self, value: Any) -> Any:
        """Return whole fen, or nothing."""
        yuan = super().clean(value)
        return None if yuan is None else int(yuan * 100)


class LineForm(forms.Form):
    """A form of one line of a register. ``today`` is the day of the request, ``association`` whose register it is."""

    def __init__(self, *args: Any, today: date, association_id: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.association_id = today, association_id
        for field in self.fields.values():
            if isinstance(field, RegionField):
                field.day = today


def day_in_order(form: forms.Form, first: str, last: str) -> None:
    """Say at ``last`` that a period ends before it begins."""
    since, until = form.cleaned_data.get(first), form.cleaned_data.get(last)
    if since and until and until < since:
        form.add_error(last, ValidationError(_("截止日期早于起始日期。"), code="out_of_order"))
