"""What a publication would make public, in a few lines for whoever has to agree to it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from keqiao.core.programme import Programme
from keqiao.core.programme.portions import portions
from keqiao.web.programmes.changes.lines import Changes
from keqiao.web.programmes.overview import leaves_shown
from keqiao.web.programmes.wording.facts import day_text
from keqiao.web.ui.templatetags.shell import money

Row = tuple[str, str, str]
"""What a line is about, what stood there before, what will stand there."""


def first_publication(programme: Programme) -> list[Row]:
    """Return the call in short: how many categories, how much money and how many places in all, until when."""
    leaves = leaves_shown(programme)
    count = ngettext("%(n)s 个", "%(n)s 个", len(leaves)) % {"n": len(leaves)}
    days = dict.fromkeys(leaf.until.value or _("没有写明") for leaf in leaves)
    found = [
        (_("标题"), programme.title),
        (_("发文单位"), "、".join(programme.issuers) or _("没有写明")),
        (_("可申报类别"), count),
        (_("经费合计"), _money(programme)),
        (_("申报截止"), "、".join(days) or day_text(programme.deadline) or _("没有写明")),
    ]
    return [(name, "", said) for name, said in found]


def next_publication(changes: Changes) -> Iterator[Row]:
    """Yield each change with its place, and how many small ones there are."""
    for place in changes.places:
        for line in place.lines:
            note = _("（%(note)s）") % {"note": line.note} if line.note else ""
            yield f"{place.name}：{line.what}", line.before, line.after + note
    if changes.folded:
        yield _("标注"), "", changes.folded_words


def _money(programme: Programme) -> str:
    """The sum of all portions at the most, or that it cannot be told."""
    sums = [portion.total_fen for portion in portions(programme)]
    if not sums or None in sums:
        return _("不能算出")
    return _("最多 %(money)s") % {"money": money(sum(filter(None, sums)))}
