"""Which SQLite can lose the database to the WAL-reset bug, and the line that start-up prints about it."""

FIXED_FROM = ((3, 51, 3), (3, 50, 7), (3, 44, 6))
FIRST_WITH_WAL = (3, 7, 0)


def has_wal_reset_bug(version: tuple[int, ...]) -> bool:
    """Can this SQLite corrupt a WAL database when a checkpoint and a commit of two connections meet?

    Source: sqlite.org/wal.html, "The WAL-reset bug": 3.7.0 to 3.51.2, mended in 3.51.3 and in the
    branches 3.50 (from .7) and 3.44 (from .6).
    """
    release = tuple(version[:3])
    if release < FIRST_WITH_WAL or release >= FIXED_FROM[0]:
        return False
    return not any(release[:2] == fixed[:2] and release >= fixed for fixed in FIXED_FROM[1:])


def start_line(version: tuple[int, ...], lock_path: str) -> str:
    """Return the one line that start-up prints: the SQLite version and whether the lock is on."""
    name = "SQLite " + ".".join(map(str, version[:3]))
    if has_wal_reset_bug(version):
        return f"{name} has the WAL-reset bug: all writes go one by one under the file lock {lock_path}"
    return f"{name}: free of the WAL-reset bug, no file lock needed"
