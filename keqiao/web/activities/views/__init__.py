"""The pages of the room."""

from keqiao.web.activities.views.acts import act, several, take_away
from keqiao.web.activities.views.entering import choose, edit, new
from keqiao.web.activities.views.lists import project, queue
from keqiao.web.activities.views.records import record

__all__ = ["act", "choose", "edit", "new", "project", "queue", "record", "several", "take_away"]
