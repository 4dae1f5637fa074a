"""The pages of the room."""

from keqiao.web.indicators.views.targets import snapshot, targets

__all__ = ["snapshot", "targets"]
