"""What crosses associations on PostgreSQL: an application is its unit's as well as that of the association of the call.

The unit reads and writes what it fills in. What it submits, and every place that it takes by it, is written by the
program in the one act of submitting (``actions.submitting``), past the wall.
"""

from keqiao.web.walls import PARTIES, Opening

OWN = f"unit_id = ANY ({PARTIES})"
# Inside a condition the walls of other tables hold as well: only applications that the reader may read count.
OF_OWN = (
    "EXISTS (SELECT 1 FROM applications_application a "  # noqa: S608  all words are ours
    f"WHERE a.id = application_id AND a.unit_id = ANY ({PARTIES}))"
)
# These rows say themselves who asks and who is asked: a wall that asked the applications would ask itself.
ASKED = f"unit_id = ANY ({PARTIES}) OR lead_id = ANY ({PARTIES})"


def _joined(application: str) -> str:
    """Is one of the viewer's units asked to join the application in this column, or does it join?"""
    return (
        f"EXISTS (SELECT 1 FROM applications_joining j WHERE j.application_id = {application}"  # noqa: S608
        f" AND j.unit_id = ANY ({PARTIES}) AND j.state IN ('asked', 'accepted'))"
    )


ATTACHED = "EXISTS (SELECT 1 FROM applications_attachment t WHERE t.file_id = files_storedfile.id)"
PUBLISHED = "EXISTS (SELECT 1 FROM programmes_call c WHERE c.id = call_id AND c.published_at IS NOT NULL)"

OPENINGS = (
    Opening("applications.Application", "unit", OWN, "the unit fills in its own application", "ALL"),
    *(
        Opening(f"applications.{table}", "unit", OF_OWN, "and what belongs to it", "ALL")
        for table in ("Partner", "Attachment", "BundleMark", "Version", "Prepared")
    ),
    *(
        Opening(f"applications.{table}", "unit", OF_OWN, "the unit reads its receipts and what was returned")
        for table in ("Submission", "Return")
    ),
    Opening(
        "applications.Joining", "asked", ASKED, "both units know what one asks and the other answers", "ALL"
    ),
    Opening(
        "applications.Application",
        "joined",
        _joined("applications_application.id"),
        "a unit that is asked to join, or joins, reads the application",
    ),
    *(
        Opening(
            f"applications.{table}",
            "joined",
            _joined(f"applications_{table.lower()}.application_id"),
            "and what it is shown of it",
        )
        for table in ("Partner", "Attachment", "Prepared", "Submission")
    ),
    Opening(
        "applications.Intake",
        "public",
        f"call_id IS NULL OR {PUBLISHED}",
        "everybody may know what grace a call gives",
    ),
    Opening("files.StoredFile", "application", ATTACHED, "whoever reads an application reads its files"),
)
