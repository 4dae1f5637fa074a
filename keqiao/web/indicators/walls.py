"""What crosses associations on PostgreSQL: a unit reads how its own project stood at the end."""

from keqiao.web.walls import PARTIES, Opening

OWN = f"owner_id = ANY ({PARTIES})"
OF_SNAPSHOT = "EXISTS (SELECT 1 FROM indicators_snapshot s WHERE s.id = snapshot_id)"

OPENINGS = (
    Opening("indicators.Snapshot", "unit", OWN, "the unit reads how its project stood when it was closed"),
    Opening("indicators.SnapshotLine", "unit", OF_SNAPSHOT, "target by target"),
)
