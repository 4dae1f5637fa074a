"""What crosses associations on PostgreSQL: a registration is the endorsing unit's too, and its certificate."""

from keqiao.web.walls import PARTIES, Opening

ENDORSED = f"endorsing_unit_id = ANY ({PARTIES})"
# The wall of registrations holds inside: only those that the reader may read count.
OF_A_REGISTRATION = (
    "EXISTS (SELECT 1 FROM accounts_registration r WHERE r.certificate_id = files_storedfile.id)"
)

OPENINGS = (
    Opening("accounts.Registration", "endorser", ENDORSED, "the unit that endorses it verifies it", "SELECT"),
    Opening("accounts.Registration", "endorser_decides", ENDORSED, "and decides", "UPDATE"),
    Opening("files.StoredFile", "certificate", OF_A_REGISTRATION, "whoever verifies sees the certificate"),
)
