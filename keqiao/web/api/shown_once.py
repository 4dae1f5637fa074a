"""A secret on its way from the act that made it to the one page that shows it.

The act answers with a redirect, so that loading the page again repeats nothing. In between the secret lies in the
session, locked for its own row, and the page takes it out: a second look, or another session, finds nothing.
"""

from uuid import UUID

from django.http import HttpRequest

from keqiao.web.privacy.ciphers import Place, Token, lock, unlock
from keqiao.web.privacy.keyring import KeyMissing

KEY = "api.shown_once"


def keep_for_one_look(request: HttpRequest, kind: str, pk: UUID, secret: str) -> None:
    """Keep the secret of a new row for the next page; one that nobody came for is given up."""
    request.session[KEY] = {"kind": kind, "row": str(pk), "locked": lock(secret, _place(kind, pk))}


def taken_for_one_look(request: HttpRequest, kind: str, pk: UUID) -> str:
    """Return the secret of a row and forget it; nothing where it was shown before, or is somebody else's.

    HEAD takes nothing: nobody would see it. A key that was retired in between is as good as a look.
    """
    kept = request.session.get(KEY) or {}
    if request.method != "GET" or (kept.get("kind"), kept.get("row")) != (kind, str(pk)):
        return ""
    del request.session[KEY]
    try:
        return unlock(Token(kept["locked"]), _place(kind, pk))
    except KeyMissing:
        return ""


def _place(kind: str, pk: UUID) -> Place:
    return Place("session", kind, str(pk))
