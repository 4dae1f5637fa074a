"""A form as a Word file: on the office's own document where it has one, else in the layout of its fields."""

from pathlib import Path

from keqiao.core.forms.paper import paper_of
from keqiao.core.forms.paper.single import Answered
from keqiao.writers.forms.imprint import BLANK, Imprint
from keqiao.writers.forms.office import fill_office_form
from keqiao.writers.forms.word import write_word


def write_form(about: Answered, path: Path, imprint: Imprint = BLANK, template: Path | None = None) -> None:
    """Write the form to ``path``; ``template`` is where the office's own document lies.

    Raises:
        NoSuchBlank: the document is not the one whose blanks were confirmed.
        Unfit: it cannot be filled in at all.
    """
    if template is None:
        write_word(paper_of(about.specification, about.answers, to_fill=about.to_fill), path, imprint)
    else:
        fill_office_form(template, path, about, imprint)
