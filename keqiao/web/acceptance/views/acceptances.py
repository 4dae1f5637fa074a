"""One acceptance: papers, the performance table, what the unit says, the advice; its table as a file; points."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from keqiao.core.findings import Finding
from keqiao.core.lifecycle.acceptance import AcceptanceState as S
from keqiao.core.lifecycle.grant import GrantState
from keqiao.web.acceptance import actions, queries
from keqiao.web.acceptance.deeds import deeds_for
from keqiao.web.acceptance.facts import Facts, facts_of
from keqiao.web.acceptance.forms import PaperForm, PointsForm, PrepareForm
from keqiao.web.acceptance.models import Acceptance
from keqiao.web.acceptance.owed import day_of
from keqiao.web.acceptance.papers import measured
from keqiao.web.acceptance.permissions import APPLICANT, OF_A_UNIT, OFFICER, WHO, roles_in
from keqiao.web.acceptance.shown import ADVICE, chip, history, language, reasons_seen, rows_seen
from keqiao.web.access import opens_to
from keqiao.web.applications.refusals import Refused
from keqiao.web.parties.queries import local_day
from keqiao.writers.performance import About, performance_summary
from keqiao.writers.summary import summary_workbook, write_summary

SCOPE = "the unit of the grant, the association of the call, the finance bureau that supervises it"
WITH_THE_UNIT = frozenset({S.DUE.value, S.RETURNED.value, S.RECTIFYING.value})
MEDIA = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@opens_to(*WHO, scope=SCOPE)
@require_http_methods(["GET", "HEAD", "POST"])
def acceptance(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One acceptance; the unit fills it in and hands it in here."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    found = queries.acceptance_for(request.user, pk, at)  # type: ignore[arg-type]
    roles = roles_in(request.user, found, at)  # type: ignore[arg-type]
    if request.method != "POST":
        return render(request, "acceptance/acceptance.html", _page(request, found, roles))
    if APPLICANT not in roles or found.state not in WITH_THE_UNIT:
        raise Http404
    return _prepared(request, found, roles)


def _prepared(request: HttpRequest, found: Acceptance, roles: frozenset[str]) -> HttpResponse:
    """Save what the unit said, and hand it in where the button says so."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    rows = rows_seen(found, facts_of(found, at), {})
    form = PrepareForm(request.POST, acceptance=found, rows=rows)
    findings: tuple[Finding, ...] = ()
    if form.is_valid():
        try:
            actions.prepare(found.pk, form.prepared(), actor=request.user, at=at)  # type: ignore[arg-type]
            if request.POST.get("act") == "submit":
                actions.submit(found.pk, actor=request.user, at=at)  # type: ignore[arg-type]
                messages.success(request, _("结项材料已提交，等待验收。"))
            else:
                messages.success(request, _("已保存。"))
        except Refused as refused:
            findings = refused.findings
        else:
            return redirect("acceptance:acceptance", found.pk)
    again = queries.acceptance_for(request.user, found.pk, at)  # type: ignore[arg-type]
    page = _page(request, again, roles, findings) | {"form": form}
    return render(request, "acceptance/acceptance.html", page, status=409 if findings else 422)


def _page(
    request: HttpRequest, found: Acceptance, roles: frozenset[str], findings: Iterable[Finding] = ()
) -> dict[str, Any]:
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    facts, is_unit = facts_of(found, at), APPLICANT in roles
    faults = by_place(findings)
    rows = rows_seen(found, facts, faults)
    mark, word = chip("acceptance", found.state)
    return {
        "acceptance": found,
        "grant": found.grant,
        "state": word,
        "state_kind": mark,
        "facts": facts,
        "rows": rows,
        "papers": [(paper, faults.get(str(paper.pk), [])) for paper in found.papers.select_related("file")],
        "advice": ADVICE[facts.concluded.advice],
        "reasons": reasons_seen(facts),
        "day": day_of(found),
        "findings": faults.get("", []),
        "day_faults": faults.get("finished_on", []),
        "form": PrepareForm(
            acceptance=found,
            rows=rows,
            initial={"finished_on": found.finished_on, "summary": found.summary},
        ),
        "may_prepare": is_unit and found.state in WITH_THE_UNIT,
        "may_judge": OFFICER in roles and found.state == S.SUBMITTED.value,
        "may_close": OFFICER in roles and _waits_for_closing(found),
        "may_find": OFFICER in roles,
        "deeds": deeds_for("acceptance", found.state, roles),
        "is_unit": is_unit,
        "entries": [(row, *chip("credit", row.state)) for row in found.credit.select_related("party")]
        if not is_unit
        else [],
        "history": history(found, is_office=bool(roles - {APPLICANT})),
    }


