"""What crosses associations on PostgreSQL: a record is also that of the unit that carries the project out."""

from keqiao.web.walls import PARTIES, Opening

OWN = f"owner_id = ANY ({PARTIES})"
# Records stand behind their own wall: only those that the reader may read count.
OF_RECORD = "EXISTS (SELECT 1 FROM activities_activity a WHERE a.id = activity_id)"
USED = "EXISTS (SELECT 1 FROM activities_evidenceuse u WHERE u.file_id = files_storedfile.id)"

OPENINGS = (
    Opening("activities.Activity", "unit", OWN, "the unit records what it did", "ALL"),
    Opening("activities.EvidenceUse", "unit", OF_RECORD, "with its evidence", "ALL"),
    Opening("files.StoredFile", "record_evidence", USED, "whoever reads a record reads its evidence"),
)
