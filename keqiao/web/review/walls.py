"""What crosses associations on PostgreSQL: a unit reads what the formal check of its application came to."""

from keqiao.web.walls import PARTIES, Opening

# Applications stand behind their own wall: only those that the reader may read count.
OF_APPLICATION = "EXISTS (SELECT 1 FROM applications_application a WHERE a.id = application_id)"

OPENINGS = (
    Opening(
        "review.Relation",
        "expert",
        f"EXISTS (SELECT 1 FROM review_expert e WHERE e.id = expert_id AND e.person_id = ANY ({PARTIES}))",  # noqa: S608
        "experts read what was declared of them, also where they hold no role any more",
    ),
    Opening(
        "review.Expert", "self", f"person_id = ANY ({PARTIES})", "experts know what they are in the register"
    ),
    Opening(
        "review.FormalCheck",
        "application",
        OF_APPLICATION,
        "whoever reads an application reads what its formal check came to",
    ),
)
