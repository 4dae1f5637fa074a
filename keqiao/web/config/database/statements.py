"""Tells statements that only read from those that may write. In doubt, a statement may write."""

import re

FIRST_WORD = re.compile(r"[\s(]*([A-Za-z]+)")
WRITING_WORD = re.compile(r"\b(?:INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)
PRAGMA = re.compile(r"\s*PRAGMA\s+(?:\w+\.)?(\w+)\s*(=|\()?", re.IGNORECASE)

READERS = frozenset({"SELECT", "VALUES", "EXPLAIN"})
# These touch the connection's own state only, even with a value.
OWN_STATE_PRAGMAS = frozenset(
    [
        "busy_timeout",
        "cache_size",
        "cell_size_check",
        "defer_foreign_keys",
        "foreign_keys",
        "journal_size_limit",
        "legacy_alter_table",
        "query_only",
        "recursive_triggers",
        "secure_delete",
        "synchronous",
        "temp_store",
        "trusted_schema",
        "wal_autocheckpoint",
    ]
)
# These read, with or without an argument in brackets.
READING_PRAGMAS = frozenset(
    [
        "collation_list",
        "compile_options",
        "database_list",
        "foreign_key_check",
        "foreign_key_list",
        "freelist_count",
        "function_list",
        "index_info",
        "index_list",
        "index_xinfo",
        "integrity_check",
        "page_count",
        "quick_check",
        "table_info",
        "table_list",
        "table_xinfo",
    ]
)
# These read only when nothing is assigned.
READING_UNLESS_ASSIGNED = frozenset({"application_id", "journal_mode", "page_size", "user_version"})


def may_write(sql: str) -> bool:
    """Could this statement change the database file, its log, or begin a transaction?"""
    match = FIRST_WORD.match(sql)
    word = match[1].upper() if match else ""
    if word in READERS:
        return False
    if word == "WITH":
        return WRITING_WORD.search(sql) is not None
    if word == "PRAGMA":
        return _pragma_may_write(sql)
    return True


def _pragma_may_write(sql: str) -> bool:
    match = PRAGMA.match(sql)
    if match is None:
        return True
    name, value = match[1].lower(), match[2]
    if name in OWN_STATE_PRAGMAS or name in READING_PRAGMAS:
        return False
    return name not in READING_UNLESS_ASSIGNED or value is not None
