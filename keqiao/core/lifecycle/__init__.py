"""States and moves of each kind of case, as tables; one function reads them."""

from keqiao.core.lifecycle.moves import Move, NotAllowed, next_state

__all__ = ["Move", "NotAllowed", "next_state"]
