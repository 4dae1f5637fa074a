"""Pages of the room."""

from keqiao.web.allocation.views.calls import begin, calls
from keqiao.web.allocation.views.decisions import decision, policy
from keqiao.web.allocation.views.facts import facts, pilots, ranks
from keqiao.web.allocation.views.items import item, merge
from keqiao.web.allocation.views.tables import table

__all__ = ["begin", "calls", "decision", "facts", "item", "merge", "pilots", "policy", "ranks", "table"]
