"""The office's own document of a form: where it lies, and a form as a Word file on it, for all who give one out."""

from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from keqiao.core.forms.paper.single import Answered
from keqiao.core.programme.forms import Form
from keqiao.readers.gate import pass_gate
from keqiao.readers.unreadable import Unreadable
from keqiao.web.files.queries import path_of, stored_with
from keqiao.web.programmes.documents import PURPOSE
from keqiao.writers.forms.document import write_form
from keqiao.writers.forms.imprint import Imprint
from keqiao.writers.forms.office import NoSuchBlank
from keqiao.writers.forms.opening import Unfit, check_can_be_filled

KIND = "docx"


class TemplateGone(Exception):
    """The office's own document of a form is not kept, may not be read, or is not the one that was confirmed."""


class TemplateUnfit(TemplateGone):
    """It is there and cannot be filled in; the text is what stood in the way."""


def check_fillable(path: Path, name: str) -> None:
    """See that answers can be written into a document that was uploaded as ``name``, before it becomes a form.

    Raises:
        Unreadable: they cannot.
    """
    try:
        check_can_be_filled(path)
    except Unfit as unfit:
        raise Unreadable("unreadable.form_not_fillable", name=name, detail=str(unfit)) from unfit


def template_of(form: Form, association_id: UUID) -> Path | None:
    """Return where the office's own document of a form of this association lies; None where the form has none.

    It passes the gate each time: a definition can name any document of the association.

    Raises:
        TemplateGone: it is not there, or it is refused.
    """
    if form.paper is None:
        return None
    file = stored_with(form.paper.file, PURPOSE, association_id)
    if file is None:
        raise TemplateGone(form.id)
    path = path_of(file)
    try:
        kind = pass_gate(path)
    except (Unreadable, OSError) as refused:
        raise TemplateGone(form.id) from refused
    if kind != KIND:
        raise TemplateGone(form.id)
    return path


def form_as_word(about: Answered, imprint: Imprint, template: Path | None) -> bytes:
    """Return the form as Word file: on the office's own document, else in the layout of its fields.

    Raises:
        TemplateGone: the document is not the one whose blanks were confirmed.
        TemplateUnfit: it cannot be filled in.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder) / "form.docx"
        try:
            write_form(about, path, imprint, template)
        except NoSuchBlank as other:
            raise TemplateGone(about.specification.form.id) from other
        except Unfit as unfit:
            raise TemplateUnfit(str(unfit)) from unfit
        return path.read_bytes()
