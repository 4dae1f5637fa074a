"""What crosses associations on PostgreSQL: calls once they are published, and what they rest on."""

from keqiao.web.walls import Opening

PUBLISHED = "EXISTS (SELECT 1 FROM programmes_call c WHERE c.id = call_id AND c.published_at IS NOT NULL)"
REFERRED_TO = (
    "EXISTS (SELECT 1 FROM programmes_revision r WHERE r.definition->'regulations' @> jsonb_build_array("
    "jsonb_build_object('library', regulation_id::text || '@' || number)))"
)
# Inside a condition the walls of other tables hold as well: only sources and versions that the reader may read count.
OF_A_SOURCE = "EXISTS (SELECT 1 FROM programmes_source s WHERE s.file_id = files_storedfile.id)"
OF_A_VERSION = "EXISTS (SELECT 1 FROM regulations_version v WHERE v.file_id = files_storedfile.id)"
OF_A_NOTICE = "EXISTS (SELECT 1 FROM programmes_amendment a WHERE a.file_id = files_storedfile.id)"
WITH_A_VERSION = (
    "EXISTS (SELECT 1 FROM regulations_version v WHERE v.regulation_id = regulations_regulation.id)"
)

OPENINGS = (
    Opening(
        "programmes.Call", "published", "published_at IS NOT NULL", "published calls are read by everybody"
    ),
    Opening(
        "programmes.Source", "published", PUBLISHED, "the document of a published call is offered beside it"
    ),
    Opening("files.StoredFile", "source", OF_A_SOURCE, "so is its file"),
    Opening(
        "programmes.Amendment",
        "published",
        "revision_id IS NOT NULL",
        "a correction that a published revision took up is shown with it",
    ),
    Opening("files.StoredFile", "notice", OF_A_NOTICE, "and its file"),
    Opening("regulations.Version", "referred_to", REFERRED_TO, "what a published call refers to can be read"),
    Opening("regulations.Regulation", "referred_to", WITH_A_VERSION, "with the name of the regulation"),
    Opening("files.StoredFile", "regulation", OF_A_VERSION, "and its file"),
)
