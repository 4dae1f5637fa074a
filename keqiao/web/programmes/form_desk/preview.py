"""A form as applicants get it: on the page, as Word, as PDF, and the schema of its answers."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from keqiao.core.forms.paper import Grid, Line, Paper, paper_of
from keqiao.core.forms.paper.single import Answered
from keqiao.core.forms.specification import Specification, specification_of
from keqiao.core.programme import Programme, effective, leaves
from keqiao.core.programme.forms import Form
from keqiao.web.files.names import named_after
from keqiao.web.programmes.office_paper import form_as_word
from keqiao.writers.forms.imprint import Imprint
from keqiao.writers.forms.portable import set_form
from keqiao.writers.forms.schema import answers_schema

WORD, PDF, SCHEMA = "docx", "pdf", "json"
FACES = (WORD, PDF, SCHEMA)


@dataclass(frozen=True, slots=True)
class Preview:
    """A form as one category asks for it; ``category`` is "" where no category uses it."""

    specification: Specification
    categories: list[tuple[str, str]]
    category: str

    @property
    def paper(self) -> Paper:
        """The blank paper."""
        return paper_of(self.specification)

    @property
    def blocks(self) -> Sequence[Line | Grid]:
        """What stands on the paper below its title."""
        return self.paper.blocks

    @property
    def schema(self) -> str:
        """The schema of the answers as text."""
        return json.dumps(answers_schema(self.specification), ensure_ascii=False, indent=2)

    def file(self, face: str, issuers: tuple[str, ...], template: Path | None = None) -> bytes:
        """The blank form as a file; as Word on the office's own document, where ``template`` is its place.

        Raises:
            NotSet: it is too large for a PDF.
            TemplateGone: the document is not the one whose blanks were confirmed.
        """
        imprint = Imprint(issuers=issuers, is_draft=True)
        if face == SCHEMA:
            return self.schema.encode()
        if face == PDF:
            return set_form(self.paper, imprint, settings.FONT_FOLDERS).pdf
        return form_as_word(Answered(self.specification, {}, to_fill=True), imprint, template)

    def file_name(self, face: str) -> str:
        """The name under which the file is saved."""
        return named_after(self.specification.form.title, face)


def preview_of(programme: Programme, form: Form, category: str = "") -> Preview:
    """Return a form as ``category`` asks for it, else as the first category that uses it does."""
    used = {}
    for path, each in leaves(programme):
        holds = effective(programme, path)
        if holds.form is not None and holds.form.fact == form.id:
            used[each.id] = (each.name, holds)
    named = [(identifier, name) for identifier, (name, _holds) in used.items()]
    if not used:
        return Preview(Specification(form=form, fields=tuple(form.fields)), named, "")
    chosen = category if category in used else named[0][0]
    return Preview(specification_of(form, used[chosen][1]), named, chosen)
