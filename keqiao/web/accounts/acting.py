"""For whom a person with roles in several units acts: chosen in the session, seen on every page, gone with it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from keqiao.web.access import SIGNED_IN, opens_to
from keqiao.web.accounts.middleware import ACTING_FOR
from keqiao.web.accounts.models import User
from keqiao.web.audit import log
from keqiao.web.parties.queries import Organisation


@dataclass(frozen=True)
class Acting:
    """What the banner shows: the units to choose from, the chosen one, whether its roles have ended meanwhile."""

    units: list[Organisation]
    chosen: Organisation | None
    has_ended: bool

    @property
    def is_shown(self) -> bool:
        """Is there anything to choose or to know?"""
        return len(self.units) > 1 or self.chosen is not None or self.has_ended


def acting_of(user: User, at: datetime) -> Acting:
    """Return for whom ``user`` acts and could act. Costs no query beyond the roles that every page reads."""
    held = {
        grant.organisation_id: grant.organisation for grant in user.own_grants_at(at) if grant.organisation
    }
    units = sorted(held.values(), key=lambda unit: unit.name)
    chosen = held.get(user.acting_for) if user.acting_for else None
    return Acting(units, chosen, has_ended=user.acting_for is not None and chosen is None)


class ActingForm(forms.Form):
    """The unit, or none for all of one's own roles."""

    unit = forms.UUIDField(required=False)

    def __init__(self, *args: object, user: User, at: datetime, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.units = {unit.pk for unit in acting_of(user, at).units}

    def clean_unit(self) -> UUID | None:
        """Only a unit in which the person holds a role."""
        unit: UUID | None = self.cleaned_data["unit"]
        if unit is not None and unit not in self.units:
            raise forms.ValidationError(_("您在该单位没有角色。"), code="acting.no_role")
        return unit


@transaction.atomic
def note_choice(user: User, unit: UUID | None, *, at: datetime) -> None:
    """Write down that ``user`` acts for a unit from now on, or for none."""
    act = "acting_ended" if unit is None else "acting_began"
    data = {} if unit is None else {"organisation": str(unit)}
    log.record(act, user, actor=user, role="self", at=at, data=data)


@opens_to(SIGNED_IN)
@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Act for a unit from the next page on, without logging out."""
    form = ActingForm(request.POST, user=request.user, at=request.arrived_at)
    if not form.is_valid():
        messages.error(request, _("您在该单位没有角色。"))
        return redirect("portal:desk")
    unit = form.cleaned_data["unit"]
    note_choice(request.user, unit, at=request.arrived_at)
    if unit is None:
        request.session.pop(ACTING_FOR, None)
    else:
        request.session[ACTING_FOR] = str(unit)
    request.session.cycle_key()  # rights have changed: whoever holds the old key holds nothing
    return redirect("portal:desk")
