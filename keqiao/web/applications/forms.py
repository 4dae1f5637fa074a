"""What comes with a submission."""

from django import forms


class SubmitForm(forms.Form):
    """``key`` names this submission, ``queue`` holds the arrival of its first try, ``reason`` passes warnings."""

    key = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)
    queue = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)
    reason = forms.CharField(required=False, max_length=400)
