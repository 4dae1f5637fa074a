"""The lists of what may have been registered twice: units, and people."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from keqiao.core.query import Field, Kind
from keqiao.web.access import opens_to
from keqiao.web.audit.exports import exported
from keqiao.web.parties import queries
from keqiao.web.parties.duplicates import Pair, alike_organisations, alike_people
from keqiao.web.parties.permissions import OFFICER
from keqiao.web.ui.lists import Column, Key, ListKind, column_condition, list_page

WHY: Mapping[str, str | Promise] = {
    "name": _("名称"),
    "phone": _("姓名和手机号码"),
    "birth_date": _("姓名和出生日期"),
}
UNIT_KEYS = (
    Key(Field("region", ("所在区域", "区域", "Region"), optional=True), column_condition("region__name")),
    Key(
        Field("credit_code", ("统一社会信用代码", "代码", "Code"), optional=True),
        column_condition("credit_code"),
    ),
)
PERSON_KEYS = (
    Key(
        Field("birth_date", ("出生日期", "Birth date"), Kind.DAY, optional=True),
        column_condition("birth_date"),
    ),
)
Pairs = Mapping[UUID, list[Pair]]


@opens_to(OFFICER)
@require_safe
def duplicate_units(request: HttpRequest) -> HttpResponse:
    """Units that may have been registered twice, among those the viewer may change."""
    kept = queries.organisations_kept_by(request.user, request.arrived_at)
    pairs = _by_first(alike_organisations(kept))
    kind = _list(pairs, queries.named, UNIT_KEYS, "parties.duplicate_units", _("疑似重复的单位"))
    return _answer(request, kept, pairs, kind)


@opens_to(OFFICER)
@require_safe
def duplicate_people(request: HttpRequest) -> HttpResponse:
    """People who may have been registered twice, among those the viewer may change. They do not leave as a file."""
    kept = queries.people_kept_by(request.user, request.arrived_at)
    pairs = _by_first(alike_people(kept))
    kind = _list(pairs, queries.people_named, PERSON_KEYS, "parties.duplicate_people", "")
    return _answer(request, kept, pairs, kind)


def _by_first(pairs: Iterable[Pair]) -> Pairs:
    found: defaultdict[UUID, list[Pair]] = defaultdict(list)
    for pair in pairs:
        found[pair.first.pk].append(pair)
    return found


def _list(
    pairs: Pairs,
    search: Callable[[str], Q],
    keys: tuple[Key, ...],
    code: str,
    file_name: str | Promise,
) -> ListKind:
    """What the list offers: each row is the first of one or several pairs."""
    return ListKind(
        columns=(
            Column("name", _("记录"), ("name",), value=lambda row: row.name),
            Column(
                "other",
                _("另一条记录"),
                value=lambda row: "、".join(pair.second.name for pair in pairs[row.pk]),
            ),
            Column("why", _("相同之处"), value=lambda row: str(WHY[pairs[row.pk][0].why])),
        ),
        default_sort="name",
        search=search,
        keys=keys,
        hint=_("记录的名称"),
        code=code,
        file_name=file_name,
    )


def _answer(request: HttpRequest, kept: Any, pairs: Pairs, kind: ListKind) -> HttpResponse:
    listed = list_page(kept.filter(pk__in=list(pairs)), kind, request.GET)
    rows = [(row, [(pair, WHY[pair.why]) for pair in pairs[row.pk]]) for row in listed.page]
    page = {"list": listed, "rows": rows}
    return exported(listed, request) or render(request, "parties/duplicates.html", page)
