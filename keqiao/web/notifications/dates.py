"""The dated things that somebody has to do, as a calendar. Rooms above know them.

A room says them in a module ``dated`` with ``dates_for(account, at)``, which gives ``FeedEvent``s: a stable uid, a
sequence that grows with each change, and what is done or moved away still there as ``is_off``. The modules are found
by walking the installed rooms, as ``enclosures`` are.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from keqiao.web.scope import crossing
from keqiao.web.ui.site_addresses import page_address
from keqiao.writers.calendar_feed import FeedEvent, calendar_feed

DatesFor = Callable[[Any, datetime], Iterable[FeedEvent]]


def calendar_of(account: Any, at: datetime) -> bytes:
    """Return the calendar of ``account``, in the account's language."""
    with override(account.language), crossing("the calendar of one person, read by the person's own program"):
        name = _("%(site)s待办：%(who)s") % {"site": settings.SITE_NAME, "who": account.get_full_name()}
        return calendar_feed(name, list(_dates(account, at)), address=page_address("portal:desk"))


def _dates(account: Any, at: datetime) -> Iterator[FeedEvent]:
    for dates_for in _sources():
        yield from dates_for(account, at)


@cache
def _sources() -> tuple[DatesFor, ...]:
    rooms = (app.name for app in apps.get_app_configs() if app.name.startswith("keqiao."))
    return tuple(import_module(f"{room}.dated").dates_for for room in rooms if find_spec(f"{room}.dated"))
