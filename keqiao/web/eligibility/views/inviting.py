"""For officers and leaders: who in the area may apply in a category of an own call and has not."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from keqiao.core.query import Field, Kind
from keqiao.web.access import opens_to
from keqiao.web.audit.exports import exported
from keqiao.web.eligibility import queries
from keqiao.web.eligibility.permissions import LEADER, OFFICER
from keqiao.web.eligibility.shown import CHIPS, VERDICTS, first_reason, reason_in_words
from keqiao.web.parties.queries import organisations_kept_by
from keqiao.web.ui.lists import Column, Filter, Key, ListKind, column_condition, list_page

OFFERS = ListKind(
    columns=(
        Column("name", _("项目"), ("name",), value=lambda offer: offer.name),
        Column("call", _("通知"), ("call__title",), value=lambda offer: offer.call.title),
        Column("deadline", _("申报截止"), ("deadline_at",), value=lambda offer: offer.deadline_at),
    ),
    default_sort="deadline",
    search=lambda word: Q(name__icontains=word) | Q(group__icontains=word) | Q(call__title__icontains=word),
    keys=(
        Key(Field("call", ("通知", "Call")), column_condition("call__title")),
        Key(
            Field("deadline", ("申报截止", "截止", "Deadline"), Kind.DAY, optional=True),
            column_condition("deadline_at", is_moment=True),
        ),
    ),
    hint=_("项目或通知名称"),
    code="eligibility.offers",
    file_name=_("受理中的项目"),
)


@opens_to(OFFICER, LEADER, scope="the associations of the viewer")
@require_safe
def inviting(request: HttpRequest) -> HttpResponse:
    """The open categories of one's associations, to see who could be invited."""
    shown = list_page(queries.offers_of_staff(request.user, request.arrived_at), OFFERS, request.GET)
    return exported(shown, request) or render(request, "eligibility/inviting.html", {"list": shown})


@opens_to(OFFICER, scope="the association of the call")
@require_safe
def invitees(request: HttpRequest, pk: int) -> HttpResponse:
    """The units of the area that may apply in one category and have not, as far as is known."""
    now = request.arrived_at
    category = queries.own_offer(request.user, pk, now)
    invited = {each.organisation.pk: each for each in queries.invited_to(category, request.user, now)}
    units = organisations_kept_by(request.user, now).filter(pk__in=list(invited))
    shown = list_page(units, _list_kind(invited), request.GET)
    if (file := exported(shown, request)) is not None:
        return file
    rows = [(unit, invited[unit.pk]) for unit in shown.page]
    page = {
        "offer": category.offer,
        "most_units": queries.most_units_asked(category, request.user, now),
        "list": shown,
        "rows": [
            (
                unit,
                each,
                VERDICTS[each.decision.verdict],
                CHIPS[each.decision.verdict],
                first_reason(each.decision),
            )
            for unit, each in rows
        ],
    }
    return render(request, "eligibility/invitees.html", page)


def _list_kind(invited: dict[object, queries.Invited]) -> ListKind:
    def with_verdict(value: str) -> Q:
        return Q(pk__in=[pk for pk, each in invited.items() if each.decision.verdict == value])

    return ListKind(
        columns=(
            Column("verdict", _("结论"), value=lambda unit: str(VERDICTS[invited[unit.pk].decision.verdict])),
            Column("name", _("名称"), ("name",), value=lambda unit: unit.name),
            Column("code", _("统一社会信用代码"), ("credit_code",), value=lambda unit: unit.credit_code),
            Column("why", _("原因"), value=lambda unit: reason_in_words(invited[unit.pk].decision)),
        ),
        default_sort="name",
        search=lambda word: Q(name__icontains=word) | Q(credit_code__iexact=word),
        filters=(
            Filter(
                "verdict", _("结论"), [(v.value, words) for v, words in VERDICTS.items()][:2], with_verdict
            ),
        ),
        hint=_("单位名称或代码"),
        code="eligibility.invitees",
        file_name=_("可邀请单位"),
    )
