"""Published calls and what can be applied for: open to everybody."""

from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router

from keqiao.web.api.answers import call_said
from keqiao.web.api.paging import After, page_of
from keqiao.web.api.schemas import CallOut, CallsOut, CategoryOut
from keqiao.web.applications.definitions import asked_at
from keqiao.web.programmes import queries
from keqiao.writers.forms.schema import answers_schema

router = Router(tags=["calls"])
Slug = Annotated[str, Path(pattern=r"^[-a-zA-Z0-9_]{1,80}$", description="address of the call")]


@router.get(
    "/calls", response=CallsOut, url_name="calls", summary="Published calls, the last published first"
)
def calls(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=80, description="a word of the title or the association")] = "",
    after: After = 0,
) -> dict[str, Any]:
    """Calls that everybody may read."""
    rows = queries.public_calls().order_by("-published_at", "pk")
    found = rows.filter(queries.named(q)) if q.strip() else rows
    return page_of(found, after, call_said)


@router.get("/calls/{slug}", response=CallOut, url_name="call", summary="One published call")
def call(request: HttpRequest, slug: Slug) -> dict[str, Any]:
    """One call."""
    return call_said(queries.public_call(slug))


@router.get(
    "/calls/{slug}/categories",
    response=list[CategoryOut],
    url_name="categories",
    summary="What a call offers, in its order",
)
def categories(request: HttpRequest, slug: Slug) -> Any:
    """What can be applied for."""
    return list(queries.offers_of([queries.public_call(slug).pk]).order_by("position"))


@router.get(
    "/calls/{slug}/form",
    response=dict[str, Any],
    url_name="form",
    summary="JSON Schema (2020-12) of the answers to the form of a category",
)
def form(
    request: HttpRequest,
    slug: Slug,
    node: Annotated[str, Query(max_length=80, description="id of the category")] = "",
    draft: Annotated[bool, Query(description="of a draft nothing is required")] = False,  # noqa: FBT002
) -> dict[str, Any]:
    """The form of one category, for whoever fills it in by program."""
    found = queries.public_call(slug)
    revision = queries.revision_in_force(found)
    if revision is None or queries.offer_of(found.pk, node) is None:
        raise Http404
    specification = asked_at(revision.pk, node).specification
    if specification is None:
        raise Http404
    return answers_schema(specification, is_draft=draft)
