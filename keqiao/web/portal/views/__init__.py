"""The pages of the site: public ones, what other programs read, and the desk of a signed-in person."""

from keqiao.web.portal.views.desk import desk, desk_kind
from keqiao.web.portal.views.feeds import calendar, call_calendar, feed, robots, sitemap, statistics_table
from keqiao.web.portal.views.papers import call_pdf, category_pdf
from keqiao.web.portal.views.public import call, calls, category, home, notice, original, statistics
from keqiao.web.portal.views.public_notices import (
    public_award,
    public_award_paper,
    public_notice,
    public_notice_calendar,
    public_notice_paper,
    public_notices,
    public_statement,
)
from keqiao.web.portal.views.revisions import definition, revision

__all__ = [
    "calendar",
    "call",
    "call_calendar",
    "call_pdf",
    "calls",
    "category",
    "category_pdf",
    "definition",
    "desk",
    "desk_kind",
    "feed",
    "home",
    "notice",
    "original",
    "public_award",
    "public_award_paper",
    "public_notice",
    "public_notice_calendar",
    "public_notice_paper",
    "public_notices",
    "public_statement",
    "revision",
    "robots",
    "sitemap",
    "statistics",
    "statistics_table",
]
