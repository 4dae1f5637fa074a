"""What crosses associations on PostgreSQL: a duty is also its holder's.

The row is the association's whose case it is about. A unit, an endorser in another association, a person read what they
have to do there; writing is done by the program in the act that opens or closes it (``actions``), past the wall.
"""

from keqiao.web.walls import ACCOUNT, PARTIES, Opening

OPENINGS = (
    Opening("duties.Duty", "holder", f"account_id = {ACCOUNT}", "a person knows what the person has to do"),
    Opening(
        "duties.Duty", "unit", f"organisation_id = ANY ({PARTIES})", "an organisation knows what it has to do"
    ),
)
