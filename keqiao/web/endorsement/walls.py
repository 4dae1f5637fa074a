"""What crosses associations on PostgreSQL: an application is also its endorsing unit's and its co-signer's.

A queue shows itself to the bodies that take and co-sign it; everything in it goes by that wall (subqueries stand
behind the walls of their own tables). Acts are written by the program, past the wall (``actions``).
"""

from keqiao.web.walls import PARTIES, Opening

MINE = f"taker_id = ANY ({PARTIES}) OR co_signer_id = ANY ({PARTIES})"
IN_MINE = (
    "EXISTS (SELECT 1 FROM endorsement_queue q WHERE q.id = queue_id "  # noqa: S608  all words are ours
    f"AND (q.taker_id = ANY ({PARTIES}) OR q.co_signer_id = ANY ({PARTIES})))"
)
FORWARDED = (
    "EXISTS (SELECT 1 FROM endorsement_batchline l JOIN endorsement_queue q ON q.id = l.queue_id "  # noqa: S608
    f"WHERE l.passage_id = endorsement_passage.id "
    f"AND (q.taker_id = ANY ({PARTIES}) OR q.co_signer_id = ANY ({PARTIES})))"
)
# Passages stand behind their own wall: what the reader may not see there does not count here.
LAID_BEFORE = "EXISTS (SELECT 1 FROM endorsement_passage p WHERE p.application_id = {column})"

# Lists stand behind their own wall too.
OF_LIST = (
    "about_kind = 'endorsement.batch' AND EXISTS (SELECT 1 FROM endorsement_batch b WHERE b.id = about_id)"
)

READ_WITH_IT = ("Submission", "Return", "Partner", "Attachment")

OPENINGS = (
    Opening(
        "endorsement.Queue", "taker", MINE, "the unit that endorses has its queue, its co-signer reads it"
    ),
    *(
        Opening(f"endorsement.{table}", "taker", IN_MINE, "and what lies in it")
        for table in ("Seat", "Passage", "Endorsement", "Batch", "BatchLine")
    ),
    Opening("endorsement.Passage", "forwarded", FORWARDED, "and what it has forwarded"),
    Opening(
        "applications.Application",
        "endorser",
        LAID_BEFORE.format(column="applications_application.id"),
        "whoever endorses reads it",
    ),
    Opening(
        "filing.SignaturePage",
        "list",
        OF_LIST,
        "whoever takes or co-signs a queue prints the pages of its lists",
        "ALL",
    ),
    Opening("filing.Scan", "list", OF_LIST, "and brings and reads the pictures of them", "ALL"),
    *(
        Opening(
            f"applications.{table}",
            "endorser",
            LAID_BEFORE.format(column=f"applications_{table.lower()}.application_id"),
            "and what goes with it",
        )
        for table in READ_WITH_IT
    ),
)
