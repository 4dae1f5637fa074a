"""Fills a form in for a drawn unit: in which category, with which answers, with which files."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from keqiao.core.findings import Weight
from keqiao.core.forms.checking import faults
from keqiao.core.forms.prefilling import prefilled
from keqiao.core.forms.specification import Specification, specification_for
from keqiao.core.programme import Programme, effective
from keqiao.core.programme.forms.fields import FileField
from keqiao.core.programme.tree import Path
from keqiao.core.rules.answers import Verdict
from keqiao.readers.programmes import demonstration
from keqiao.web.applications import actions
from keqiao.web.applications.papers import PURPOSE
from keqiao.web.applications.stating import TITLES
from keqiao.web.eligibility.queries import OpenCategory, decisions_for, offer_open, offers_open
from keqiao.web.files.actions import Announced, store_upload
from keqiao.web.parties.queries import local_day
from keqiao.web.season.answering import Cast, answers_for
from keqiao.web.season.stages.scene import Scene
from keqiao.web.season.vocabulary import words
from keqiao.web.season.world import ApplicationDrawn, PersonDrawn, UnitDrawn, World

PAPERS = {".pdf": "paper.pdf", ".jpg": "picture.jpg", ".mp3": "sound.mp3", ".mp4": "film.mp4"}
"""What is stored for a file of the examples, by the ending of its name."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a unit applies with: the category, its form, and complete answers without the files."""

    category: OpenCategory
    specification: Specification
    answers: Mapping[str, Any]
    cast: Cast


@dataclass
class Forms:
    """The forms of the open categories of an association, each read once."""

    world: World
    scene: Scene
    _read: dict[int, tuple[OpenCategory, Specification | None]] = field(default_factory=dict)

    def wanted(self, drawn: ApplicationDrawn, taken: Collection[str]) -> Wanted | None:
        """The category that the drawn turn points at, among those that take the unit and its complete answers.

        None: there is none, ``taken`` (ids of categories) left out.
        """
        found = list(self._categories(drawn))
        first = drawn.turn % len(found) if found else 0
        for category, specification in found[first:] + found[:first]:
            if category.offer.node not in taken:
                wanted = self._answered(category, specification, drawn)
                if wanted is not None:
                    return wanted
        return None

    def _categories(self, drawn: ApplicationDrawn) -> Iterator[tuple[OpenCategory, Specification]]:
        at, unit = self.scene.at, self.scene.parties[drawn.unit]
        decisions = decisions_for(unit.pk, at)
        for pk in (
            offers_open(at).filter(call__association=self.scene.association).values_list("pk", flat=True)
        ):
            category, specification = self._form(pk)
            if drawn.category not in ("", category.offer.node):
                continue
            if specification is not None and decisions[pk].verdict is not Verdict.FAILS:
                yield category, specification

    def _form(self, pk: int) -> tuple[OpenCategory, Specification | None]:
        if pk not in self._read:
            category = offer_open(pk, self.scene.at)
            self._read[pk] = category, specification_for(category.call.programme, category.path)
        return self._read[pk]

    def _answered(
        self, category: OpenCategory, specification: Specification, drawn: ApplicationDrawn
    ) -> Wanted | None:
        call = words("applications")["calls"][self.scene.association.slug]
        years = _years_between(demonstration(call), category.call.programme, category.path)
        cast = self._cast(drawn)
        answers = answers_for(specification, call, years, cast, TITLES) | self._joined(drawn)
        wanted = Wanted(category, specification, answers, cast)
        return wanted if _can_be_submitted(wanted) else None

    def _joined(self, drawn: ApplicationDrawn) -> dict[str, Any]:
        """The answers that name the unit that joins, where one is drawn."""
        if not drawn.partner:
            return {}
        said, partner = words("applications")["joint"], self.scene.parties[drawn.partner]
        return {"joint": [said["as"]], "partners": [{**said["row"], "name": partner.name}]}

    def _cast(self, drawn: ApplicationDrawn) -> Cast:
        unit = next(each for each in self.world.everybody if each.key == drawn.unit)
        leader = next(each for each in self.world.people if each.key == drawn.leader)
        parties = self.scene.parties
        return Cast(
            _parts_of_unit(unit, str(parties[unit.key].pk)),
            _parts_of_person(leader, str(parties[leader.key].pk)),
            drawn.title,
            local_day(self.scene.at),
        )


def first_answers(wanted: Wanted) -> dict[str, Any]:
    """What the program fills in by itself when an application is begun."""
    names = {
        "category": {"name": wanted.specification.names[-1]},
        "call": {"title": wanted.specification.names[0]},
    }
    title = {key: value for key, value in wanted.answers.items() if value == wanted.cast.title}
    return title | prefilled(
        wanted.specification, {"unit": wanted.cast.unit, "person": wanted.cast.leader, **names}
    )


def with_files(wanted: Wanted, application: Any, *, actor: Any, at: Any) -> dict[str, Any]:
    """Return the answers with their files stored and attached to the application."""
    return {
        each.id: [_stored(each, entry, application, actor, at) for entry in wanted.answers[each.id]]
        if isinstance(each, FileField)
        else wanted.answers[each.id]
        for each in wanted.specification.fields
        if each.id in wanted.answers
    }


def _stored(
    slot: FileField, entry: Mapping[str, Any], application: Any, actor: Any, at: Any
) -> dict[str, Any]:
    name = str(entry["name"])
    content = files("keqiao.data").joinpath("season", PAPERS[PurePath(name).suffix]).read_bytes()
    announced = Announced(PURPOSE, name, len(content), application.association_id)
    file = store_upload(SimpleUploadedFile(name, content), announced, actor=actor, at=at)
    kept = actions.attach(application.pk, slot.id, file.pk, actor=actor, at=at).file
    return {**entry, "file": str(kept.pk), "name": kept.name, "size": kept.size, "digest": kept.sha256}


def _can_be_submitted(wanted: Wanted) -> bool:
    """Does the form name the project, refuse nothing, and ask for such files only as there is a paper for?"""
    refused = any(each.weight is Weight.REFUSE for each in faults(wanted.specification, wanted.answers))
    return not refused and wanted.cast.title in wanted.answers.values() and _can_be_stored(wanted.answers)


def _can_be_stored(answers: Mapping[str, Any]) -> bool:
    entries = [each for value in answers.values() if isinstance(value, list) for each in value]
    named = [each["name"] for each in entries if isinstance(each, Mapping) and "file" in each]
    return all(PurePath(name).suffix in PAPERS for name in named)


def _years_between(shipped: Programme, running: Programme, path: Path) -> int:
    """How many years later the days of the running call fall."""
    before, now = effective(shipped, path).deadline, effective(running, path).deadline
    return now.fact.on.year - before.fact.on.year if before and now else 0


def _parts_of_unit(unit: UnitDrawn, pk: str) -> dict[str, str]:
    said = {"id": pk, "name": unit.name, "credit_code": unit.credit_code}
    return {part: value for part, value in said.items() if value}


def _parts_of_person(person: PersonDrawn, pk: str) -> dict[str, str]:
    born = person.birth_date.isoformat() if person.birth_date else ""
    said = {
        "id": pk,
        "name": person.name,
        "birth_date": born,
        "id_number": person.identity_number,
        "phone": person.phone,
        "post": person.post,
    }
    return {part: value for part, value in said.items() if value}
