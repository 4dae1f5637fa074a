"""Answers to doubts, and the reason for publishing in spite of warnings."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from keqiao.web.programmes.actions import Answer
from keqiao.web.programmes.forms.fields import VersionedForm

VERDICTS = (("confirmed", _("无误")), ("dismissed", _("不处理")), ("used", _("已手工录入")))


class AnswerForm(VersionedForm):
    """What an officer says to one doubt, or to one number that nothing used."""

    key = forms.CharField(max_length=300, widget=forms.HiddenInput)
    verdict = forms.ChoiceField(choices=VERDICTS)
    reason = forms.CharField(label=_("理由"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        """Whatever is left as it is needs a reason."""
        cleaned = super().clean() or {}
        if cleaned.get("verdict") == "dismissed" and not cleaned.get("reason", "").strip():
            self.add_error("reason", ValidationError(_("请写明不处理的理由。"), code="required"))
        return cleaned

    def answer(self) -> Answer:
        """Return what was said, for the actions."""
        said = self.cleaned_data
        return Answer(said["key"], said["version"], said["verdict"], said["reason"].strip())


class PublishForm(VersionedForm):
    """Publish: with a reason where warnings remain."""

    note = forms.CharField(
        label=_("说明"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("有提醒事项时须写明为何仍可发布，说明会随版本公开。"),
    )


class RemoveForm(VersionedForm):
    """Take a statement or an entry away, and say why."""

    reason = forms.CharField(label=_("删除理由"), max_length=200)
