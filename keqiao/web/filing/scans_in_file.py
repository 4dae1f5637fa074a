"""Pictures of stamped pages in the file of an application."""

from uuid import UUID

from django.urls import reverse

from keqiao.web.filing import queries
from keqiao.web.ui.in_file import Case, Entry


def scan_entries(case: Case) -> list[Entry]:
    """Give the pictures in the order in which they came; those that were set aside only the office sees."""
    rows = list(queries.scans_about((case.about[0], UUID(case.about[1]))).order_by("taken_at", "position"))
    return [
        Entry(
            row.taken_at,
            row.file.name,
            who=str(row.taken_by) if case.is_own or case.is_office else "",
            note="，".join(
                str(words) for words in (row.get_state_display(), row.get_seal_display()) if words
            ),
            link=reverse("filing:scan", args=[row.pk]),
        )
        for row in rows
        if case.is_office or row.state != "set_aside"
    ]
