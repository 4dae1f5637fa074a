"""Pages of the room."""

from keqiao.web.acceptance.views.acceptances import acceptance, paper, points, table_file
from keqiao.web.acceptance.views.acts import act_on_acceptance, act_on_entry, breach, close
from keqiao.web.acceptance.views.calls import call, calls, open_call, own
from keqiao.web.acceptance.views.conclusions import conclusion_file
from keqiao.web.acceptance.views.credit import entry, words

__all__ = [
    "acceptance",
    "act_on_acceptance",
    "act_on_entry",
    "breach",
    "call",
    "calls",
    "close",
    "conclusion_file",
    "entry",
    "open_call",
    "own",
    "paper",
    "points",
    "table_file",
    "words",
]
