"""What crosses associations on PostgreSQL: the logo of an association, and the papers behind facts that all share."""

from keqiao.web.walls import Opening

LOGO = "EXISTS (SELECT 1 FROM parties_association a WHERE a.logo_id = files_storedfile.id)"

PROVING = " OR ".join(
    f"EXISTS (SELECT 1 FROM parties_{table} f WHERE f.evidence_id = files_storedfile.id)"  # noqa: S608  all words are ours
    for table in ("organisationfact", "personfact", "personqualification")
)

OPENINGS = (
    Opening("files.StoredFile", "logo", LOGO, "the logo of an association stands on public pages"),
    Opening(
        "files.StoredFile",
        "evidence",
        PROVING,
        "facts of units and people are shared; their papers belong to no association, and queries say who reads them",
    ),
)
