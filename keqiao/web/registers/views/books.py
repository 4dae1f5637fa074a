"""The books: their lists, new lines, one line; results, ends, taking back."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from keqiao.core.lifecycle.recognition import OFFICER
from keqiao.web.access import opens_to
from keqiao.web.audit.exports import exported
from keqiao.web.parties.queries import local_day
from keqiao.web.registers import permissions
from keqiao.web.registers.actions import history, platforms
from keqiao.web.registers.actions.writing import By
from keqiao.web.registers.books import BOOKS, HOLDINGS, PAST, PLATFORMS, Book
from keqiao.web.registers.forms.books import CountForm, EndForm, ResultForm, TakeBackForm
from keqiao.web.registers.permissions import READ_REGISTERS
from keqiao.web.registers.queries import lines
from keqiao.web.registers.views.filling import about, by_viewer, done, file_of, form_page, sent
from keqiao.web.ui.lists import ListPage, list_page

SCOPE = "the association of the line"


def _book(code: str) -> Book:
    if code not in BOOKS:
        raise Http404
    return BOOKS[code]


@opens_to(*READ_REGISTERS, scope="the association")
@require_safe
def book(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    """The lines of a book of an association."""
    shown = _book(code)
    association = lines.association_for(request.user, pk, request.arrived_at)
    rows = shown.table.objects.filter(association_id=pk).select_related(*shown.related)
    listed = list_page(rows, shown.list_kind(), request.GET)
    page = {
        "book": shown,
        "association": association,
        "list": listed,
        "cells": [(row, _cells(shown, row)) for row in listed.page],
        "sums": _sums(listed),
        "writes": permissions.writes(request.user, pk, request.arrived_at),
    }
    return exported(listed, request) or render(request, "registers/book.html", page)


@opens_to(OFFICER, scope="the association")
@require_http_methods(["GET", "HEAD", "POST"])
def new_line(request: HttpRequest, pk: UUID, code: str) -> HttpResponse:
    """Enter a line into a book."""
    shown = _book(code)
    association = lines.association_written(request.user, pk, request.arrived_at)
    form = shown.form(**sent(request), **about(request, pk), initial={"party": request.GET.get("party", "")})

    def act() -> Any:
        wanted = form.wanted(file_of(request, form, pk))  # type: ignore[attr-defined]  each form of a book has it
        return shown.enter(pk, wanted, by=by_viewer(request))

    made = done(form, act)
    if made:
        messages.success(request, _("已登记。"))
        return redirect("registers:line", code, made.pk)
    back = reverse("registers:book", args=[pk, code])
    return form_page(request, form, **_frame(shown, association.pk, _("登记"), back))


@opens_to(*READ_REGISTERS, scope=SCOPE)
@require_http_methods(["GET", "HEAD", "POST"])
def line(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """One line of a book; on that of a platform, counts are entered."""
    shown = _book(code)
    row = lines.line_for(shown.table, request.user, pk, request.arrived_at)
    writes = permissions.writes(request.user, row.association_id, request.arrived_at)
    counting = shown is PLATFORMS and writes and row.taken_back_at is None
    if request.method == "POST" and not counting:
        raise Http404
    form = CountForm(**sent(request), **about(request, row.association_id))
    if counting and done(form, lambda: _count(request, row, form)):
        messages.success(request, _("已登记。"))
        return redirect("registers:line", code, pk)
    page = {
        "book": shown,
        "row": row,
        "holder": str(row.party or getattr(row, "region", "")),
        "facts": [(label, value or "—") for label, value in _facts(shown, row)],
        "counts": _counts(row) if shown is PLATFORMS else (),
        "form": form if counting else None,
        "writes": writes and row.taken_back_at is None,
        "has_result": shown is PAST,
        "has_end": shown in (HOLDINGS, PLATFORMS) and not (row.ended_on if shown is HOLDINGS else row.until),
    }
    return render(request, "registers/line.html", page, status=422 if form.errors else 200)


@opens_to(OFFICER, scope=SCOPE)
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """Take back a line that was entered by mistake."""
    shown, row = _written(request, code, pk)
    form = TakeBackForm(**sent(request), **about(request, row.association_id))

    def act() -> Any:
        return shown.take_back(pk, reason=form.cleaned_data["reason"], by=by_viewer(request))

    return _after(request, form, act, (shown, row), _("撤回登记"))


@opens_to(OFFICER, scope=SCOPE)
@require_http_methods(["GET", "HEAD", "POST"])
def result(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Write down how a past project went."""
    shown, row = _written(request, PAST.code, pk)
    initial = {"outcome": row.outcome, "concluded_on": row.concluded_on, "words": row.conclusion}
    form = ResultForm(**sent(request), **about(request, row.association_id), initial=initial)

    def act() -> Any:
        return history.record_result(pk, form.conclusion(), by=by_viewer(request))

    return _after(request, form, act, (shown, row), _("登记结论"))


