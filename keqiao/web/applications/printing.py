"""Applications on paper: the form as Word and PDF (blank, draft, submitted), and the receipt."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from keqiao.core.forms.paper import Paper, paper_of
from keqiao.core.forms.paper.single import Answered
from keqiao.core.forms.specification import Specification
from keqiao.core.lifecycle.application import APPLICANT
from keqiao.core.programme.forms.fields import RegionField
from keqiao.web.applications import queries
from keqiao.web.applications.definitions import asked_at
from keqiao.web.applications.models import Application, Submission
from keqiao.web.applications.office_document import office_template
from keqiao.web.applications.permissions import Viewer, roles_towards
from keqiao.web.files.names import named_after
from keqiao.web.parties.queries import local_day, region_on
from keqiao.web.programmes.office_paper import form_as_word
from keqiao.web.ui.site_addresses import page_address
from keqiao.web.ui.templatetags.shell import cn_time
from keqiao.writers.forms.imprint import BLANK, Imprint
from keqiao.writers.forms.portable import set_form
from keqiao.writers.receipts import Slip, set_receipt

WORD, PDF = "docx", "pdf"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper that can be taken as Word file or PDF: what stands on it, its foot, and the name of its file.

    As Word file it is the own document of the ``association`` that gives it out, where the form has one.
    """

    about: Answered
    imprint: Imprint
    name: str
    association: UUID

    @property
    def paper(self) -> Paper:
        """The form in the layout of its fields."""
        return paper_of(self.about.specification, self.about.answers, to_fill=self.about.to_fill)

    def file_name(self, form: str) -> str:
        """The name with the ending of ``form``."""
        return named_after(self.name, form)

    def content(self, form: str) -> bytes:
        """The file.

        Raises:
            NotSet: as PDF it is too large.
            TemplateGone: as Word file it would be the office's own document, which is not there or cannot be filled in.
        """
        if form == PDF:
            return set_form(self.paper, self.imprint, settings.FONT_FOLDERS).pdf
        template = office_template(self.about.specification, self.association)
        return form_as_word(self.about, self.imprint, template)


def blank_sheet(application: Application) -> Sheet | None:
    """The form of an application with nothing filled in; None where the call states no form."""
    specification = queries.specification_of(application)
    if specification is None:
        return None
    name = _("%(title)s（空表）") % {"title": specification.title}
    return Sheet(Answered(specification, {}, to_fill=True), BLANK, name, application.association_id)


def draft_sheet(application: Application, form: str) -> Sheet | None:
    """What stands in an application now, marked as a draft. As Word file it can be filled in further.

    None where the call states no form.
    """
    specification = queries.specification_of(application)
    if specification is None:
        return None
    answers, at = queries.answers_of(application), application.edited_at or application.created_at
    if form == PDF:
        answers = with_names(specification, answers, at)
    about = Answered(specification, answers, to_fill=form == WORD)
    name = _("%(title)s（草稿）") % {"title": _name(application)}
    return Sheet(about, Imprint(at=at, is_draft=True), name, application.association_id)


def submitted_sheet(submission: Submission, viewer: Viewer, at: datetime) -> Sheet | None:
    """What was submitted, with its fingerprint. Only the unit itself sees what is kept under lock.

    None where the call states no form, or the content was erased.
    """
    application = submission.application
    specification = asked_at(submission.revision_id, application.node).specification
    if specification is None or not submission.content:
        return None
    roles = roles_towards(viewer, application.unit_id, application.association_id, at)
    answers = queries.submitted_answers(submission, whole=APPLICANT in roles)
    named = with_names(specification, answers, submission.arrived_at)
    imprint = Imprint(
        at=submission.arrived_at,
        issuers=(str(application.unit),),
        number=submission.number,
        digest=submission.digest,
        address=address_of(submission),
    )
    about = Answered(specification, named, to_fill=False)
    return Sheet(about, imprint, f"{submission.number} {_name(application)}", application.association_id)


def receipt_pdf(submission: Submission) -> bytes:
    """The receipt, in the language that is spoken now.

    Raises:
        NotSet: a font is not there.
    """
    application = submission.application
    rows = [
        (_("项目名称"), application.title or "—"),
        (_("申报单位"), str(application.unit)),
        (_("通知"), application.call.title),
        (_("收到时间（服务器）"), _to_the_second(submission.arrived_at)),
    ]
    if submission.deadline_at:
        rows.append((_("申报截止"), cn_time(submission.deadline_at)))
    slip = Slip(
        title=_("提交回执"),
        issuer=str(application.association),
        number=submission.number,
        rows=rows,
        digest_label=_("内容摘要（SHA-256）"),
        digest=submission.digest,
        note=_("此摘要由提交的全部内容和附件计算得出，任何改动都会使它不同。"),
        address=address_of(submission),
        at=submission.arrived_at,
        language=(get_language() or "zh")[:2],
    )
    return set_receipt(slip, settings.FONT_FOLDERS).pdf


def receipt_name(submission: Submission) -> str:
    """The name of the file of a receipt."""
    return named_after(_("提交回执 %(number)s") % {"number": submission.number}, PDF)


def address_of(submission: Submission) -> str:
    """The page of the receipt, in full: where the code on paper leads to."""
    return page_address("applications:receipt", submission.pk)


def with_names(specification: Specification, answers: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """The answers with the names of regions for their codes, as they were on the day."""
    named = dict(answers)
    for field in specification.fields:
        code = answers.get(field.id)
        if isinstance(field, RegionField) and isinstance(code, str):
            region = region_on(code, local_day(at))
            named[field.id] = f"{region.name}（{code}）" if region else code
    return named


def _to_the_second(at: datetime) -> str:
    return f"{cn_time(at)}（{at.astimezone().isoformat(timespec='seconds')}）"


def _name(application: Application) -> str:
    return application.title or application.call.title
