"""Evidence that comes with a form: pictures from the camera, files, links.

Files are stored as soon as they arrive, even where the form is refused for something else: nothing is sent twice. Their
ids then stand in the form.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from keqiao.web.activities.forms.fields import link_field
from keqiao.web.activities.papers import PURPOSE
from keqiao.web.files.actions import Announced, store_upload
from keqiao.web.files.queries import received_file

MOST_FILES, MOST_LINKS = 20, 20
CAMERA, CHOSEN, SENT, LINKS = "camera", "chosen", "sent", "links"


class SeveralFilesInput(forms.ClearableFileInput):
    """The browser's own field, for more than one file."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class SeveralFilesField(forms.FileField):
    """Any number of files; each is looked at when it is stored."""

    widget = SeveralFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files; empty ones and those with too long names are refused one by one."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(SeveralFilesField, self).clean(each, initial) for each in given]


class LinksField(forms.CharField):
    """One address a line."""

    def clean(self, value: Any) -> Any:
        """Return the addresses; each that is none is named."""
        one, found, faults = link_field(), [], []
        for line in super().clean(value).split():
            try:
                found.append(one.clean(line))
            except ValidationError:
                faults.append(
                    ValidationError(_("“%(line)s”不是网址。"), code="link", params={"line": line[:80]})
                )
        if len(found) > MOST_LINKS:
            faults.append(ValidationError(_("链接太多。"), code="links"))
        if faults:
            raise ValidationError(faults)
        return found


class EvidenceForm(forms.Form):
    """What shows that a record is true."""

    camera = SeveralFilesField(
        label=_("拍照"),
        required=False,
        widget=SeveralFilesInput(attrs={"accept": "image/*", "capture": "environment"}),
    )
    chosen = SeveralFilesField(label=_("照片和文件"), required=False)
    links = LinksField(
        label=_("链接"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2, "inputmode": "url"}),
        help_text=_("一行一个"),
    )

    def store(self, *, actor: Any, association_id: UUID, at: datetime) -> list[Any]:
        """Store what came, find what came before, and return all of it; what was refused stands at its field."""
        found = [
            self._stored(name, upload, actor, association_id, at)
            for name in (CAMERA, CHOSEN)
            for upload in self._uploads(name)
        ]
        before = (received_file(actor, pk, PURPOSE) for pk in self._sent())
        files = [
            file for file in (*before, *found) if file is not None and file.association_id == association_id
        ]
        if len(files) > MOST_FILES:
            self.add_error(
                CHOSEN,
                ValidationError(_("一次最多 %(most)s 个文件。"), code="files", params={"most": MOST_FILES}),
            )
        return list({file.pk: file for file in files}.values())[:MOST_FILES]

    def _uploads(self, name: str) -> Sequence[Any]:
        return (self.cleaned_data.get(name) or [])[:MOST_FILES]

    def _sent(self) -> list[UUID]:
        """The ids of files that came with an earlier try; what is no id was not written by the page."""
        getlist = getattr(self.data, "getlist", None)
        found = []
        for given in (getlist(SENT) if getlist else [])[:MOST_FILES]:
            try:
                found.append(UUID(given))
            except ValueError:
                continue
        return found

    def _stored(self, name: str, upload: Any, actor: Any, association_id: UUID, at: datetime) -> Any | None:
        wanted = Announced(PURPOSE, upload.name, upload.size, association_id)
        try:
            return store_upload(upload, wanted, actor=actor, at=at)
        except ValidationError as wrong:
            named = "; ".join(wrong.messages)
            fault = ValidationError(
                "%(name)s: %(why)s", code="file", params={"name": upload.name[:80], "why": named}
            )
            self.add_error(name, fault)
        return None
