"""What people choose about their own account."""

from django import forms
from django.conf import settings
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _


class LanguageForm(forms.Form):
    """The language of pages and mail, and the page to go back to."""

    language = forms.ChoiceField(label=_("语言"), choices=settings.LANGUAGES)
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_next(self) -> str:
        """Only paths of this site are gone back to."""
        address = self.cleaned_data["next"]
        return address if url_has_allowed_host_and_scheme(address, allowed_hosts=None) else ""
