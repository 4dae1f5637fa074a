"""Find LibreOffice for the tests that send Word forms through it, or get it."""

import shutil

from scripts import debian
from scripts.workshop import Stopped

NAMES = ("soffice", "libreoffice")


def get_office() -> str:
    """Install LibreOffice where it is missing and that is allowed; return why it is not there, or nothing.

    Without it the tests that need it are skipped: it is large, and no package but the system's brings it.
    """
    if any(map(shutil.which, NAMES)):
        return ""
    try:
        debian.install("LibreOffice", "libreoffice-writer-nogui")
    except Stopped as stopped:
        return str(stopped)
    return ""
