"""A form as it stands on paper: the one layout that Word and PDF are set in and that filled papers are read by."""

from keqiao.core.forms.paper.blocks import (
    WHOLE,
    Blank,
    Cell,
    Cover,
    Grid,
    Line,
    LineRole,
    Paper,
    Role,
    Row,
)
from keqiao.core.forms.paper.laying import paper_of

__all__ = ["WHOLE", "Blank", "Cell", "Cover", "Grid", "Line", "LineRole", "Paper", "Role", "Row", "paper_of"]
