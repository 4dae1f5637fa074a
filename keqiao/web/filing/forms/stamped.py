"""Forms of stamped pages: pictures of them, what a picture shows, why it counts no more."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST_FILES = 10
ACCEPTED = "image/jpeg,image/png,image/tiff,application/pdf"
"""HEIC is left out on purpose: an iPhone then hands over a JPEG by itself."""


class ManyFilesInput(forms.ClearableFileInput):
    """A field of the browser for several files."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files at once, each checked as one."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files that came."""
        return [super(ManyFilesField, self).clean(each, initial) for each in data or ()]


class BringForm(forms.Form):
    """Pictures or PDF files of stamped pages, several at once; on a phone one straight from the camera."""

    files = ManyFilesField(
        label=_("图片或 PDF"),
        required=False,
        widget=ManyFilesInput(attrs={"accept": ACCEPTED}),
        help_text=_("可一次选多张；多页可放在一个 PDF 中。哪一页是哪个申报，系统按页上的码识别。"),
    )
    photo = forms.FileField(
        label=_("手机拍照"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png", "capture": "environment"}),
        help_text=_("整页入镜，四角的码都要拍到；角度、光线不限。"),
    )

    def clean(self) -> dict[str, Any] | None:
        """Something must come, and no more than can be looked at while one waits."""
        cleaned = super().clean() or {}
        count = len(self.brought(cleaned))
        if not self.errors and not count:
            self.add_error("files", ValidationError(_("请选择文件。"), code="required"))
        if count > MOST_FILES:
            words = _("一次最多上传 %(most)s 个文件。")
            self.add_error("files", ValidationError(words, code="too_many", params={"most": MOST_FILES}))
        return cleaned

    @staticmethod
    def brought(cleaned: dict[str, Any]) -> list[Any]:
        """The files that came, by either way."""
        return [each for each in (*cleaned.get("files", ()), cleaned.get("photo")) if each]


class OfficeBringForm(BringForm):
    """The same in an office, for one of its associations."""

    association = forms.ModelChoiceField(label=_("科协"), queryset=None, empty_label=None)

    field_order = ("association", "files", "photo")

    def __init__(self, *args: Any, associations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["association"].queryset = associations  # type: ignore[attr-defined]
        if associations.count() == 1:
            self.fields["association"].widget = forms.HiddenInput()
            self.initial["association"] = associations.get().pk


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("理由"), max_length=200)


class AttachForm(ReasonForm):
    """Which application a picture shows, or which page: by the beginning of the fingerprint printed on it."""

    number = forms.CharField(
        label=_("受理编号或指纹前 8 位"),
        max_length=80,
        help_text=_("指纹印在盖章页下方。按指纹关联可核对版本；推荐名单的盖章页没有受理编号，只按指纹关联。"),
    )

    field_order = ("number", "reason")
