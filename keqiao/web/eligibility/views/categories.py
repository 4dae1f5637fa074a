"""What may we apply for: all open categories against one unit; and one of them with all its reasons."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from keqiao.core.programme import effective
from keqiao.core.programme.rules.persons import Person
from keqiao.core.query import Field, Kind
from keqiao.core.rules.answers import Verdict
from keqiao.core.rules.category import Decision
from keqiao.web.access import opens_to
from keqiao.web.audit.exports import exported
from keqiao.web.eligibility import permissions, queries
from keqiao.web.eligibility.forms import WishForm
from keqiao.web.eligibility.permissions import ASK, OF_A_UNIT
from keqiao.web.eligibility.shown import CHIPS, VERDICTS, first_reason, groups_of, shown, words_of
from keqiao.web.parties.queries import organisation_for, people_for
from keqiao.web.programmes.queries import words_in_force
from keqiao.web.ui.lists import Column, Filter, Key, ListKind, column_condition, list_page

LEADER = "项目负责人"
"""A role in every project, as forms name it; what is on record of its holder counts where no rule asks about it."""

KEYS = (
    Key(Field("call", ("通知", "Call")), column_condition("call__title")),
    Key(Field("money", ("经费", "Money"), Kind.MONEY, optional=True), column_condition("most_fen")),
    Key(
        Field("deadline", ("申报截止", "截止", "Deadline"), Kind.DAY, optional=True),
        column_condition("deadline_at", is_moment=True),
    ),
)


@opens_to(*ASK)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead whoever works for a unit to what the unit may apply for, and officers to their own calls."""
    units = permissions.own_units(request.user, request.arrived_at)
    return redirect("eligibility:mine", min(units, key=str)) if units else redirect("eligibility:inviting")


@opens_to(*OF_A_UNIT, scope="one's own unit")
@require_safe
def mine(request: HttpRequest, unit: UUID) -> HttpResponse:
    """All categories that take applications now, each with the answer for this unit."""
    found = _own_unit(request, unit)
    now = request.arrived_at
    decisions = queries.decisions_for(found.pk, now)
    offers = queries.best_first(queries.offers_open(now), decisions)
    shown = list_page(offers, _list_kind(decisions, now), request.GET)
    if (file := exported(shown, request)) is not None:
        return file
    rows = [(offer, decisions[offer.pk]) for offer in shown.page]
    page = {
        "unit": found,
        "units": _own_units(request),
        "list": shown,
        "rows": [
            (offer, VERDICTS[decision.verdict], CHIPS[decision.verdict], first_reason(decision))
            for offer, decision in rows
        ],
        "counts": [(VERDICTS[each], CHIPS[each], _number(decisions, each)) for each in VERDICTS],
    }
    return render(request, "eligibility/mine.html", page)


@opens_to(*OF_A_UNIT, scope="one's own unit")
@require_safe
def category(request: HttpRequest, unit: UUID, pk: int) -> HttpResponse:
    """One category: every rule with its answer and clause, and what another leader or a partner would change."""
    found = _own_unit(request, unit)
    open_category = queries.offer_open(pk, request.arrived_at)
    asked = queries.answer_for(found.pk, open_category, request.arrived_at)
    form = WishForm(
        request.GET if request.GET.get("try") else None,
        roles=_roles(open_category),
        people=_people(request, found),
    )
    page = {
        "unit": found,
        "offer": open_category.offer,
        "word": VERDICTS[asked.answer.verdict],
        "chip": CHIPS[asked.answer.verdict],
        "groups": groups_of(open_category, asked.answer, words_in_force(open_category.offer.call_id)),
        "form": form,
        "tried": _tried(form, asked, open_category, request.arrived_at),
    }
    return render(
        request, "eligibility/category.html", page, status=422 if form.is_bound and form.errors else 200
    )


