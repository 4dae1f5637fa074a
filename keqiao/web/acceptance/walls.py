"""What crosses associations on PostgreSQL: units close their own grants; whom an entry is about answers it."""

from keqiao.web.walls import PARTIES, Opening

# Grants stand behind their own wall: only those that the reader may read count.
OF_GRANT = "EXISTS (SELECT 1 FROM grants_grant g WHERE g.id = grant_id)"
OF_ACCEPTANCE = "EXISTS (SELECT 1 FROM acceptance_acceptance a WHERE a.id = acceptance_id)"
ABOUT = f"party_id = ANY({PARTIES})"
IN_PAPER = "EXISTS (SELECT 1 FROM acceptance_owedpaper p WHERE p.file_id = files_storedfile.id)"

OPENINGS = (
    Opening(
        "acceptance.Acceptance", "grant", OF_GRANT, "whoever acts on a grant acts on its acceptance", "ALL"
    ),
    Opening("acceptance.OwedPaper", "acceptance", OF_ACCEPTANCE, "and hands papers in or reads them", "ALL"),
    Opening("acceptance.RowWords", "acceptance", OF_ACCEPTANCE, "and says why a row differs", "ALL"),
    Opening("acceptance.CreditEntry", "about", ABOUT, "whom an entry is about reads and answers it", "ALL"),
    Opening("files.StoredFile", "deliverable", IN_PAPER, "whoever reads an acceptance reads its papers"),
)
