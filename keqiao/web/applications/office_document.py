"""The office's own Word form behind an application: for those who fill it in and may read no more."""

from pathlib import Path
from uuid import UUID

from django.utils.translation import gettext_lazy

from keqiao.core.forms.specification import Specification
from keqiao.web.programmes.office_paper import TemplateGone, TemplateUnfit, template_of
from keqiao.web.scope import crossing

NO_TEMPLATE = gettext_lazy(
    "这份表格印在受理单位自己的 Word 文件上，该文件已不在系统中。请联系受理单位；网上填写和下载 PDF 不受影响。"
)
UNFIT_TEMPLATE = gettext_lazy(
    "这份表格印在受理单位自己的 Word 文件上，该文件无法填写。请联系受理单位更换文件；网上填写和下载 PDF 不受影响。"
)
WHY = "the form of a published call is given out on the own document of the association that issued it"


def why_not(gone: TemplateGone) -> str:
    """Return what those who fill the form in are told when the document cannot be given out."""
    return str(UNFIT_TEMPLATE if isinstance(gone, TemplateUnfit) else NO_TEMPLATE)


def office_template(specification: Specification, association_id: UUID) -> Path | None:
    """Return where the document lies that the form of an application is printed on; None where it has none.

    Whoever applies may not read the documents of the association: the specification, which comes from the revision
    that the application follows, names the only one that is looked for.

    Raises:
        TemplateGone: it is not there any more.
    """
    with crossing(WHY):
        return template_of(specification.form, association_id)
