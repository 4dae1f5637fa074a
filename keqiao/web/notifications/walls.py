"""What crosses associations on PostgreSQL: how an association sends, by which whoever writes to its people goes."""

from keqiao.web.walls import Opening

WHY = (
    "a unit's own act tells somebody in the name of the association, in the way that the association has set"
)

OPENINGS = (
    Opening("notifications.SendingRule", "all", "true", WHY),
    Opening("notifications.QuietHours", "all", "true", WHY),
)
