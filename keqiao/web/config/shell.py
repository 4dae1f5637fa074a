"""What the frame of every page shows. Lazy: a page that shows none of it asks no session and no table."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import cached_property

from keqiao.web.accounts.acting import Acting, acting_of
from keqiao.web.accounts.queries import is_let_off
from keqiao.web.config.navigation import Door, doors_for
from keqiao.web.notifications.queries import unread_count
from keqiao.web.parties.profile.site import Site, site_keeper, site_shown


class Shell:
    """Handed to templates as ``shell``. Only back-office pages read what needs a signed-in person."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    site_name = settings.SITE_NAME
    is_demonstration = settings.DEMONSTRATION

    @cached_property
    def doors(self) -> list[Door]:
        """Return the left navigation."""
        return doors_for(self._request)

    @cached_property
    def association(self) -> str:
        """Return the organisation for which the viewer holds the first role, or else the site's name."""
        grants = self._request.user.grants_at(self._request.arrived_at)
        return next((grant.organisation.name for grant in grants if grant.organisation), settings.SITE_NAME)

    @cached_property
    def acting(self) -> Acting:
        """Return for whom the viewer acts, and could act."""
        return acting_of(self._request.user, self._request.arrived_at)

    @cached_property
    def is_let_off(self) -> bool:
        """Is the viewer of the demonstration, and so let off a second factor that the role would need?"""
        user, now = self._request.user, self._request.arrived_at
        roles = {grant.role for grant in user.own_grants_at(now)}
        return is_let_off(user) and not settings.SECOND_FACTOR_ROLES.isdisjoint(roles)

    @cached_property
    def site(self) -> Site | None:
        """Return what public pages say of the association that keeps the site."""
        return site_shown()

    @cached_property
    def begins(self) -> bool:
        """Is the viewer an officer of the association that keeps the site? Asked on the desk alone."""
        keeper = site_keeper()
        user, at = self._request.user, self._request.arrived_at
        return keeper is not None and keeper.pk in user.organisations_as("officer", at)

    @cached_property
    def unread(self) -> int:
        """Return how many messages the viewer has not read."""
        return unread_count(self._request.user)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor."""
    return {"shell": Shell(request)}
