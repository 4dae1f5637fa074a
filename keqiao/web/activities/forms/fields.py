"""A field of a form for each type of field of the vocabulary: number, words, link, ranked words. None for each kind."""

import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from keqiao.core.programme.fact_words import FactField
from keqiao.readers.lifecycle_words import Language

LONGEST_WORDS = 80
LONGEST_LINK = 500
MOST = Decimal(10) ** 9
DECIMALS = 2
SEVERAL = "、"


class ExactField(forms.DecimalField):
    """A number as people write it: 1,200 or １２００; never below 0. Whole where only that makes sense."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=Decimal(0), max_value=MOST, max_digits=12, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        """Return the number; full-width digits and thousands' marks are read."""
        plain = unicodedata.normalize("NFKC", value).replace(",", "") if isinstance(value, str) else value
        return super().to_python(plain)


class WordsField(forms.CharField):
    """Words: one, or several with 、 between them. ``offered`` are proposed while somebody types."""

    def __init__(self, *, several: bool, offered: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST_WORDS, **kwargs)
        self.several, self.offered = several, tuple(offered)

    def clean(self, value: Any) -> Any:
        """Return the words, or a list of them; control characters are refused."""
        words = " ".join(super().clean(value).split())
        if any(unicodedata.category(each) == "Cc" for each in words):
            raise ValidationError(_("含有不能显示的字符。"), code="control")
        if not self.several:
            return words
        parts = (part.strip() for part in words.replace("，", SEVERAL).replace(",", SEVERAL).split(SEVERAL))
        return list(dict.fromkeys(part for part in parts if part))

    def prepare_value(self, value: Any) -> Any:
        """Show several words with 、 between them."""
        return SEVERAL.join(value) if isinstance(value, list | tuple) else value


def link_field(**kwargs: Any) -> forms.URLField:
    """Return a field for an address of the web."""
    return forms.URLField(max_length=LONGEST_LINK, assume_scheme="https", **kwargs)


def field_for(stated: FactField, language: Language, offered: Sequence[str] = ()) -> forms.Field:
    """Return the field of a form for a field of the vocabulary."""
    said: dict[str, Any] = {"label": stated.name[language], "required": False}
    if stated.is_number:
        if unit := (stated.unit or {}).get(language):
            said["help_text"] = unit
        return ExactField(decimal_places=0 if stated.whole else DECIMALS, widget=_number_blank(), **said)
    if stated.type == "link":
        return link_field(**said)
    if stated.type == "ranked":
        choices = [("", "—"), *((word, word) for word in stated.order)]
        return forms.ChoiceField(choices=choices, widget=forms.Select(attrs={"class": "form-select"}), **said)
    if stated.several:
        said["help_text"] = _("不止一个的，用顿号隔开")
    return WordsField(several=stated.several, offered=offered, **said)


def _number_blank() -> forms.TextInput:
    """A plain blank with the keys for numbers: a number blank of the browser drops what it cannot read."""
    return forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
