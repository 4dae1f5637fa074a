"""Pages on which officers turn documents into calls."""

from keqiao.web.programmes.views.drafts import answer, document, draft, leftover
from keqiao.web.programmes.views.editing import head, office, remove, rule, target, terms
from keqiao.web.programmes.views.lists import desk
from keqiao.web.programmes.views.publishing import publish
from keqiao.web.programmes.views.regulations import regulations
from keqiao.web.programmes.views.revisions import revision, revisions
from keqiao.web.programmes.views.selecting import selection
from keqiao.web.programmes.views.starting import from_definition, new, progress, read_again, reading

__all__ = [
    "answer",
    "desk",
    "document",
    "draft",
    "from_definition",
    "head",
    "leftover",
    "new",
    "office",
    "progress",
    "publish",
    "read_again",
    "reading",
    "regulations",
    "remove",
    "revision",
    "revisions",
    "rule",
    "selection",
    "target",
    "terms",
]
