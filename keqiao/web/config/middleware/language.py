"""Chooses the language of a page without a cookie: the address, else the person's own choice, else Chinese.

The address decides first, so that a public page in English has an address of its own that can be sent and
kept.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

PARAMETER = "lang"


class LanguageMiddleware:
    """Activates ``?lang=``, the signed-in user's ``language`` or the default; Content-Language says which."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_for(request)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
        return response


def language_for(request: HttpRequest) -> str:
    """Return a code of ``settings.LANGUAGES``; an unknown one in the address counts as none."""
    known = dict(settings.LANGUAGES)
    asked = request.GET.get(PARAMETER, "")
    if asked in known:
        return asked
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
        chosen = getattr(request.user, "language", "")
        if chosen in known:
            return chosen
    return settings.LANGUAGE_CODE
