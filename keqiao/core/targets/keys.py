"""Words and links brought to one form, so that the same thing entered twice counts once."""

import re
import unicodedata
from functools import lru_cache

_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://(www\.)?")
_SPACES = re.compile(r"\s+")


@lru_cache(maxsize=65_536)
def key_of_words(words: str) -> str:
    """Words without differences of width, case and space: ``ＡＩ 论坛`` is ``ai论坛``."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", words)).casefold()


@lru_cache(maxsize=65_536)
def key_of_link(link: str) -> str:
    """A link without scheme, ``www.``, fragment and closing slash; the host in small letters, the path as it is."""
    text = unicodedata.normalize("NFKC", link).strip().partition("#")[0]
    scheme = _SCHEME.match(text.lower())
    host, slash, path = text[scheme.end() if scheme else 0 :].partition("/")
    return f"{host.lower()}{slash}{path}".rstrip("/")
