"""The data directory: database, stored files, secret key. Readable by its owner only."""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

KEY_FILE = "secret-key"
ADVICE = "Name a directory that the program may write into."


def open_data_directory(path: Path) -> Path:
    """Create ``path`` with mode 0700 if it is missing and return it. An existing one is left as it is.

    Raises:
        ImproperlyConfigured: there can be no such directory, or nothing can be written into it.
    """
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise ImproperlyConfigured(
            f"KEQIAO_DATA={str(path)!r} cannot be used ({error.strerror}). {ADVICE}"
        ) from error
    if not os.access(path, os.W_OK | os.X_OK):
        raise ImproperlyConfigured(f"KEQIAO_DATA={str(path)!r} cannot be written. {ADVICE}")
    return path


def secret_key(directory: Path) -> str:
    """Return the installation's SECRET_KEY; the first caller draws it into ``directory`` (mode 0600).

    Two first starts at once agree on one key: the finished file is linked into place, and only one link
    can win.
    """
    path = open_data_directory(directory) / KEY_FILE
    if not path.exists():
        _draw(path)
    return path.read_text(encoding="ascii").strip()


def _draw(path: Path) -> None:
    mine = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(
        os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii"
    ) as file:
        file.write(secrets.token_urlsafe(50) + "\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(mine, path)
    except FileExistsError:
        return  # another first start was quicker; its key counts
    finally:
        mine.unlink()
