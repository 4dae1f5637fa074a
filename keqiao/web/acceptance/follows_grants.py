"""What becomes of an acceptance when the work on its project ends otherwise (``grants.followers``)."""

from keqiao.core.lifecycle.grant import TABLE
from keqiao.web.acceptance.actions.dropping import drop_for
from keqiao.web.grants.followers import Change


def follow(change: Change) -> None:
    """Drop the acceptance of a project that was terminated."""
    if change.event == TABLE.events["terminate"]:
        drop_for(change.grant_id, change.by)
