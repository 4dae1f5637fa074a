"""The part of filing in a file: mails with what they brought, and copies on paper."""

from collections.abc import Iterable

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext as _

from keqiao.web.applications.queries.on_file import APPLICATION
from keqiao.web.filing.models import Enclosure, Mail, PaperReceipt
from keqiao.web.filing.scans_in_file import scan_entries
from keqiao.web.filing.words import why_words
from keqiao.web.ui.in_file import Case, Entry, Part


def parts(case: Case) -> Iterable[Part]:
    """Give what was filed with an application by mail and on paper; nothing of cases of other rooms."""
    if case.about[0] != APPLICATION:
        return
    yield Part(_("盖章页"), scan_entries(case), 30)
    yield Part(_("邮件"), _mails(case), 40)
    yield Part(_("纸质件"), _papers(case), 50)


def _mails(case: Case) -> list[Entry]:
    enclosed = Prefetch("enclosures", Enclosure.objects.order_by("position"))
    rows = Mail.objects.filter(application=case.row).prefetch_related(enclosed).order_by("arrived_at")
    return [
        Entry(
            row.arrived_at,
            row.subject or _("（无主题）"),
            who=row.sender if case.is_own or case.is_office else "",
            note=_("%(files)s：%(why)s") % {"files": "、".join(_names(row)), "why": why_words(row.why)},
            link=reverse("filing:mail", args=[row.pk]) if case.is_office else "",
        )
        for row in rows
    ]


def _names(mail: Mail) -> list[str]:
    return [each.name for each in mail.enclosures.all() if not each.refusal]


def _papers(case: Case) -> list[Entry]:
    """Copies by the day on which they came, as noted; what was taken back only the office sees."""
    rows = (
        PaperReceipt.objects.filter(application=case.row)
        .select_related("noted_by")
        .order_by("came_on", "noted_at")
    )
    if not case.is_office:
        rows = rows.filter(taken_back_at__isnull=True)
    return [
        Entry(
            row.noted_at,
            _("%(day)s 收到申报书 %(copies)s 份、证明材料 %(proofs)s 份（%(way)s）")
            % {
                "day": row.came_on.isoformat(),
                "copies": row.copies,
                "proofs": row.proofs,
                "way": row.get_way_display(),
            },
            who=str(row.noted_by) if case.is_office else "",
            note="；".join(
                filter(None, (_("逾期") if row.is_late else "", _("已撤销") if row.taken_back_at else ""))
            ),
            link=reverse("filing:papers_of", args=[case.row.pk]) if case.is_office else "",
        )
        for row in rows
    ]
