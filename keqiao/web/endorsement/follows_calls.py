"""What is owed in endorsing goes by the deadlines of calls (found by ``programmes.followers``)."""

from datetime import datetime

from keqiao.web.endorsement.owed import follow_call
from keqiao.web.programmes.queries import Call
from keqiao.web.scope import crossing

WHY = "a call that is revised moves what its endorsers and units owe"


def follow(call: Call, _fact: str, _at: datetime) -> None:
    """Bring the dates up to date."""
    with crossing(WHY):
        follow_call(call)
