"""What crosses associations on PostgreSQL: units act on their own grants, finance bureaus on those they supervise."""

from keqiao.web.walls import ASSOCIATIONS, PARTIES, Opening

UNIT = f"unit_id = ANY({PARTIES})"
BUREAU = f"finance_bureau_id = ANY({ASSOCIATIONS})"
# Grants stand behind their own wall: only those that the reader may read count.
OF_GRANT = "EXISTS (SELECT 1 FROM grants_grant g WHERE g.id = grant_id)"
OF_STAMPED = "about_kind = 'grants.grant' AND EXISTS (SELECT 1 FROM grants_grant g WHERE g.id = about_id)"
IN_RECEIPT = "EXISTS (SELECT 1 FROM grants_receipt r WHERE r.file_id = files_storedfile.id)"
SUPERVISED = (  # noqa: S608  words of ours only
    "kind IN ('grants.pay_supervised', 'grants.admit_supervised') AND subject_id IN "
    "(SELECT i.id::text FROM grants_instalment i JOIN grants_grant g ON g.id = i.grant_id WHERE {bureau} "
    "UNION ALL SELECT s.id::text FROM grants_settlement s JOIN grants_grant g ON g.id = s.grant_id WHERE {bureau})"
).format(bureau=f"g.{BUREAU}")

OPENINGS = (
    Opening("grants.Grant", "unit", UNIT, "the unit that carries a project out reads and signs it", "ALL"),
    Opening("grants.Grant", "bureau", BUREAU, "the finance bureau that supervises its money pays it", "ALL"),
    Opening("grants.Instalment", "grant", OF_GRANT, "whoever acts on a grant acts on its instalments", "ALL"),
    Opening("grants.LedgerEntry", "grant", OF_GRANT, "and adds to its ledger", "ALL"),
    Opening("grants.Receipt", "grant", OF_GRANT, "and hands receipts in or judges them", "ALL"),
    Opening("grants.Settlement", "grant", OF_GRANT, "and settles it", "ALL"),
    Opening("grants.ChangeRequest", "grant", OF_GRANT, "and asks for changes or decides them", "ALL"),
    Opening("filing.SignaturePage", "grant", OF_STAMPED, "whoever reads a grant prints its page", "ALL"),
    Opening("filing.Scan", "grant", OF_STAMPED, "and brings and reads the pictures of it", "ALL"),
    Opening("files.StoredFile", "grant_receipt", IN_RECEIPT, "whoever reads a receipt reads its file"),
    Opening(
        "approvals.Approval", "grant_bureau", SUPERVISED, "the bureau agrees to what it supervises", "ALL"
    ),
)
