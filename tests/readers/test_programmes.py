"""The five shipped definitions: sound, whole, written down once, and free of the documents' sentences."""

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
import yaml
from pydantic import BaseModel

from keqiao.core.findings import Source, Weight
from keqiao.core.programme import leaves, walk
from keqiao.core.programme.facts import Fact
from keqiao.core.programme.terms import Terms
from keqiao.core.programme.types import Programme
from keqiao.core.programme.validation import validate
from keqiao.readers.definition import check_definition, programme_from_yaml
from keqiao.readers.programmes import demonstration, load, shipped, title
from keqiao.writers.definition import to_yaml
from keqiao.writers.reading import flat
from tests.conftest import seeds_folder
from tests.readings.stated import stated

IDS = ("henan-2023", "hunan-2022", "jining-2023", "sanmenxia-2023", "yinchuan-2022")
LONGEST_QUOTATION = 60  # characters

# What each document leaves open, so that the definition cannot be published as it is.
OPEN = {
    "henan-2023": ["programme.deadline_missing"],
    "hunan-2022": ["programme.deadline_missing"],
    "jining-2023": ["programme.applicants_missing"],  # class B
    "sanmenxia-2023": ["programme.applicants_missing", "programme.date_unfilled"],  # topics; a birth date
    "yinchuan-2022": ["programme.applicants_missing", "programme.deadline_missing"],
}

# nodes, leaves, targets, rules, limits per unit, places, amounts, funded nodes, preferences, bundles, completion days
COUNTS = {
    "henan-2023": (19, 15, 52, 49, 4, 12, 12, 12, 2, 1, 0),
    "hunan-2022": (24, 17, 16, 32, 0, 20, 21, 10, 2, 0, 0),
    "jining-2023": (21, 19, 12, 54, 0, 0, 0, 0, 1, 0, 10),
    "sanmenxia-2023": (40, 29, 104, 108, 4, 0, 18, 18, 3, 1, 1),
    "yinchuan-2022": (20, 16, 98, 11, 0, 0, 0, 0, 0, 0, 4),
}


def written(identifier: str) -> str:
    return files("keqiao.data").joinpath("programmes", f"{identifier}.yaml").read_text(encoding="utf-8")


def every_part(part: BaseModel) -> Iterator[BaseModel]:
    """``part`` and all models inside it."""
    yield part
    for _, value in part:
        for entry in value if isinstance(value, tuple) else (value,):
            if isinstance(entry, BaseModel):
                yield from every_part(entry)


def nodes(programme: Programme) -> list[Terms]:
    return [programme, *programme.tracks, *(category for _, category in walk(programme))]


def test_the_five_programmes_ship():
    assert shipped() == IDS


@pytest.mark.parametrize("identifier", IDS)
def test_a_definition_has_no_fault_and_no_doubt_but_the_listed_gaps(identifier):
    checked = check_definition(written(identifier))
    for_publication = validate(load(identifier), for_publication=True)

    assert checked.is_sound
    refusals = {finding.code for finding in for_publication if finding.weight is Weight.REFUSE}
    assert sorted(refusals) == OPEN[identifier]


@pytest.mark.parametrize("identifier", IDS)
def test_the_demonstration_can_be_published(identifier):
    findings = validate(demonstration(identifier), for_publication=True)

    assert [finding for finding in findings if finding.weight is not Weight.WARN] == []


@pytest.mark.parametrize("identifier", IDS)
def test_what_is_written_is_what_the_writer_writes(identifier):
    body = "".join(
        line for line in written(identifier).splitlines(keepends=True) if not line.startswith("# ")
    )

    assert to_yaml(programme_from_yaml(body)) == body


@pytest.mark.parametrize("identifier", IDS)
def test_a_definition_states_as_many_things_as_its_document(identifier):
    programme = load(identifier)
    categories = [category for _, category in walk(programme)]
    amounts = [
        value
        for category in categories
        if category.funding
        for name, value in category.funding
        if name.endswith("_fen") and value is not None
    ]

    assert COUNTS[identifier] == (
        len(categories),
        len(list(leaves(programme))),
        sum(len(node.targets) for node in nodes(programme)),
        sum(len(node.rules) for node in nodes(programme)),
        sum(category.per_unit_limit is not None for category in categories),
        sum(category.places is not None for category in categories),
        len(amounts),
        sum(category.funding is not None for category in categories),
        sum(len(node.preferences) for node in nodes(programme)),
        sum(category.bundle is not None for category in categories),
        sum(category.completion is not None for category in categories),
    )


