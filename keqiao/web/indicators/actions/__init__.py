"""The acts of the room."""

from keqiao.web.indicators.actions.freezing import freeze

__all__ = ["freeze"]
