"""What a call is: types, inheritance down the tree, validation, differences between revisions."""

from keqiao.core.programme.differences import Change, Difference, differences
from keqiao.core.programme.inheritance import Effective, Stated, effective, total_of
from keqiao.core.programme.tree import (
    Path,
    category_at,
    leaves,
    lineage,
    named_nodes,
    names_at,
    path_of,
    walk,
)
from keqiao.core.programme.types import Category, Programme, Track
from keqiao.core.programme.validation import validate

__all__ = [
    "Category",
    "Change",
    "Difference",
    "Effective",
    "Path",
    "Programme",
    "Stated",
    "Track",
    "category_at",
    "differences",
    "effective",
    "leaves",
    "lineage",
    "named_nodes",
    "names_at",
    "path_of",
    "total_of",
    "validate",
    "walk",
]
