"""A file in a form: sent with it, or sent before by resumable upload."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from keqiao.web.files.actions import Announced, store_upload
from keqiao.web.files.models import StoredFile
from keqiao.web.files.queries import received_file


class UploadForm(forms.Form):
    """One file. Without scripts it comes with the form; with them it is there already, and ``sent`` is its id.

    A room makes its own form from this one and sets ``purpose``; and ``is_needed`` where it does without a file,
    ``most_mb`` where the place takes less than the purpose.
    """

    purpose = ""
    most_mb: int | None = None
    is_needed = True

    file = forms.FileField(label=_("文件"), required=False, allow_empty_file=True)
    sent = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any] | None:
        """One of both must be there, if a file is needed."""
        cleaned = super().clean()
        if self.is_needed and not self.errors and not self.has_file:
            self.add_error("file", ValidationError(_("请选择文件。"), code="required"))
        return cleaned

    @property
    def has_file(self) -> bool:
        """Did a file come, now or before?"""
        return bool(self.cleaned_data.get("file") or self.cleaned_data.get("sent"))

    def store(self, *, actor: Any, association_id: UUID | None, at: datetime) -> StoredFile:
        """Return the stored file.

        Raises:
            ValidationError: it was refused, or ``sent`` is no upload of this sender for this purpose.
        """
        if sent := self.cleaned_data.get("sent"):
            file = received_file(actor, sent, self.purpose)
            if file is None or file.association_id != association_id:
                raise ValidationError(_("找不到已上传的文件，请重新选择。"), code="file.not_found")
            return file
        upload = self.cleaned_data["file"]
        wanted = Announced(self.purpose, upload.name, upload.size, association_id, self.most_mb)
        return store_upload(upload, wanted, actor=actor, at=at)
