"""Is the phase that a message is about still open? Asked when it goes; rooms above know.

A room says it in a module ``phases`` with ``PHASES``: from the kind of the case and the template of the message to a
function of the case's id, which returns why it is over (a code), or nothing. They are found by walking the installed
rooms, as ``enclosures`` are.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured

from keqiao.web.notifications.models import Message

PHASE_CLOSED = "phase_closed"
Asked = Callable[[str], str]


def why_over(message: Message, at: datetime) -> str:
    """Return why ``message`` would come too late at ``at``, as a code; nothing where it may go."""
    if message.until is not None and message.until < at:
        return PHASE_CLOSED
    asked = _phases().get((message.about_kind, message.template))
    return asked(message.about_id) if asked else ""


@cache
def _phases() -> Mapping[tuple[str, str], Asked]:
    """What the installed rooms say.

    Raises:
        ImproperlyConfigured: two rooms speak about the same.
    """
    found: dict[tuple[str, str], Asked] = {}
    rooms = (app.name for app in apps.get_app_configs() if app.name.startswith("keqiao."))
    for name in (f"{room}.phases" for room in rooms):
        if name != __name__ and find_spec(name):
            for key, asked in import_module(name).PHASES.items():
                if found.setdefault(key, asked) is not asked:
                    raise ImproperlyConfigured(f"two rooms say when {key} is over")
    return found
