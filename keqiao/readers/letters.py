"""Reads the messages that people are sent: ``keqiao/data/messages/mail``, in both languages."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

LANGUAGES = ("zh", "en")
NATURES = ("code", "legal", "notice")
SENDINGS = ("automatic", "reviewed", "at_once")
CHANNELS = ("in_app", "mail", "sms", "wecom")
ALWAYS = ("in_app", "mail")
_PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_EMPTY_QUOTES = re.compile(r"[“”《》\"']+|\s*[（(]\s*[）)]")
_KEYS = {"variables", "forget", "nature", "sending", "channels", "group", "name", *LANGUAGES}


@dataclass(frozen=True, slots=True)
class Wording:
    """Subject and text in one language, with ``{name}`` where a variable stands."""

    subject: str
    text: str

    def filled(self, variables: Mapping[str, str]) -> "Wording":
        """Return the wording with its variables put in as they are: a value is never read as a placeholder.

        Raises:
            KeyError: a variable is missing.
        """
        return Wording(fill(self.subject, variables), fill(self.text, variables))


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """One message. ``forget`` are the variables that are wiped once it has gone.

    ``nature``: a ``code`` opens something or guards an account and goes at any hour; what is ``legal`` always goes
    into the site and by mail; of a ``notice`` people choose the channels. ``sending`` is what holds where an
    association has not decided; ``at_once`` leaves it nothing to decide. ``channels`` are those that may be used;
    ``to_group``: a group of the association may have a copy, because it says nothing about a person.
    """

    code: str
    variables: frozenset[str]
    forget: frozenset[str]
    wordings: Mapping[str, Wording]
    names: Mapping[str, str]
    nature: str = "notice"
    sending: str = "automatic"
    channels: tuple[str, ...] = ALWAYS
    to_group: bool = False

    @property
    def is_open_to_choice(self) -> bool:
        """May an association decide how it is sent?"""
        return self.nature != "code" and self.sending != "at_once"

    def wording(self, language: str) -> Wording:
        """Return the wording for a language code such as ``zh-hans`` or ``en``; Chinese for all others."""
        return self.wordings[language[:2] if language[:2] in self.wordings else "zh"]

    def name(self, language: str) -> str:
        """Return what this kind of message is called."""
        return self.names[language[:2] if language[:2] in self.names else "zh"]


def fill(text: str, variables: Mapping[str, str]) -> str:
    """Return ``text`` with its placeholders replaced in one pass. Only plain names are placeholders."""
    return _PLACEHOLDER.sub(lambda match: variables[match[1]], text)


@cache
def letter_templates() -> Mapping[str, LetterTemplate]:
    """Return all messages by code, read once.

    Raises:
        ValueError: a message is stated twice, has unknown keys, or its languages use other variables than it
            declares.
    """
    found: dict[str, LetterTemplate] = {}
    for template in _read_all():
        if template.code in found:
            raise ValueError(f"message {template.code} is stated twice")
        found[template.code] = template
    return found


def letters_saying(words: str) -> frozenset[str]:
    """Return the codes of the messages whose own words hold ``words`` in any language; placeholders are no words."""
    wanted = words.casefold()
    return frozenset(
        code
        for code, template in letter_templates().items()
        for wording in template.wordings.values()
        if wanted in _PLACEHOLDER.sub("\n", f"{wording.subject}\n{wording.text}").casefold()
    )


def letter_variables() -> frozenset[str]:
    """Return the names of the variables of all messages."""
    return frozenset(name for template in letter_templates().values() for name in template.variables)


def _read_all() -> Iterator[LetterTemplate]:
    folder = files("keqiao.data").joinpath("messages", "mail")
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".yaml"):
            data = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
            for code, entry in data.items():
                yield template_from(code, entry)


def template_from(code: str, entry: Mapping[str, Any]) -> LetterTemplate:
    """Return one message from its YAML entry, checked as :func:`letter_templates` says."""
    if unknown := set(entry) - _KEYS:
        raise ValueError(f"message {code}: unknown keys {sorted(unknown)}")
    variables = frozenset(entry.get("variables", ()))
    forget = frozenset(entry.get("forget", ()))
    wordings = {name: Wording(entry[name]["subject"], entry[name]["text"]) for name in LANGUAGES}
    if not forget <= variables:
        raise ValueError(f"message {code}: forgets {sorted(forget - variables)}, which it does not have")
    for name, wording in wordings.items():
        used = set(_PLACEHOLDER.findall(wording.subject + wording.text))
        if used != variables:
            raise ValueError(f"message {code} ({name}): uses {sorted(used)}, declares {sorted(variables)}")
    return LetterTemplate(
        code,
        variables,
        forget,
        wordings,
        {name: _name(entry, name) for name in LANGUAGES},
        _one_of(code, entry.get("nature", "notice"), NATURES),
        _one_of(code, entry.get("sending", "automatic"), SENDINGS),
        tuple(_one_of(code, channel, CHANNELS) for channel in entry.get("channels", ALWAYS)),
        bool(entry.get("group", False)),
    )


def _one_of(code: str, word: str, known: tuple[str, ...]) -> str:
    if word not in known:
        raise ValueError(f"message {code}: {word!r} is none of {', '.join(known)}")
    return word


def _name(entry: Mapping[str, Any], language: str) -> str:
    """The name of a kind of message; where none is stated, its subject without what is put into it."""
    if "name" in entry:
        return str(entry["name"][language])
    bare = _EMPTY_QUOTES.sub("", _PLACEHOLDER.sub("", entry[language]["subject"]))
    return bare.strip(" :：,，、") or str(entry[language]["subject"])
