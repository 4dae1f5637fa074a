"""What officers write about their association and its offices."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from keqiao.web.parties.actions import OfficeDetails
from keqiao.web.parties.models import Association, Office

PHONE = re.compile(r"\+?[0-9][0-9\- ]{4,18}([转\-x][0-9]{1,6})?")
PLACES_OF_A_NUMBER = {"mark", "year", "number"}


class PhonesField(forms.CharField):
    """Telephone numbers, one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        """Show a stored list as lines; what was typed stays as it is."""
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> tuple[str, ...]:
        """Return the numbers, or say which line is none."""
        lines = [line.strip() for line in super().clean(value).splitlines()]
        numbers = tuple(line for line in lines if line)
        for number in numbers:
            if not PHONE.fullmatch(number):
                raise ValidationError(
                    _("“%(number)s”不是电话号码。"), code="phone.malformed", params={"number": number}
                )
        return numbers


class OfficeForm(forms.ModelForm):  # type: ignore[type-arg]
    """One office."""

    phones = PhonesField(label=_("电话"), required=False, help_text=_("每行一个号码"))

    class Meta:
        model = Office
        fields = ("name", "phones", "email", "address", "postcode")

    def details(self) -> OfficeDetails:
        """Return what was written, for the actions."""
        return OfficeDetails(**self.cleaned_data)

    def clean_postcode(self) -> str:
        """A postcode has six digits."""
        code = self.cleaned_data["postcode"].strip()
        if code and not re.fullmatch(r"[0-9]{6}", code):
            raise ValidationError(_("邮政编码应为 6 位数字。"), code="postcode.malformed")
        return code


class AssociationForm(forms.ModelForm):  # type: ignore[type-arg]
    """How the association appears, and how its documents are numbered."""

    class Meta:
        model = Association
        fields = ("site_name", "document_mark", "number_pattern")

    def clean_number_pattern(self) -> str:
        """The pattern has year and number, and nothing else in braces."""
        pattern = self.cleaned_data["number_pattern"]
        named = re.findall(r"\{(.*?)\}", pattern)
        if not {"year", "number"} <= set(named) <= PLACES_OF_A_NUMBER or len(named) != len(set(named)):
            raise ValidationError(
                _("文号格式须含 {year} 和 {number} 各一次，另可含 {mark}。"), code="number_pattern.malformed"
            )
        return pattern


class SecondPersonForm(forms.Form):
    """Whether publishing needs a second person; each button sends its own ``wanted``."""

    wanted = forms.TypedChoiceField(
        choices=[("yes", _("要求第二人审批")), ("no", _("不再要求"))],
        coerce=lambda said: said == "yes",
        widget=forms.HiddenInput,
    )
