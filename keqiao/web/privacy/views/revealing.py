"""Look at one locked value: masked until a reason is given, shown once, recorded."""

from collections.abc import Sequence

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from keqiao.core.query import Field, Kind
from keqiao.web.access import opens_to
from keqiao.web.privacy import actions, queries, shown
from keqiao.web.privacy.forms import ReasonForm
from keqiao.web.privacy.permissions import AUDIT_ADMIN, MAY_REVEAL_SOMETHING, SECURITY_ADMIN
from keqiao.web.privacy.shown import Entry
from keqiao.web.ui.lists import Column, Filter, Key, ListKind, any_of, column_condition, list_page


def look_list() -> ListKind:
    """Return what the list of looks offers. Whose number was looked at and why does not leave as a file."""
    locked = shown.locked_columns()
    return ListKind(
        columns=(
            Column("when", _("时间"), ("at",)),
            Column("who", _("查看人")),
            Column("what", _("内容")),
            Column("why", _("查看原因")),
            Column("row", _("记录编号")),
        ),
        default_sort="-when",
        search=lambda word: _by(word) | _because(word),
        filters=(
            Filter(
                "what",
                _("内容"),
                [(columns[0], words) for words, columns in locked.items()],
                lambda chosen: _at(next(columns for columns in locked.values() if chosen in columns)),
            ),
        ),
        keys=(
            Key(Field("when", ("时间", "When"), Kind.DAY), column_condition("at", is_moment=True)),
            Key(Field("who", ("查看人", "Who")), any_of(_by)),
            Key(Field("why", ("查看原因", "原因", "Why")), any_of(_because)),
            Key(Field("row", ("记录编号", "编号", "Record")), any_of(lambda pk: Q(data__row=pk))),
        ),
        hint=_("查看人或原因"),
        code="privacy.reveals",
    )


def _by(word: str) -> Q:
    people = get_user_model()._default_manager.filter(display_name__icontains=word)
    return Q(actor_id__in=people.values("pk"))


def _because(word: str) -> Q:
    return Q(reason__text__icontains=word)


def _at(columns: Sequence[str]) -> Q:
    condition = Q()
    for name in columns:
        condition |= Q(data__field=name)
    return condition


@opens_to(*MAY_REVEAL_SOMETHING, scope="the rows that the room of the value names")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reveal(request: HttpRequest, label: str, column: str, pk: str) -> HttpResponse:
    """Ask for the reason; with it, show the value in an answer that nobody keeps."""
    viewer, now = request.user, request.arrived_at
    table, row = queries.revealable(viewer, label, column, pk, now)
    form = ReasonForm(request.POST or None)
    page = {
        "row": row,
        "entry": Entry(table, table.field(column)),
        "masked": getattr(row, column),
        "form": form,
    }
    if request.method == "POST" and form.is_valid():
        value = actions.LockedValue(table, row, column)
        role = min(viewer.roles_at(now) & set(MAY_REVEAL_SOMETHING), key=MAY_REVEAL_SOMETHING.index)
        try:
            page["plain"] = actions.reveal(
                value, actor=viewer, role=role, reason=form.cleaned_data["reason"], at=now
            )
        except ValidationError as wrong:
            form.add_error("reason", wrong)
    return render(request, "privacy/reveal.html", page, status=422 if form.errors else 200)


@opens_to(AUDIT_ADMIN, SECURITY_ADMIN)
@require_safe
def reveals(request: HttpRequest) -> HttpResponse:
    """Who looked at locked values, when and why."""
    listed = list_page(shown.looks(), look_list(), request.GET)
    return render(request, "privacy/reveals.html", {"list": listed, "looks": shown.looks_of(listed.page)})
