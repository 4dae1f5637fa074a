"""List pages: one search language, filters, order, pages, saved views, and the list as a file."""

from keqiao.web.ui.lists.conditions import Leaf, any_of, column_condition
from keqiao.web.ui.lists.exports import list_file, table_file
from keqiao.web.ui.lists.kinds import CellValue, Column, Filter, Key, ListKind
from keqiao.web.ui.lists.pages import (
    Instead,
    ListPage,
    ShownColumn,
    ShownFault,
    ShownFilter,
    list_page,
)

__all__ = [
    "CellValue",
    "Column",
    "Filter",
    "Instead",
    "Key",
    "Leaf",
    "ListKind",
    "ListPage",
    "ShownColumn",
    "ShownFault",
    "ShownFilter",
    "any_of",
    "column_condition",
    "list_file",
    "list_page",
    "table_file",
]
