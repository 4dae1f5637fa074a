"""Mails that were filed: all of them, one with what was read of it, and what an officer decides."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from keqiao.core.lifecycle import NotAllowed
from keqiao.core.lifecycle.application import OFFICER
from keqiao.core.lifecycle.filed_mail import MailState
from keqiao.web.access import opens_to
from keqiao.web.applications.permissions import IN_CHARGE
from keqiao.web.audit.exports import exported
from keqiao.web.audit.queries import timeline
from keqiao.web.filing import mail_register, permissions
from keqiao.web.filing.actions.mails import refuse, settle
from keqiao.web.filing.forms.mailboxes import RefuseForm, SettleForm
from keqiao.web.filing.mailed_pages import bring_from
from keqiao.web.filing.models import MAIL_STATE_WORDS, Enclosure, Mail, Scan
from keqiao.web.filing.words import refusal_words, why_words
from keqiao.web.ui.lists import Column, Filter, ListKind, list_page

CHIPS = {MailState.TAKEN: "done", MailState.HELD: "warn", MailState.REFUSED: "refuse", MailState.REPEATED: ""}
READ_WORDS = {
    "read": (gettext_lazy("已读出"), "done"),
    "doubtful": (gettext_lazy("有疑问"), "warn"),
    "not_understood": (gettext_lazy("未能识别"), "refuse"),
    "absent": (gettext_lazy("文件中没有"), ""),
    "kept": (gettext_lazy("草稿中已有，未改动"), ""),
}


@opens_to(*IN_CHARGE, scope="the associations of the viewer")
@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    """All mails that were filed, those that wait for an officer first."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    rows = mail_register.mails_for(request.user, at)
    shown = list_page(rows, _list_kind(rows), request.GET)
    if (file := exported(shown, request)) is not None:
        return file
    page = {"list": shown, "rows": [(row, chip_of(row), why_words(row.why)) for row in shown.page]}
    return render(request, "filing/mails.html", page)


def chip_of(mail: Mail) -> str:
    """The kind of chip that shows the state of a mail."""
    return CHIPS[MailState(mail.state)]


def _list_kind(rows: Any) -> ListKind:
    boxes = rows.order_by("mailbox__name").values_list("mailbox_id", "mailbox__name").distinct()
    states = [(state.value, words) for state, words in MAIL_STATE_WORDS.items()]
    return ListKind(
        columns=(
            Column("at", gettext_lazy("到达时间"), ("arrived_at",), value=lambda row: row.arrived_at),
            Column("sender", gettext_lazy("发件人"), ("sender",), value=lambda row: row.sender),
            Column("subject", gettext_lazy("主题"), ("subject",), value=lambda row: row.subject),
            Column("state", gettext_lazy("状态"), ("state",), value=lambda row: str(row.get_state_display())),
            Column("why", gettext_lazy("结果"), value=lambda row: why_words(row.why)),
            Column("box", gettext_lazy("报送邮箱"), ("mailbox__name",), value=lambda row: row.mailbox.name),
        ),
        default_sort="-at",
        search=lambda word: (
            Q(subject__icontains=word) | Q(sender__icontains=word) | Q(sender_name__icontains=word)
        ),
        filters=(
            Filter("state", gettext_lazy("状态"), states, lambda state: Q(state=state)),
            Filter(
                "box",
                gettext_lazy("报送邮箱"),
                [(str(pk), name) for pk, name in boxes],
                lambda pk: Q(mailbox_id=pk),
            ),
        ),
        hint=gettext_lazy("主题或发件人"),
        code="filing.mails",
        file_name=gettext_lazy("邮件报送"),
    )


@opens_to(*IN_CHARGE, scope="the association of the mailbox")
@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One mail: what came, what was read, what became of it; here an officer settles or refuses it."""
    at: Any = request.arrived_at  # type: ignore[attr-defined]
    found = mail_register.mail_for(request.user, pk, at)
    offices = request.user.organisations_as(OFFICER, at)  # type: ignore[union-attr]
    may_settle = found.state == MailState.HELD.value and found.association_id in offices
    unit = (request.POST.get("unit") or request.GET.get("unit", "")).strip()
    people = mail_register.people_applying_for(unit, at) if may_settle else []
    settling = SettleForm(
        request.POST if "settle" in request.POST else None, people=people, initial={"unit": unit}
    )
    refusing = RefuseForm(request.POST if "refuse" in request.POST else None)
    if request.method == "POST" and may_settle and _decided(request, found, settling, refusing):
        return redirect("filing:mail", pk)
    page = {
        "mail": found,
        "chip": chip_of(found),
        "why": why_words(found.why),
        "enclosures": list(_enclosures(found, permissions.scans_of(request.user, at))),
        "read": [(row["label"], *READ_WORDS[row["state"]]) for row in found.read],
        "may_settle": may_settle,
        "settling": settling,
        "refusing": refusing,
        "people": people,
        "unit": unit,
        "events": timeline(found),
    }
    return render(
        request, "filing/mail.html", page, status=422 if settling.errors or refusing.errors else 200
    )


def _enclosures(found: Mail, seen: Any) -> Iterator[tuple[Enclosure, Any, list[Scan]]]:
    """The files, why one was not taken, and which signature pages were found in it."""
    scans = list(seen.filter(file__in=found.enclosures.values("file")).order_by("position"))
    for row in found.enclosures.select_related("file"):
        yield row, refusal_words(row.refusal), [scan for scan in scans if scan.file_id == row.file_id]


def _decided(request: HttpRequest, found: Mail, settling: SettleForm, refusing: RefuseForm) -> bool:
    by: dict[str, Any] = {"actor": request.user, "at": request.arrived_at}  # type: ignore[attr-defined]
    try:
        if settling.is_bound:
            return _settled(request, found, settling, by)
        if refusing.is_bound and refusing.is_valid():
            refuse(found.pk, refusing.cleaned_data["reason"], **by)
            messages.success(request, _("已退回，并告知来件人。"))
            return True
    except NotAllowed:
        messages.error(request, _("这封邮件已经办理。"))
        return True
    return False


def _settled(request: HttpRequest, found: Mail, form: SettleForm, by: dict[str, Any]) -> bool:
    if not form.is_valid():
        return False
    account = form.chosen()
    if account is None:
        form.add_error("unit", _("没有找到这个单位，或它还没有可以申报的账号。请先在“单位账号”中邀请。"))
        return False
    try:
        with transaction.atomic():
            settle(found.pk, account, **by)
            transaction.on_commit(lambda: bring_from.enqueue(str(found.pk)))
    except ValueError as wrong:
        form.add_error(None, _("不能自动受理：%(why)s。") % {"why": why_words(str(wrong))})
        return False
    messages.success(request, _("已按该单位的来件受理，并告知申报人。"))
    return True
