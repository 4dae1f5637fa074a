"""Read queues, their lists and batches, the way of an application, what the office oversees."""

from keqiao.web.endorsement.queries.endorsers import Gave, opinions_given
from keqiao.web.endorsement.queries.lists import (
    LineShown,
    against_forwarding,
    against_the_list,
    lines_of,
    terms_of,
    way_of_queue,
)
from keqiao.web.endorsement.queries.missing import Missing, missing_of
from keqiao.web.endorsement.queries.office import OnTheWay, Overview, QueueSeen, chain_doubt, office_overview
from keqiao.web.endorsement.queries.overseen import CallOverseen, call_overseen, calls_overseen
from keqiao.web.endorsement.queries.queues import (
    batch_for,
    batches_of,
    batches_seen,
    passage_for,
    queue_for,
    queues_for,
    role_in,
)
from keqiao.web.endorsement.queries.signing import (
    lines_on,
    lists_to_sign,
    live_list,
    next_after,
    ranks_of,
)
from keqiao.web.endorsement.queries.standing_lists import (
    changed_since,
    fingerprint_now,
    is_over,
    lines_that_stand,
    stamped_list,
)
from keqiao.web.endorsement.queries.submitted import (
    findings_of_many,
    passage_of,
    submissions_of,
    submissions_with,
)
from keqiao.web.endorsement.queries.ways import Progress, WayStage, state_shown, way_of

__all__ = [
    "CallOverseen",
    "Gave",
    "LineShown",
    "Missing",
    "OnTheWay",
    "Overview",
    "Progress",
    "QueueSeen",
    "WayStage",
    "against_forwarding",
    "against_the_list",
    "batch_for",
    "batches_of",
    "batches_seen",
    "call_overseen",
    "calls_overseen",
    "chain_doubt",
    "changed_since",
    "findings_of_many",
    "fingerprint_now",
    "is_over",
    "lines_of",
    "lines_on",
    "lines_that_stand",
    "lists_to_sign",
    "live_list",
    "missing_of",
    "next_after",
    "office_overview",
    "opinions_given",
    "passage_for",
    "passage_of",
    "queue_for",
    "queues_for",
    "ranks_of",
    "role_in",
    "stamped_list",
    "state_shown",
    "submissions_of",
    "submissions_with",
    "terms_of",
    "way_of",
    "way_of_queue",
]
