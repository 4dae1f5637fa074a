"""What crosses associations on PostgreSQL: whoever reads an application brings and reads its signature pages.

A room above that lets something else be stamped opens the pages about it in its own walls.
"""

from keqiao.web.walls import ACCOUNT, Opening

# Inside a condition the walls of other tables hold as well: only applications that the reader may read count.
OF_APPLICATION = (
    "about_kind = 'applications.application' "
    "AND EXISTS (SELECT 1 FROM applications_application a WHERE a.id = about_id)"
)
BROUGHT = (
    "EXISTS (SELECT 1 FROM filing_scan s "
    "WHERE s.file_id = files_storedfile.id OR s.picture_id = files_storedfile.id)"
)

OF_FILED = "EXISTS (SELECT 1 FROM applications_application a WHERE a.id = application_id)"
OF_MAIL = "EXISTS (SELECT 1 FROM filing_mail m WHERE m.id = mail_id AND m.application_id IS NOT NULL)"
MAILED = (
    "EXISTS (SELECT 1 FROM filing_enclosure e JOIN filing_mail m ON m.id = e.mail_id "
    "WHERE e.file_id = files_storedfile.id)"
)

OPENINGS = (
    Opening(
        "filing.Mail", "application", OF_FILED, "whoever reads an application reads what was mailed for it"
    ),
    Opening("filing.Enclosure", "application", OF_MAIL, "and what was enclosed"),
    Opening("files.StoredFile", "mailed", MAILED, "and the files of it"),
    Opening("filing.PaperReceipt", "application", OF_FILED, "and which copies of it came on paper"),
    Opening(
        "filing.SignaturePage",
        "application",
        OF_APPLICATION,
        "whoever reads an application prints its page",
        "ALL",
    ),
    Opening("filing.Scan", "application", OF_APPLICATION, "and brings and reads the pictures of it", "ALL"),
    Opening(
        "filing.Scan",
        "own",
        f"taken_by_id = {ACCOUNT}",
        "whoever brought a picture sees what came of it",
        "ALL",
    ),
    Opening("files.StoredFile", "stamped", BROUGHT, "whoever reads a picture reads its files"),
)
