"""What a room opens in the wall between associations: the shape in which it says so.

The wall itself is row-level security on PostgreSQL (``config.postgres.walls``). A room that must show rows of an
association to others says it in a module ``walls`` with ``OPENINGS``.
"""

from dataclasses import dataclass
from typing import Literal

ASSOCIATIONS = "COALESCE(NULLIF(current_setting('keqiao.associations', true), ''), '{}')::uuid[]"
"""SQL for the ids of the organisations for which the viewer works."""

PARTIES = "COALESCE(NULLIF(current_setting('keqiao.parties', true), ''), '{}')::uuid[]"
"""SQL for the ids of the viewer: the person, and the units the viewer acts for."""

ACCOUNT = "NULLIF(current_setting('keqiao.account', true), '')::uuid"
"""SQL for the id of the viewer's account."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Rows of ``model`` (its label) that are not only their association's: ``condition`` in SQL over its columns.

    ``name`` and ``why`` say what crosses and for whom. Reading only, unless ``command`` says otherwise.
    """

    model: str
    name: str
    condition: str
    why: str
    command: Literal["SELECT", "INSERT", "UPDATE", "DELETE", "ALL"] = "SELECT"
