"""What crosses associations on PostgreSQL: the logo of an association."""

from keqiao.web.walls import Opening

LOGO = "EXISTS (SELECT 1 FROM parties_association a WHERE a.logo_id = files_storedfile.id)"

OPENINGS = (Opening("files.StoredFile", "logo", LOGO, "the logo of an association stands on public pages"),)
