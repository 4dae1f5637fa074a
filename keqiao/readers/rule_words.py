"""Reads the words that rules are judged with (``applicant_words.yaml``, ``judging_words.yaml``)."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from keqiao.core.rules.words import ApplicantWords, KindWord, LevelWord, Words
from keqiao.readers.organisation_kinds import organisation_kinds
from keqiao.readers.platforms import outside_platforms


@cache
def rule_words() -> Words:
    """Return the words, read once."""
    data = _file("judging_words.yaml")
    return Words(
        applicants=_applicant_words(_file("applicant_words.yaml")),
        offices=tuple(tuple(rank) for rank in data["offices"]),
        graded=frozenset(data["graded"]),
        titles=tuple(tuple(rank) for rank in data["titles"]),
        leaders=tuple(data["leaders"]),
        roles=dict(data["roles"]),
        platforms=tuple((each.name, *each.called) for each in outside_platforms().values()),
        recurring=frozenset(data["recurring"]),
        this_kind=frozenset(data["this_kind"]),
        supervisor=tuple(data["supervisor"]),
        in_term=frozenset(data["in_term"]),
        account_states={word: tuple(states) for word, states in data["account_states"].items()},
        all_scopes=frozenset(data["all_scopes"]),
    )


def _applicant_words(data: Mapping[str, Any]) -> ApplicantWords:
    levels = (
        LevelWord(word, tuple(entry["levels"]), entry.get("own", ""))
        for entry in data["levels"]
        for word in entry["words"]
    )
    regions = ((entry["ending"], tuple(entry["levels"])) for entry in data["regions"])
    return ApplicantWords(
        kinds={word: _kind(entry) for entry in data["kinds"] for word in entry["words"]},
        levels=tuple(sorted(levels, key=lambda level: -len(level.word))),
        regions=tuple(sorted(regions, key=lambda region: -len(region[0]))),
        municipalities=frozenset(data["municipalities"]),
        means_nothing=_longest_first(data["means_nothing"]),
        not_sure_who=_longest_first(data["not_sure_who"]),
        open_endings=_longest_first(data["open_endings"]),
        belongs_to=data["belongs_to"],
        associations=_longest_first(data["associations"]),
        with_legal_person=frozenset(data["with_legal_person"]),
        without_legal_person=frozenset(data["without_legal_person"]),
        applicant=frozenset(data["applicant"]),
        territories=tuple(data["territories"]),
        hosted=frozenset(code for code, kind in organisation_kinds().items() if kind.is_hosted),
        through_host=frozenset(
            code for entry in data["kinds"] if "hosted_by" in entry for code in entry["kinds"]
        ),
    )


def _kind(entry: Mapping[str, Any]) -> KindWord:
    return KindWord(
        kinds=tuple(entry.get("kinds", ())),
        perhaps=tuple(entry.get("perhaps", ())),
        any_kind=bool(entry.get("any")),
        level_matters=bool(entry.get("level_matters")),
        level=entry.get("level", ""),
        trait=entry.get("trait", ""),
        hosted_by=tuple(entry.get("hosted_by", ())),
        is_anywhere=bool(entry.get("anywhere")),
    )


def _longest_first(words: list[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: -len(word)))


def _file(name: str) -> Any:
    text = files("keqiao.data").joinpath("vocabulary", name).read_text(encoding="utf-8")
    return YAML(typ="safe", pure=True).load(text)