@pytest.mark.parametrize("identifier", IDS)
def test_every_rule_target_and_amount_names_its_clause_and_line(identifier):
    without = [
        statement
        for node in nodes(load(identifier))
        for statement in (
            node.funding,
            node.places,
            node.deadline,
            node.applicants,
            *node.rules,
            *node.targets,
        )
        if statement is not None and (statement.source is None or statement.source.place is None)
    ]

    assert without == []


@pytest.mark.parametrize("identifier", IDS)
def test_measures_count_known_kinds_of_record_by_known_fields(identifier):
    text = files("keqiao.data").joinpath("vocabulary", "facts.yaml").read_text(encoding="utf-8")
    fields = {kind: set(entry["fields"]) for kind, entry in yaml.safe_load(text).items()}
    measures = [
        target.measure for node in nodes(load(identifier)) for target in node.targets if target.measure
    ]

    unknown = [
        measure
        for measure in measures
        if not ({condition.of for condition in measure.where} | ({measure.field} - {None}))
        <= fields.get(measure.facts, set())
    ]

    assert measures
    assert unknown == []


def own_key(identifier: str) -> Path:
    own = Path(__file__).parents[1] / "readings" / "keys" / f"{identifier}.yaml"
    return own if own.exists() else seeds_folder().parent / "contracts" / "keys" / f"{identifier}.yaml"


@pytest.mark.seeds
@pytest.mark.parametrize("identifier", IDS)
def test_the_flat_export_states_what_the_answer_key_states(identifier):
    if not own_key(identifier).exists():
        pytest.skip("the answer key is not on this machine")
    key = yaml.safe_load(own_key(identifier).read_text(encoding="utf-8"))

    assert stated(flat(load(identifier))) == stated(key)


@pytest.mark.seeds
@pytest.mark.parametrize("identifier", IDS)
def test_no_long_words_of_the_document_are_copied(identifier):
    document = folded((seeds_folder() / f"{identifier}.txt").read_text(encoding="utf-8"))
    copied = [
        text
        for part in every_part(load(identifier))
        for _, value in part
        for text in (value if isinstance(value, tuple) else (value,))
        if isinstance(text, str) and len(text) > LONGEST_QUOTATION and folded(text) in document
    ]

    assert copied == []


@pytest.mark.seeds
@pytest.mark.parametrize("identifier", IDS)
def test_the_number_of_every_target_stands_on_the_line_it_names(identifier):
    lines = (seeds_folder() / f"{identifier}.txt").read_text(encoding="utf-8").split("\n")
    targets = [target for node in nodes(load(identifier)) for target in node.targets]

    missing = [
        target.id for target in targets if not any(w in line_of(lines, target.source) for w in words(target))
    ]

    assert targets
    assert missing == NUMBERS_IN_OTHER_WORDS.get(identifier, [])


NUMBERS_IN_OTHER_WORDS = {
    "jining-2023": ["a2.t3"],  # 两中心
}


def line_of(lines: list[str], source: Source | None) -> str:
    assert source is not None
    assert source.place is not None
    assert source.place.line is not None
    return lines[source.place.line - 1]


def words(target) -> tuple[str, ...]:
    """The number of a target as digits, in 万 or 亿, or as a Chinese numeral."""
    number = int(target.value)
    found = [str(number), "零一二三四五六七八九十"[number] if number <= 10 else str(number)]
    for unit, size in (("万", 10_000), ("亿", 100_000_000)):
        if number >= size:
            found.append(f"{number // size}{unit}")
    return tuple(found)


def folded(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("identifier", IDS)
def test_all_that_the_demonstration_adds_shows_as_invented_with_a_reason(identifier):
    stated_facts = facts_of(load(identifier))
    added = [fact for fact in facts_of(demonstration(identifier)) if fact not in stated_facts]

    assert added
    assert [fact for fact in added if not (fact.invented and fact.reading)] == []


def facts_of(programme: Programme) -> list[Fact]:
    return [part for part in every_part(programme) if isinstance(part, Fact) and not isinstance(part, Terms)]


def test_the_titles_read_alone_are_those_of_the_definitions():
    assert {identifier: title(identifier) for identifier in IDS} == {
        identifier: load(identifier).title for identifier in IDS
    }
    with pytest.raises(KeyError):
        title("nowhere-2020")
