"""Read decisions and what becomes of applications."""

from keqiao.web.allocation.queries.selections import (
    next_in_reserve,
    reserves_of,
    selection_of,
    selections_of,
)

__all__ = ["next_in_reserve", "reserves_of", "selection_of", "selections_of"]
