"""Pages on which officers turn documents into calls."""

from keqiao.web.programmes.views.amending import (
    amendment,
    amendment_call,
    amendment_instead,
    amendment_merge,
    amendment_new,
    amendment_plain,
    amendment_progress,
    amendment_settle,
    amendments,
)
from keqiao.web.programmes.views.drafts import answer, draft, leftover
from keqiao.web.programmes.views.ending import cancel
from keqiao.web.programmes.views.history import history, redo, restore, undo
from keqiao.web.programmes.views.issuing import issue, issued, keep_issued
from keqiao.web.programmes.views.lists import desk
from keqiao.web.programmes.views.merging import merge
from keqiao.web.programmes.views.nodes import node, part_remove
from keqiao.web.programmes.views.publishing import publish
from keqiao.web.programmes.views.reading import progress, read_again, reading
from keqiao.web.programmes.views.regulations import regulations
from keqiao.web.programmes.views.revisions import revision, revisions
from keqiao.web.programmes.views.selecting import selection
from keqiao.web.programmes.views.starting import from_call, from_definition, from_nothing, from_shipped, new
from keqiao.web.programmes.views.statements import part, part_new
from keqiao.web.programmes.views.tree import (
    category_copy,
    category_move,
    category_new,
    category_remove,
    copy_part,
    reorder,
    track_new,
)

__all__ = [
    "amendment",
    "amendment_call",
    "amendment_instead",
    "amendment_merge",
    "amendment_new",
    "amendment_plain",
    "amendment_progress",
    "amendment_settle",
    "amendments",
    "answer",
    "cancel",
    "category_copy",
    "category_move",
    "category_new",
    "category_remove",
    "copy_part",
    "desk",
    "draft",
    "from_call",
    "from_definition",
    "from_nothing",
    "from_shipped",
    "history",
    "issue",
    "issued",
    "keep_issued",
    "leftover",
    "merge",
    "new",
    "node",
    "part",
    "part_new",
    "part_remove",
    "progress",
    "publish",
    "read_again",
    "reading",
    "redo",
    "regulations",
    "reorder",
    "restore",
    "revision",
    "revisions",
    "selection",
    "track_new",
    "undo",
]
