"""Words of parts of blocks and of columns, in the language of the page; those of the call itself stay as they are."""

from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from keqiao.core.forms.parts import word_of
from keqiao.readers.messages import sentences

OWN = {
    "person_name": gettext_noop("姓名"),
    "unit_name": gettext_noop("名称"),
    "from": gettext_noop("开始"),
    "to": gettext_noop("结束"),
    "paper_number": gettext_noop("文号"),
    "paper_date": gettext_noop("成文日期"),
}


def part_words(part: str) -> str:
    """Return what a part of a block or a column is called."""
    if part in OWN:
        return _(OWN[part])
    said = sentences().get(word_of(part))
    language = "en" if (get_language() or "").startswith("en") else "zh"
    return said[language] if said else part
