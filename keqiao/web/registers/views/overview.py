"""The home of the registers of an association, and all that is recorded of one party."""

from datetime import date
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from keqiao.web.access import opens_to
from keqiao.web.parties.finding import names_of, parties_called
from keqiao.web.parties.queries import local_day
from keqiao.web.registers import permissions
from keqiao.web.registers.books import BOOKS
from keqiao.web.registers.models.keeping import RegisterKind
from keqiao.web.registers.permissions import OF_A_UNIT, READ_REGISTERS
from keqiao.web.registers.queries import lines
from keqiao.web.registers.queries.of_party import of_own_unit, of_party

SCOPE = "the association of the register"
KIND_OF_BOOK = {
    "past": RegisterKind.RESULTS,
    "holdings": RegisterKind.HOLDINGS,
    "affairs": RegisterKind.AFFAIRS,
    "platforms": RegisterKind.PLATFORMS,
    "incidents": RegisterKind.INCIDENTS,
}


@opens_to(*READ_REGISTERS)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the registers of the viewer's (first) association."""
    association = lines.associations_of(request.user, request.arrived_at).first()
    if association is None:
        raise Http404
    return redirect("registers:overview", association.pk)


@opens_to(*READ_REGISTERS, scope=SCOPE)
@require_safe
def overview(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All registers of an association: how many lines, what ends soon, which are kept in full; find a party."""
    association = lines.association_for(request.user, pk, request.arrived_at)
    day = local_day(request.arrived_at)
    words = request.GET.get("party", "").strip()
    found = parties_called(words) if words else []
    if len(found) == 1:
        return redirect("registers:party", found[0].pk)
    statements = list(lines.kept_statements(pk))
    page = {
        "association": association,
        "associations": lines.associations_of(request.user, request.arrived_at),
        "schemes": lines.schemes_of(pk, day),
        "kept_schemes": {row.scheme_id for row in statements if row.scheme_id},
        "books": _books(pk, statements),
        "debarments": lines.debarments_of(pk).filter(lines.in_force_on(day)).count(),
        "debarments_kept": any(row.register == RegisterKind.DEBARMENTS for row in statements),
        "policy": lines.policy_of(pk),
        "writes": permissions.writes(request.user, pk, request.arrived_at),
        "words": words,
        "found": found,
    }
    return render(request, "registers/overview.html", page)


@opens_to(*READ_REGISTERS)
@require_safe
def party(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All that is recorded of a unit or person in the registers of the viewer's associations."""
    found = of_party(request.user, pk, request.arrived_at)
    day = local_day(request.arrived_at)
    page = {
        "of": found,
        "today": day,
        "barred": any(_bars(row, day) for row in (*found.debarments, *found.shared)),
        "written": lines.associations_of(request.user, request.arrived_at).filter(
            pk__in=permissions.associations_written(request.user, request.arrived_at)
        ),
    }
    return render(request, "registers/party.html", page)


@opens_to(*OF_A_UNIT, scope="one's own unit")
@require_safe
def own(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What associations have on record of one's own unit: what rules go by when it applies."""
    found = of_own_unit(request.user, pk, request.arrived_at)
    day = local_day(request.arrived_at)
    units = permissions.own_units(request.user, request.arrived_at)
    page = {
        "of": found,
        "today": day,
        "barred": any(_bars(row, day) for row in found.debarments),
        "units": sorted(names_of(units).items(), key=itemgetter(1)) if len(units) > 1 else [],
    }
    return render(request, "registers/own.html", page)


def _bars(row: Any, day: date) -> bool:
    begun = row.valid_from <= day and (row.valid_until is None or day <= row.valid_until)
    return begun and row.state not in lines.ENDED_STATES


def _books(association_id: UUID, statements: list[Any]) -> list[dict[str, Any]]:
    numbers = lines.numbers_in({code: book.table for code, book in BOOKS.items()}, association_id)
    rows = []
    for code, book in BOOKS.items():
        said = [row for row in statements if row.register == KIND_OF_BOOK[code]]
        whole = any(not row.part and row.since is None for row in said)
        kept = _("完整") if whole else _("部分完整") if said else ""
        rows.append({"code": code, "book": book, "lines": numbers[code], "kept": kept})
    return rows
