"""What one's own units may apply for, and why not."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from django.http import Http404, HttpRequest
from ninja import Query, Router

from keqiao.core.findings import Finding
from keqiao.core.rules.answers import Verdict
from keqiao.core.rules.category import Decision
from keqiao.web.api.answers import eligibility_said, rules_said, unit_said, why
from keqiao.web.api.asking import who_asks
from keqiao.web.api.endpoints.calls import Slug
from keqiao.web.api.schemas import CategoryEligibilityOut, EligibilityOut, UnitOut
from keqiao.web.api.scopes import Scope
from keqiao.web.api.scoping import Needs
from keqiao.web.applications.queries import units_to_apply_for
from keqiao.web.eligibility import queries
from keqiao.web.programmes.queries import offer_of, public_call

router = Router(tags=["eligibility"], auth=Needs(Scope.ELIGIBILITY))


@router.get("/units", response=list[UnitOut], url_name="units", summary="Units for which the token applies")
def units(request: HttpRequest) -> Any:
    """One's own units, by name."""
    return [unit_said(unit) for unit in _units(request).order_by("name")]


@router.get(
    "/units/{unit}/eligibility",
    response=list[EligibilityOut],
    url_name="eligibility",
    summary="Every category that takes applications now, with the verdict for the unit",
)
def eligibility(request: HttpRequest, unit: UUID) -> Any:
    """All open categories; ``findings`` hold what decides first."""
    found = _unit(request, unit)
    _viewer, at = who_asks(request)
    decisions = queries.decisions_for(found.pk, at)
    decided = ((offer, decisions[offer.pk]) for offer in queries.offers_open(at) if offer.pk in decisions)
    return [eligibility_said(offer, made.verdict, _first_reason(made)) for offer, made in decided]


@router.get(
    "/units/{unit}/eligibility/{slug}",
    response=CategoryEligibilityOut,
    url_name="category_eligibility",
    summary="One category with every rule, its answer and its clause",
)
def category_eligibility(
    request: HttpRequest,
    unit: UUID,
    slug: Slug,
    node: Annotated[str, Query(max_length=80, description="id of the category")] = "",
) -> Any:
    """One category of a call."""
    found = _unit(request, unit)
    offer = offer_of(public_call(slug).pk, node)
    if offer is None:
        raise Http404
    _viewer, at = who_asks(request)
    answer = queries.answer_for(found.pk, queries.offer_open(offer.pk, at), at).answer
    against = [
        each for judged in answer.judged if judged.verdict is not Verdict.PASSES for each in why(judged)
    ]
    return eligibility_said(offer, answer.verdict, against) | {"rules": rules_said(answer)}


def _first_reason(made: Decision) -> Sequence[Finding]:
    reason = made.reason()
    return why(reason) if reason else ()


def _units(request: HttpRequest) -> Any:
    return units_to_apply_for(*who_asks(request))


def _unit(request: HttpRequest, pk: UUID) -> Any:
    unit = _units(request).filter(pk=pk).first()
    if unit is None:
        raise Http404
    return unit
