"""What a call is: types, inheritance down the tree, validation, differences between revisions."""

from keqiao.core.programme.inheritance import Effective, Stated, effective, total_of
from keqiao.core.programme.tree import Path, category_at, leaves, lineage, names_at, path_of, walk
from keqiao.core.programme.types import Category, Programme, Track

__all__ = [
    "Category",
    "Effective",
    "Path",
    "Programme",
    "Stated",
    "Track",
    "category_at",
    "effective",
    "leaves",
    "lineage",
    "names_at",
    "path_of",
    "total_of",
    "walk",
]
