"""Reads tables that people fill in (.xlsx, .xls, .csv): cells with their place, columns by their headings."""
