"""What this room does when something becomes of an application (found by ``applications.followers``)."""

from keqiao.web.applications.followers import Change
from keqiao.web.filing.owed import follow_page
from keqiao.web.filing.papers_owed import owed_in


def follow(change: Change) -> None:
    """Keep in step what the unit owes of its stamped page. Costs no query where the call wants none."""
    if owed_in(change.revision_id, change.node).stamped:
        follow_page(change.application_id, change.at, change.act)
