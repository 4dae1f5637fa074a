"""Refuses to put an SQLite database on a file system that several machines can write to."""

from pathlib import Path

MOUNT_TABLE = Path("/proc/self/mounts")

# Advisory locks and shared memory, which WAL rests on, do not reach across machines on these.
SHARED_BETWEEN_MACHINES = frozenset(
    [
        "9p",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "coda",
        "davfs",
        "fuse.ceph",
        "fuse.davfs",
        "fuse.glusterfs",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.sshfs",
        "fuse.vmhgfs-fuse",
        "gfs2",
        "glusterfs",
        "gpfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "ocfs2",
        "orangefs",
        "pvfs2",
        "prl_fs",
        "smb2",
        "smb3",
        "smbfs",
        "vboxsf",
    ]
)


def filesystem_type(path: Path, mount_table: str) -> str:
    """Return the type of the file system that holds the absolute ``path``, "" if no line of the table fits.

    ``mount_table`` has the form of /proc/self/mounts; of two mounts on one directory the later one counts.
    """
    best, kind = -1, ""
    for line in mount_table.splitlines():
        fields = line.split(" ")
        point = Path(fields[1].encode("ascii", "backslashreplace").decode("unicode_escape"))
        if path.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), fields[2]
    return kind


def why_refused(path: Path, mount_table: str) -> str | None:
    """Return why a database at ``path`` is refused and what to do, or None if the place is fit."""
    kind = filesystem_type(path, mount_table)
    if kind not in SHARED_BETWEEN_MACHINES:
        return None
    return (
        f"The database {path} lies on a network or shared file system ({kind}), where SQLite can lose data. "
        "Put it on a local disk (KEQIAO_DATA or DATABASE_URL), or use PostgreSQL (DATABASE_URL=postgres://…)."
    )


def read_mount_table() -> str:
    """Return the mount table of this machine; "" where the system has none (then nothing is refused)."""
    return MOUNT_TABLE.read_text(encoding="utf-8", errors="surrogateescape") if MOUNT_TABLE.exists() else ""
