"""What crosses associations on PostgreSQL: one's own messages, and how an association sends.

A message is the association's in whose name it goes; one without an association is the installation's. Whoever acts
puts messages for others into the outbox and takes back what waits there (``actions.queueing``), and reads none of them.
"""

from keqiao.web.notifications.models import Channel
from keqiao.web.scope import INSTALLATION
from keqiao.web.walls import ACCOUNT, ASSOCIATIONS, Opening

WHY = (
    "a unit's own act tells somebody in the name of the association, in the way that the association has set"
)
TOLD = "everybody's act tells others of it, in the name of whoever runs the case; no row can be read for it"
IN_SITE = f"recipient_id = {ACCOUNT} AND channel = '{Channel.IN_APP.value}'"
OF_INSTALLATION = f"association_id IS NULL AND '{INSTALLATION}'::uuid = ANY ({ASSOCIATIONS})"

OPENINGS = (
    Opening("notifications.Message", "told", "true", TOLD, "INSERT"),
    Opening("notifications.Message", "recipient", f"recipient_id = {ACCOUNT}", "one reads what one was told"),
    Opening("notifications.Message", "reader", IN_SITE, "one marks one's messages as read", "UPDATE"),
    Opening(
        "notifications.Message",
        "installation",
        OF_INSTALLATION,
        "the system administrator keeps the outbox of the installation",
        "ALL",
    ),
    Opening("notifications.SendingRule", "all", "true", WHY),
    Opening("notifications.QuietHours", "all", "true", WHY),
)