def _tried(form: WishForm, asked: Any, open_category: Any, at: datetime) -> dict[str, Any] | None:
    """What the form's wish would change, as the page shows it; nothing where nothing is wished."""
    if not form.is_bound or not form.is_valid():
        return None
    tried = queries.tried(asked, form.wish(), at)
    if tried is None:
        return None
    after = tried.difference.after
    words, tied = words_of(open_category), words_in_force(open_category.offer.call_id)
    return {
        "tried": tried,
        "word": VERDICTS[after.verdict],
        "chip": CHIPS[after.verdict],
        "turned": [
            (
                shown(one.after, words.get(one.after.rule, one.after.rule), tied),
                _said(one.before),
                _said(one.after),
            )
            for one in tried.difference.turned
            if one.after is not None
        ],
    }


def _said(judged: Any) -> tuple[Any, str] | None:
    return (VERDICTS[judged.verdict], CHIPS[judged.verdict]) if judged else None


def _roles(open_category: Any) -> list[str]:
    """The roles that rules of the category ask something of, and the leader, whose record counts everywhere."""
    rules = effective(open_category.call.programme, open_category.path).rules
    asked = (stated.fact.role for stated in rules if isinstance(stated.fact, Person))
    return list(dict.fromkeys((*asked, LEADER)))


def _people(request: HttpRequest, unit: Any) -> list[tuple[UUID, str]]:
    people = people_for(request.user, request.arrived_at).filter(ties__organisation=unit).distinct()
    return [(person.pk, person.name) for person in people.order_by("name")[:500]]


def _own_unit(request: HttpRequest, unit: UUID) -> Any:
    if unit not in permissions.own_units(request.user, request.arrived_at):
        raise Http404
    return organisation_for(request.user, unit, request.arrived_at)


def _own_units(request: HttpRequest) -> list[Any]:
    """The units the viewer works for, where there are several to choose from."""
    units = permissions.own_units(request.user, request.arrived_at)
    held = {grant.organisation_id: grant.organisation for grant in request.user.grants_at(request.arrived_at)}
    return sorted((held[pk] for pk in units), key=lambda unit: unit.name) if len(units) > 1 else []


def _number(decisions: dict[int, Decision], wanted: Verdict) -> int:
    return sum(decision.verdict is wanted for decision in decisions.values())


def _columns(decisions: dict[int, Decision]) -> tuple[Column, ...]:
    return (
        Column(
            "verdict",
            gettext_lazy("结论"),
            ("rank", "deadline_at", "call_id", "position"),
            value=lambda offer: str(VERDICTS[decisions[offer.pk].verdict]),
        ),
        Column("name", gettext_lazy("项目"), ("name",), value=lambda offer: offer.name),
        Column("call", gettext_lazy("通知"), ("call__title",), value=lambda offer: offer.call.title),
        Column(
            "money",
            gettext_lazy("每项最高经费"),
            ("most_fen",),
            number=True,
            is_money=True,
            value=lambda offer: offer.most_fen,
        ),
        Column("deadline", gettext_lazy("申报截止"), ("deadline_at",), value=lambda offer: offer.deadline_at),
    )


def _list_kind(decisions: dict[int, Decision], at: datetime) -> ListKind:
    """What the list offers; the decisions are those for one unit."""

    def with_verdict(value: str) -> Q:
        return Q(pk__in=[pk for pk, decision in decisions.items() if decision.verdict == value])

    return ListKind(
        columns=_columns(decisions),
        default_sort="verdict",
        search=lambda word: (
            Q(name__icontains=word) | Q(group__icontains=word) | Q(call__title__icontains=word)
        ),
        filters=(
            Filter(
                "verdict",
                gettext_lazy("结论"),
                [(v.value, words) for v, words in VERDICTS.items()],
                with_verdict,
            ),
            Filter(
                "association",
                gettext_lazy("科协"),
                queries.associations_open(at),
                lambda pk: Q(call__association_id=pk),
            ),
        ),
        keys=KEYS,
        hint=_("项目或通知名称"),
        code="eligibility.mine",
        file_name=gettext_lazy("可申报项目"),
    )
