"""What crosses associations on PostgreSQL: what was told a unit's address is also the unit's.

The row stands in the books of the association whose case it is about. It is written by the program, in the act that it
tells of, past the wall; the unit reads what became of it.
"""

from keqiao.web.walls import PARTIES, Opening

OPENINGS = (
    Opening(
        "api.Delivery",
        "keeper",
        f"organisation_id = ANY ({PARTIES})",
        "an organisation sees what its own address was told",
    ),
)
