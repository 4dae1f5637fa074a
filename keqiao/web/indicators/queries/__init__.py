"""Read how far targets are reached, and what stood when a project was closed."""

from keqiao.web.indicators.queries.judgement import judgement_of, setting_of
from keqiao.web.indicators.queries.snapshots import last_snapshot, snapshot_for, snapshots_of

__all__ = ["judgement_of", "last_snapshot", "setting_of", "snapshot_for", "snapshots_of"]
