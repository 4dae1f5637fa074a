"""What somebody writes to keep a view of a list."""

from django import forms
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from keqiao.web.ui.actions import NewView


class PageField(forms.CharField):
    """The path of a page of this site, to come back to."""

    def clean(self, value: object) -> str:
        """Return the path, or refuse what is no page of ours (another host, another scheme)."""
        path = super().clean(value)
        try:
            resolve(path)
        except Resolver404 as unknown:
            raise forms.ValidationError(_("没有这个页面。"), code="page.unknown") from unknown
        return path


class ViewForm(forms.Form):
    """Name of a view, and whether colleagues share it."""

    list_code = forms.RegexField(r"^[a-z_]+(\.[a-z_]+)*$", max_length=60, widget=forms.HiddenInput)
    page = PageField(max_length=300, widget=forms.HiddenInput)
    asked = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)
    name = forms.CharField(label=_("视图名称"), max_length=20)
    is_shared = forms.BooleanField(label=_("本科协同事共用"), required=False)

    def view(self) -> NewView:
        """Return what was written, for the action."""
        data = self.cleaned_data
        return NewView(data["list_code"], data["name"], data["asked"], data["is_shared"])
