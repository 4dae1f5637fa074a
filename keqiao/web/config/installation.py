"""Is this a real installation or a demonstration? Said once, at the first start, and never changed.

Database and data directory both say it, so that neither the invented people of a demonstration get into real work nor
real people into a place whose passwords are printed for everybody. The way from one to the other is a new data
directory, and a new database where that is not inside it.
"""

from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from keqiao.web.config.models import Installation, InstallationKind
from keqiao.web.parties.queries import associations

KIND_FILE = "installation-kind"

LEAVING = """\
This {place} is a demonstration: invented people, passwords that everybody can read. It never becomes a real
installation. To begin for real: 1. name a new data directory (KEQIAO_DATA=/srv/keqiao) and, on PostgreSQL, a new
database (DATABASE_URL); 2. leave KEQIAO_DEMONSTRATION out; 3. say `keqiao init`. Definitions made here are carried
over with `keqiao programme export ID > FILE.yaml` and `keqiao programme load FILE.yaml`. To look at the demonstration
again: KEQIAO_DEMONSTRATION=1."""

KEEPING_OUT = """\
This {place} is a real installation; a demonstration would bring invented people and printed passwords into it. For a
demonstration name another data directory (KEQIAO_DATA=./demonstration) and, on PostgreSQL, another database
(DATABASE_URL). For real work leave KEQIAO_DEMONSTRATION out."""


class WrongInstallation(ImproperlyConfigured):
    """A demonstration was to be started as a real installation, or the other way round; the text says what to do."""


def wanted_kind() -> InstallationKind:
    """Return what the settings ask for."""
    return InstallationKind.DEMONSTRATION if settings.DEMONSTRATION else InstallationKind.REAL


def settle_kind(at: datetime) -> None:
    """Mark database and data directory at the first start; later compare. Needs all tables.

    Raises:
        WrongInstallation: one of them is of the other kind. Nothing is written then.
    """
    wanted = wanted_kind()
    for place, found in (("database", kind_of_database()), ("data directory", kind_of_directory())):
        if found is not None and found != wanted:
            text = LEAVING if found is InstallationKind.DEMONSTRATION else KEEPING_OUT
            raise WrongInstallation(text.format(place=place))
    Installation.objects.get_or_create(pk=1, defaults={"kind": wanted.value, "marked_at": at})
    if kind_of_directory() is None:
        _kind_file().write_text(f"{wanted.value}\n", encoding="ascii")


def note_backup(at: datetime) -> None:
    """Write down that a backup was made; the first-steps page counts the days since."""
    Installation.objects.filter(pk=1).update(backed_up_at=at)


def kind_of_database() -> InstallationKind | None:
    """Return what the database is; None: nothing is in it yet.

    One from before there was a mark is told by its associations.
    """
    marked = Installation.objects.filter(pk=1).first()
    if marked is not None:
        return InstallationKind(marked.kind)
    shown = set(associations().values_list("is_demonstration", flat=True))
    if True in shown:
        return InstallationKind.DEMONSTRATION
    return InstallationKind.REAL if shown else None


def kind_of_directory() -> InstallationKind | None:
    """Return what the data directory is; None: it is not marked.

    Raises:
        WrongInstallation: the mark says neither.
    """
    if not _kind_file().exists():
        return None
    said = _kind_file().read_text(encoding="ascii").strip()
    if said not in InstallationKind.values:
        raise WrongInstallation(f"{_kind_file()} says {said!r}; it must say real or demonstration.")
    return InstallationKind(said)


def _kind_file() -> Path:
    return Path(settings.DATA) / KIND_FILE
