"""Tables of the room. Written once by ``actions``, never changed."""

from keqiao.web.indicators.models.snapshots import Snapshot, SnapshotLine

__all__ = ["Snapshot", "SnapshotLine"]
