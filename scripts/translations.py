"""The English side of the shell: merge the rooms' parts, compile them, say what is missing.

Needs the environment (Babel). The Chinese sentence is the msgid; every room keeps its English in
``keqiao/web/locale/en/parts/<room>.po``; gettext reads the one catalogue compiled
from them, which is not in git.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from scripts.workshop import ROOT, Stopped, script

WEB = ROOT / "keqiao" / "web"
PARTS = WEB / "locale" / "en" / "parts"
COMPILED = WEB / "locale" / "en" / "LC_MESSAGES" / "django.mo"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}

Key = tuple[str | None, str]


def key_of(message: Message) -> Key:
    """What tells one sentence from another: its context, if any, and its (singular) Chinese words."""
    first = message.id if isinstance(message.id, str) else message.id[0]
    return message.context, first


def read_parts(parts: Path = PARTS) -> tuple[Catalog, list[str]]:
    """Merge the rooms' parts into one catalogue; the second value names each fault with its place."""
    catalogue, faults = Catalog(locale="en", domain="django", fuzzy=False), []
    homes: dict[Key, tuple[str, object]] = {}
    for part in sorted(parts.glob("*.po")):
        for message in _messages(part):
            place = f"{part.name}:{message.lineno}"
            if message.fuzzy:
                faults.append(f"{place}: fuzzy; confirm the English and remove the mark")
            home, english = homes.setdefault(key_of(message), (place, message.string))
            if english != message.string:
                faults.append(f"{place}: {key_of(message)[1]!r} has another English in {home}")
            elif all(_texts(message)):
                catalogue.add(message.id, message.string, context=message.context, flags=message.flags)
    return catalogue, faults


def _messages(part: Path) -> list[Message]:
    with part.open("rb") as handle:
        try:
            return [message for message in read_po(handle, locale="en", abort_invalid=True) if message.id]
        except PoFileError as fault:
            raise Stopped(f"{part.relative_to(ROOT)}: {fault}") from fault


def _texts(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def used_sentences(web: Path = WEB) -> Iterator[tuple[Key, str]]:
    """Give every sentence that Python and templates under ``web`` mark for translation, with its place."""
    templates = [*web.rglob("templates/**/*.html"), *web.rglob("templates/**/*.txt")]
    for source in sorted([*web.rglob("*.py"), *templates]):
        method = "python" if source.suffix == ".py" else "scripts.template_text:extract"
        for line, words, _, context in extract_from_file(method, source, keywords=KEYWORDS):
            first = words if isinstance(words, str) else words[0]
            yield (context, first), f"{source.relative_to(web)}:{line}"


def faults_in_translations(web: Path = WEB) -> list[str]:
    """Every fault of the translations: sentences without English, double or fuzzy ones, and unused ones."""
    catalogue, faults = read_parts(web / "locale" / "en" / "parts")
    known = {key_of(message) for message in catalogue if message.id}
    used = dict(used_sentences(web))
    faults += [f"{place}: no English for {key[1]!r}" for key, place in used.items() if key not in known]
    faults += [f"locale/en/parts: {key[1]!r} is used nowhere" for key in sorted(known - used.keys(), key=str)]
    return faults


def compile_catalogue() -> int:
    """Write the compiled catalogue if its text changed."""
    catalogue, _ = read_parts()
    COMPILED.parent.mkdir(parents=True, exist_ok=True)
    draft = COMPILED.with_suffix(".mo.new")
    with draft.open("wb") as handle:
        write_mo(handle, catalogue)
    draft.replace(COMPILED)
    return 0


def check() -> int:
    """Print every fault; exit status 1 if there is any."""
    faults = faults_in_translations()
    print("\n".join([*faults, f"translations: {len(faults)} faults"]))
    return 1 if faults else 0


def main() -> int:
    """``compile`` or ``check``."""
    return {"compile": compile_catalogue, "check": check}[sys.argv[1]]()


if __name__ == "__main__":
    script(main)
