"""What crosses associations on PostgreSQL: a unit reads what its formal check came to; an expert what is to be judged.

Acts of experts are written by the program, past the wall (``actions.judging``).
"""

from keqiao.web.walls import PARTIES, Opening

# Applications stand behind their own wall: only those that the reader may read count.
OF_APPLICATION = "EXISTS (SELECT 1 FROM applications_application a WHERE a.id = application_id)"
MINE = (
    "EXISTS (SELECT 1 FROM review_expert e WHERE e.id = expert_id "  # noqa: S608  all words are ours
    f"AND e.person_id = ANY ({PARTIES}))"
)
# Tasks stand behind their own wall: only the reader's own count.
OF_TASK = "EXISTS (SELECT 1 FROM review_task t WHERE t.id = task_id)"
WITH_TASK = "EXISTS (SELECT 1 FROM review_task t WHERE t.round_id = {column})"
ENTERED = (
    "EXISTS (SELECT 1 FROM review_task t WHERE t.round_id = review_entry.round_id "
    "AND t.application_id = review_entry.application_id)"
)
ASKED = (
    "EXISTS (SELECT 1 FROM review_task t JOIN review_expert e ON e.id = t.expert_id "  # noqa: S608
    f"WHERE t.application_id = {{column}} AND e.person_id = ANY ({PARTIES}) "
    "AND t.state IN ('invited', 'accepted', 'draft', 'sealed'))"
)
JUDGED = (
    "EXISTS (SELECT 1 FROM review_task t JOIN review_expert e ON e.id = t.expert_id "  # noqa: S608
    "JOIN review_round r ON r.id = t.round_id "
    f"WHERE t.application_id = {{column}} AND e.person_id = ANY ({PARTIES}) "
    "AND t.state IN ('accepted', 'draft', 'sealed') AND r.state = 'open')"
)
WHY_JUDGED = "an expert who has accepted reads what is to be judged, while the round is open"

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
    Opening("review.Task", "expert", MINE, "an expert reads what the expert was asked"),
    Opening("review.Sheet", "expert", OF_TASK, "and the own sheets"),
    Opening("review.Round", "expert", WITH_TASK.replace("{column}", "review_round.id"), "and until when"),
    Opening("review.Entry", "expert", ENTERED, "and by which mark"),
    Opening(
        "applications.Application",
        "expert",
        ASKED.replace("{column}", "applications_application.id"),
        "an expert who is asked reads what it is about",
    ),
    *(
        Opening(
            f"applications.{table}",
            "expert",
            JUDGED.replace("{column}", f"applications_{table.lower()}.application_id"),
            WHY_JUDGED,
        )
        for table in ("Submission", "Attachment")
    ),
)
