"""What crosses associations on PostgreSQL: a file is its sender's too."""

from keqiao.web.walls import ACCOUNT, Opening

OPENINGS = (
    Opening(
        "files.StoredFile",
        "own",
        f"uploaded_by_id = {ACCOUNT}",
        "senders see and continue what they send",
        "ALL",
    ),
)
