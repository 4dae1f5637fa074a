"""In which order what is decided is listed, on every page and paper."""

from django.db.models import F

from keqiao.web.programmes.queries import order_of_call

RANKED = (F("rank").asc(nulls_last=True), "application__number")
"""By rank; what has none comes last, which each engine would decide for itself."""
LISTED = (*order_of_call(call="call_id", node="application__node"), *RANKED)
"""Categories as the call has them, in each by rank."""
