"""Undo, redo and going back: which version was seen, and which one is wanted."""

from django import forms

from keqiao.web.programmes.forms.fields import VersionedForm


class RestoreForm(VersionedForm):
    """Go back to the version ``wanted``."""

    wanted = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
