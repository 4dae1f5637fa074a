"""In which order what is decided is listed, on every page and paper."""

from keqiao.web.programmes.queries import order_of_call

LISTED = (*order_of_call(call="call_id", node="application__node"), "rank", "application__number")
"""Categories as the call has them, in each by rank."""
