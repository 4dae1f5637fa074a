"""File names as people gave them, made safe to show and to send. They never become paths."""

import unicodedata

LONGEST = 200  # characters
NAMELESS = "未命名"


def shown_name(given: str) -> str:
    """Return the last part of ``given`` without control and direction characters, at most ``LONGEST`` long.

    Direction marks can make ``exe.pdf`` out of ``fdp.exe``; they and all other invisible characters go. A name that
    is cut keeps its ending.
    """
    last = given.replace("\\", "/").rsplit("/", 1)[-1]
    visible = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    name = unicodedata.normalize("NFC", " ".join(visible.split())).strip(". ")
    if not name:
        return NAMELESS
    if len(name) > LONGEST:
        stem, dot, ending = name.rpartition(".")
        ending = dot + ending if stem and len(ending) <= 10 else ""
        name = name[: LONGEST - len(ending)] + ending
    return name


def named_after(title: str, ending: str) -> str:
    """Return the name of a file that we make, after a title; its slashes stay, full width, as part of the words."""
    return shown_name(f"{title.strip()}.{ending}".replace("/", "／").replace("\\", "＼"))
