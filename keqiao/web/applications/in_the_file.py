"""The part of applications in a file: submissions, versions, returns, and what was done, in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keqiao.core.lifecycle.application import APPLICANT, OFFICER
from keqiao.web.accounts.queries import names_of
from keqiao.web.applications.models import Application, Return, Submission, Version
from keqiao.web.audit.queries import timeline
from keqiao.web.ui.in_file import Case, Entry, Part

APPLICATION = Application._meta.label_lower
ROLES = {
    APPLICANT: gettext_lazy("申报单位"),
    OFFICER: gettext_lazy("受理单位"),
    "partner": gettext_lazy("合作单位"),
    "endorser": gettext_lazy("推荐单位"),
}
DONE: Mapping[str, Any] = {
    "started": gettext_lazy("开始填报"),
    "attached": gettext_lazy("添加附件"),
    "submitted": gettext_lazy("提交"),
    "corrected": gettext_lazy("修改后重新提交"),
    "returned": gettext_lazy("退回修改"),
    "stood": gettext_lazy("逾期未改，按原件办理"),
    "withdrawn": gettext_lazy("撤回申报"),
    "taken_up_again": gettext_lazy("重新填报"),
    "discarded": gettext_lazy("删除草稿"),
    "migrated": gettext_lazy("转入修订后的表格"),
    "papers_noted": gettext_lazy("登记收到纸质件"),
    "papers_taken_back": gettext_lazy("撤销一条纸质件登记"),
}
BEFORE_SUBMITTING = frozenset({"started", "attached", "taken_up_again", "discarded", "migrated"})
"""What a unit does on its own paper: nobody else is told."""
MOST = 300
"""Entries of one part; a file with more shows the newest."""


def parts(case: Case) -> Iterable[Part]:
    """Give what applications have of a case; nothing of cases of other rooms."""
    if case.about[0] != APPLICATION:
        return
    yield Part(_("提交"), _submissions(case), 10)
    yield Part(_("退回修改"), _returns(case), 30)
    if case.is_own:
        yield Part(_("历次版本"), _versions(case), 80)
    yield Part(_("办理经过"), _events(case), 90)


def _submissions(case: Case) -> list[Entry]:
    rows = Submission.objects.filter(application=case.row).defer("content").order_by("ordinal")
    return [
        Entry(
            row.arrived_at,
            _("第 %(n)s 次提交，回执编号 %(number)s") % {"n": row.ordinal, "number": row.number},
            note=_("内容摘要 %(digest)s") % {"digest": row.digest[:16]},
            link=reverse("applications:receipt", args=[row.pk]) if case.is_own or case.is_office else "",
        )
        for row in rows
    ]


def _returns(case: Case) -> list[Entry]:
    rows = Return.objects.filter(application=case.row).order_by("returned_at")
    return [
        Entry(
            row.returned_at,
            _("退回修改 %(n)s 个栏目，%(until)s 前改好")
            % {"n": len(row.fields), "until": row.until.isoformat()},
            note=" ".join(
                filter(None, (row.note if case.is_own or case.is_office else "", row.get_outcome_display()))
            ),
        )
        for row in rows
    ]


def _versions(case: Case) -> list[Entry]:
    rows = Version.objects.filter(application=case.row).defer("answers", "sealed").select_related("saved_by")
    return [
        Entry(
            row.saved_at,
            _("第 %(n)s 版") % {"n": row.number},
            who=str(row.saved_by or ""),
            link=reverse("applications:version", args=[case.row.pk, row.number]),
        )
        for row in rows.order_by("-number")[:MOST]
    ]


def _events(case: Case) -> list[Entry]:
    """Who did what: the side for everybody, the name for those on the same side."""
    events = [
        each
        for each in timeline(case.row).reverse()[:MOST]
        if each.act in DONE and (case.is_own or each.act not in BEFORE_SUBMITTING)
    ]
    names = names_of({each.actor_id for each in events if each.actor_id})
    return [Entry(each.at, DONE[each.act], who=_who(case, each, names)) for each in reversed(events)]


def _who(case: Case, event: Any, names: Mapping[Any, str]) -> str:
    if event.actor_id is None:
        return _("系统")
    side = str(ROLES.get(event.role, ""))
    on_same_side = (event.role == APPLICANT and case.is_own) or (event.role == OFFICER and case.is_office)
    return f"{side} {names.get(event.actor_id, '')}".strip() if on_same_side else side