def by_place(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Return findings by what they are about; "" holds the others."""
    found: dict[str, list[Finding]] = defaultdict(list)
    for each in findings:
        found[str(each.at[0]) if each.at else ""].append(each)
    return found


def _waits_for_closing(found: Any) -> bool:
    return bool(found.state == S.PASSED.value and found.grant.state == GrantState.FINISHED.value)


@opens_to(*OF_A_UNIT, scope="the unit of the grant")
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Hand in the file of one paper, or take it out."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    found = queries.paper_for(request.user, pk, at)  # type: ignore[arg-type]
    if APPLICANT not in roles_in(request.user, found.acceptance, at):  # type: ignore[arg-type]
        raise Http404
    form = PaperForm(request.POST or None, request.FILES or None)
    findings: tuple[Finding, ...] = ()
    try:
        if request.POST.get("act") == "take_out":
            actions.take_out_paper(pk, actor=request.user, at=at)  # type: ignore[arg-type]
            return redirect("acceptance:acceptance", found.acceptance_id)
        if request.method == "POST" and form.is_valid():
            file = form.store(actor=request.user, association_id=found.association_id, at=at)
            actions.hand_in_paper(pk, file, measured(file), actor=request.user, at=at)  # type: ignore[arg-type]
            messages.success(request, _("已上传：%(name)s。") % {"name": found.name})
            return redirect("acceptance:acceptance", found.acceptance_id)
    except Refused as refused:
        findings = refused.findings
    except ValidationError as wrong:
        form.add_error("file", wrong)
    page = {"paper": found, "form": form, "findings": findings}
    return render(
        request, "acceptance/paper.html", page, status=409 if findings else 422 if form.errors else 200
    )


@opens_to(OFFICER, scope="the association of the call")
@require_http_methods(["GET", "HEAD", "POST"])
def points(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give points to rows by hand."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    found = queries.acceptance_for(request.user, pk, at)  # type: ignore[arg-type]
    if OFFICER not in roles_in(request.user, found, at):  # type: ignore[arg-type]
        raise Http404
    rows = rows_seen(found, facts_of(found, at), {})
    form = PointsForm(request.POST or None, rows=rows)
    findings: tuple[Finding, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_points(pk, list(form.said()), actor=request.user, at=at)  # type: ignore[arg-type]
        except Refused as refused:
            findings = refused.findings
        else:
            messages.success(request, _("分数已保存。"))
            return redirect("acceptance:acceptance", pk)
    faults = by_place(findings)
    seen = [(row, form[f"points:{row.key}"], form[f"why:{row.key}"], faults.get(row.key, [])) for row in rows]
    page = {"acceptance": found, "form": form, "rows": seen, "findings": faults.get("", [])}
    return render(
        request, "acceptance/points.html", page, status=409 if findings else 422 if form.errors else 200
    )


@opens_to(*WHO, scope=SCOPE)
@require_safe
def table_file(request: HttpRequest, pk: UUID, form: str) -> HttpResponse:
    """The performance table as a workbook or a Word document."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    found = queries.acceptance_for(request.user, pk, at)  # type: ignore[arg-type]
    if form not in MEDIA:
        raise Http404
    name = f"{_('绩效自评表')}-{found.grant.number}.{form}"
    answer = HttpResponse(_file(found, facts_of(found, at), form, at), content_type=MEDIA[form])
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return answer


def _file(found: Any, facts: Facts, form: str, at: Any) -> bytes:
    reasons = {row.key: row.reason for row in found.rows.all()}
    about = About(f"{found.grant.number} {found.grant.title}", found.grant.unit.name, local_day(at), reasons)
    summary = performance_summary(facts.table, about, facts.words, language())
    if form == "xlsx":
        return summary_workbook(summary)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.docx"
        write_summary(summary, path)
        return path.read_bytes()
