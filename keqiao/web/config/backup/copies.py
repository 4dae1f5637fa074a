"""Makes a backup and restores one, for both engines."""

import shutil
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from keqiao.web.config.backup import manifest, postgres_copy, sqlite_copy
from keqiao.web.config.backup.manifest import BackupUnfit, Manifest
from keqiao.web.config.backup.tables import row_counts, table_names
from keqiao.web.config.beats import forget_beats, since_last_beat
from keqiao.web.config.health import WORKER_MAY_BE_SILENT
from keqiao.web.config.models import WorkerBeat
from keqiao.web.privacy.keyring import KeyMissing, RingUnfit, ring_path
from keqiao.web.privacy.keys import fingerprints_needed, require_keys

FILES = "files"
KEYS = "keyring.json"
FILE_STORAGE = "django.core.files.storage.FileSystemStorage"


def make(folder: Path, now: datetime, *, with_keys: bool = False) -> Manifest:
    """Write a backup into ``folder``, which must be empty or new; ``with_keys``: also the key file, so that whoever
    has the folder can read all of it.

    The database is copied first. A file is stored before its row is committed, so every file that a row of
    the copy names is there to be copied after it.

    Raises:
        BackupUnfit: the folder holds something, or a part cannot be copied.
    """
    refuse_other_storage()
    if folder.exists() and any(folder.iterdir()):
        raise BackupUnfit("backup.folder_not_empty", folder=str(folder))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    rows = copy_database_out(folder)
    stored = Path(settings.MEDIA_ROOT)
    if stored.is_dir():
        shutil.copytree(stored, folder / FILES)
    if with_keys and ring_path().exists():
        shutil.copy2(ring_path(), folder / KEYS)
    files = tuple(manifest.describe(folder))
    done = Manifest(connection.vendor, now.isoformat(), rows, files, fingerprints_needed())
    manifest.write(folder, done)
    return done


def restore(folder: Path, *, replace: bool) -> Manifest:
    """Put the backup in ``folder`` in the place of the configured database and files.

    Raises:
        BackupUnfit: the backup is not whole or of another engine, the target is in use or (without
            ``replace``) holds something, the keys of its values are missing, or the rows afterwards are not
            those of the manifest.
    """
    refuse_other_storage()
    kept = manifest.read(folder)
    manifest.verify(folder, kept)
    if kept.engine != connection.vendor:
        raise BackupUnfit("backup.other_engine", kept=kept.engine, here=connection.vendor)
    refuse_used_target(replace=replace)
    bring_keys(folder, kept)
    (sqlite_copy if connection.vendor == "sqlite" else postgres_copy).copy_in(folder)
    restore_files(folder)
    if row_counts() != kept.rows:
        raise BackupUnfit("backup.rows_differ")
    forget_beats()  # the workers of the copied program do not run here
    return kept


def bring_keys(folder: Path, kept: Manifest) -> None:
    """Put the key file of the backup in place where there is none; then require every key that the backup needs.

    Raises:
        BackupUnfit: a key is missing or another one; the text says which and what to do.
    """
    if (folder / KEYS).is_file() and not ring_path().exists():
        ring_path().parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copy2(folder / KEYS, ring_path())
        ring_path().chmod(0o600)
    try:
        require_keys(kept.keys)
    except (KeyMissing, RingUnfit) as wrong:
        raise BackupUnfit("backup.keys_unfit", why=str(wrong)) from wrong


def copy_database_out(folder: Path) -> dict[str, int]:
    """Copy the database into ``folder`` and return the rows per table of the copy."""
    if connection.vendor != "sqlite":
        return postgres_copy.copy_out(folder)
    sqlite_copy.copy_out(folder)
    return sqlite_copy.row_counts(folder)


def restore_files(folder: Path) -> None:
    """Replace the stored files by those of the backup; the old ones go when the new ones are all there."""
    stored = Path(settings.MEDIA_ROOT)
    arriving = stored.with_name(f"{stored.name}.restoring")
    shutil.rmtree(arriving, ignore_errors=True)
    if (folder / FILES).is_dir():
        shutil.copytree(folder / FILES, arriving)
    else:
        arriving.mkdir(mode=0o700, parents=True)
    if stored.exists():
        shutil.rmtree(stored)
    arriving.rename(stored)


def refuse_other_storage() -> None:
    """Raise BackupUnfit where files are not on disk: an object store has its own versions and copies."""
    backend = settings.STORAGES["default"]["BACKEND"]
    if backend != FILE_STORAGE:
        raise BackupUnfit("backup.files_elsewhere", backend=backend)


def refuse_used_target(*, replace: bool) -> None:
    """Raise BackupUnfit if a worker runs on the target, or it holds something and ``replace`` is not set."""
    tables = table_names()
    if WorkerBeat._meta.db_table in tables:
        silence = since_last_beat()
        if silence is not None and silence < WORKER_MAY_BE_SILENT:
            raise BackupUnfit("backup.running")
    stored = Path(settings.MEDIA_ROOT)
    holds_files = stored.is_dir() and any(stored.iterdir())
    if (tables or holds_files) and not replace:
        raise BackupUnfit("backup.target_not_empty")
