"""Save and remove views of lists."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from keqiao.web.ui.models import SavedView
from keqiao.web.ui.permissions import Viewer, working_for

MOST_VIEWS = 20
"""Of one account for one list."""


@dataclass(frozen=True, slots=True)
class NewView:
    """A view as somebody wants to keep it; ``asked`` is the query of the list's address."""

    list_code: str
    name: str
    asked: str
    is_shared: bool = False


@transaction.atomic
def save_view(wanted: NewView, *, actor: Viewer, at: datetime) -> SavedView:
    """Keep a view, in place of the actor's own one of that name.

    Raises:
        ValidationError: there are too many, the conditions are too long, or the actor wants to share and
            works for no association, or for several.
    """
    mine = SavedView.objects.filter(owner_id=actor.pk, list_code=wanted.list_code)
    if mine.exclude(name=wanted.name).count() >= MOST_VIEWS:
        raise ValidationError(
            _("每个列表最多保存 %(most)s 个视图，请先删除不用的。"),
            code="view.too_many",
            params={"most": MOST_VIEWS},
        )
    view = mine.filter(name=wanted.name).first() or SavedView(
        owner_id=actor.pk, list_code=wanted.list_code, name=wanted.name
    )
    view.asked, view.saved_at = kept_part(wanted.asked), at
    view.association_id = _association(actor, at) if wanted.is_shared else None
    view.full_clean()
    view.save()
    return view


@transaction.atomic
def remove_view(view: SavedView) -> None:
    """Remove a view. The caller has asked whose it is."""
    view.delete()


def kept_part(asked: str) -> str:
    """Return the query without the page: a view is what is looked for, not where somebody stood in it."""
    query = QueryDict(asked, mutable=True)
    for name in ("page", "export"):
        query.pop(name, None)
    return query.urlencode()


def _association(actor: Viewer, at: datetime) -> UUID:
    theirs = working_for(actor, at)
    if len(theirs) != 1:
        raise ValidationError(_("只有在一个科协任职时才能与同事共用视图。"), code="view.not_shared")
    return next(iter(theirs))