@opens_to(OFFICER, scope=SCOPE)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """Say that a project in hand or an account has ended."""
    shown, row = _written(request, code, pk)
    if shown not in (HOLDINGS, PLATFORMS):
        raise Http404
    initial = {"on": local_day(request.arrived_at)}
    form = EndForm(**sent(request), **about(request, row.association_id), initial=initial)

    def act() -> Any:
        on, by = form.cleaned_data["on"], by_viewer(request)
        if shown is PLATFORMS:
            return platforms.close_account(pk, on, by=by)
        return history.end_holding(pk, on, reason=form.cleaned_data["reason"], by=by)

    title = _("登记注销") if shown is PLATFORMS else _("登记退出")
    return _after(request, form, act, (shown, row), title)


def _after(request: HttpRequest, form: Any, act: Any, line: tuple[Book, Any], title: str) -> HttpResponse:
    shown, row = line
    if done(form, act):
        messages.success(request, _("已办理。"))
        return redirect("registers:line", shown.code, row.pk)
    back = reverse("registers:line", args=[shown.code, row.pk])
    return form_page(request, form, **_frame(shown, row.association_id, title, back))


def _counts(account: Any) -> Any:
    return account.counts.select_related("file").order_by("-on", "-entered_at")


def _count(request: HttpRequest, row: Any, form: CountForm) -> Any:
    wanted = form.wanted(file_of(request, form, row.association_id))
    return platforms.add_count(row.pk, wanted, by=By(request.user, request.arrived_at))


def _written(request: HttpRequest, code: str, pk: UUID) -> tuple[Book, Any]:
    shown = _book(code)
    row = lines.line_for(shown.table, request.user, pk, request.arrived_at)
    if row.taken_back_at is not None:
        raise Http404
    if not permissions.writes(request.user, row.association_id, request.arrived_at):
        raise Http404
    return shown, row


def _cells(shown: Book, row: Any) -> list[tuple[Any, Any]]:
    return [(column, column.value(row)) for column in shown.columns if column.value]


def _sums(listed: ListPage) -> list[tuple[Any, int | None]]:
    """The foot of the table: each column with the sum of all found rows, of money only. No column of money: no foot."""
    columns = listed.kind.columns if listed.kind else ()
    wanted = {column.name: Sum(column.order[0]) for column in columns if column.is_money}
    if not wanted:
        return []
    found = listed.narrowed.order_by().aggregate(**wanted)
    return [(column, found.get(column.name)) for column in columns]


def _facts(shown: Book, row: Any) -> list[tuple[Any, Any]]:
    """All that a line says, field by field, in the order of the table."""
    passed = {"id", "association", "entered_by", "entered_at", "taken_back_at", "taken_back_reason", "file"}
    fields = [field for field in row._meta.fields if field.name not in passed]
    return [(field.verbose_name, _words(shown, row, field)) for field in fields]


def _words(shown: Book, row: Any, field: Any) -> Any:
    for column, value in _cells(shown, row):
        if column.name == field.name:
            return value
    if field.choices:
        return getattr(row, f"get_{field.name}_display")()
    value = getattr(row, field.name)
    return " / ".join(value) if isinstance(value, list) else value


def _frame(shown: Book, association_id: UUID, title: str, back: str) -> dict[str, Any]:
    crumbs = [
        (_("登记与名录"), reverse("registers:overview", args=[association_id])),
        (shown.title, reverse("registers:book", args=[association_id, shown.code])),
    ]
    return {"title": title, "lead": shown.title, "back": back, "submit": _("保存"), "crumbs": crumbs}
