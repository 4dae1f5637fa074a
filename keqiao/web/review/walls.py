"""What crosses associations on PostgreSQL: a unit reads what the formal check of its application came to."""

from keqiao.web.walls import Opening

# Applications stand behind their own wall: only those that the reader may read count.
OF_APPLICATION = "EXISTS (SELECT 1 FROM applications_application a WHERE a.id = application_id)"

OPENINGS = (
    Opening(
        "review.FormalCheck",
        "application",
        OF_APPLICATION,
        "whoever reads an application reads what its formal check came to",
    ),
)
